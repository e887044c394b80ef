"""ComicInfo.xml, versions 1.0 to 2.1 (anansi-project), as it is met in the wild."""

from __future__ import annotations

from collections.abc import Iterable

from warehouse.books.credit_roles import credited
from warehouse.books.declared import (
    FIRST_YEAR,
    LAST_YEAR,
    LIST_LENGTH,
    Declared,
    Details,
    distinct,
    issue_number,
    name_of,
    names_of,
    prose,
    rating,
    whole,
)
from warehouse.books.limits import Limits
from warehouse.books.page_elements import DeclaredPages, declared_pages
from warehouse.books.xml_documents import local_name, parse_document, true, words

_ROLES = ("writer", "penciller", "inker", "colorist", "letterer", "coverartist", "editor", "translator")
_TAGS = {
    "genre": "genre", "tags": "tag", "characters": "character", "teams": "team", "locations": "location",
    "storyarc": "story_arc", "seriesgroup": "series_group", "imprint": "imprint",
}  # fmt: skip
_MOST_WORDS = 50 * LIST_LENGTH


def parse_comicinfo(xml: bytes, limits: Limits | None = None, file: str = "ComicInfo.xml") -> Declared:
    """Read a ComicInfo.xml; element names in any case and namespace, the first of repeated ones counts.

    Raises BookError 'metadata-refused' (DTD, entities, or too large) or 'metadata-broken' (no ComicInfo).
    """
    root = parse_document(xml, file, "ComicInfo", limits)
    texts: dict[str, str] = {}
    for child in root:
        value = words(child)
        if value:
            texts.setdefault(local_name(child), value)
    pages = declared_pages(root)
    return Declared(
        source="comicinfo",
        series=name_of(texts.get("series")),
        number=issue_number(texts.get("number")),
        count=whole(texts.get("count"), 1),
        volume=whole(texts.get("volume"), 0),
        title=name_of(texts.get("title")),
        year=whole(texts.get("year"), FIRST_YEAR, LAST_YEAR),
        month=whole(texts.get("month"), 1, 12),
        day=whole(texts.get("day"), 1, 31),
        publisher=name_of(texts.get("publisher")),
        language=name_of(texts.get("languageiso")),
        summary=prose(texts.get("summary")),
        manga=_known(texts.get("manga")),
        format=name_of(texts.get("format")),
        age_rating=_known(texts.get("agerating")),
        gtin=_listed(texts.get("gtin")),
        web=_addresses(texts.get("web")),
        credits=credited((role, person) for role in _ROLES for person in _listed(texts.get(role))),
        tags=distinct((kind, name) for key, kind in _TAGS.items() for name in _listed(texts.get(key))),
        page_types=pages.types,
        double_pages=pages.double,
        details=_details(texts, pages),
    )


def story_arcs(names: str | None, numbers: str | None) -> tuple[tuple[str, str | None], ...]:
    """(arc, number in it): StoryArc and StoryArcNumber are lists that belong together, place by place."""
    arcs = [name_of(name) for name in _pieces(names)]
    places = [issue_number(number) for number in _pieces(numbers)]
    places += [None] * (len(arcs) - len(places))
    return distinct((arc, place) for arc, place in zip(arcs, places, strict=False) if arc)


def _details(texts: dict[str, str], pages: DeclaredPages) -> Details:
    return Details(
        series_sort=name_of(texts.get("seriessort")),
        localized_series=name_of(texts.get("localizedseries")),
        title_sort=name_of(texts.get("titlesort")),
        alternate_series=name_of(texts.get("alternateseries")),
        alternate_number=issue_number(texts.get("alternatenumber")),
        alternate_count=whole(texts.get("alternatecount"), 1),
        story_arcs=story_arcs(texts.get("storyarc"), texts.get("storyarcnumber")),
        main_character_or_team=name_of(texts.get("maincharacterorteam")),
        notes=prose(texts.get("notes")),
        review=prose(texts.get("review")),
        scan_information=name_of(texts.get("scaninformation")),
        community_rating=rating(texts.get("communityrating") or texts.get("userrating")),
        black_and_white=_yes_or_no(texts.get("blackandwhite")),
        declared_page_count=whole(texts.get("pagecount"), 1),
        bookmarks=pages.bookmarks,
    )


def _known(text: str | None) -> str | None:
    name = name_of(text)
    return None if name is None or name.lower() in ("unknown", "-1") else name


def _yes_or_no(text: str | None) -> bool | None:
    return None if _known(text) is None else true(text or "")


def _listed(text: str | None) -> tuple[str, ...]:
    return names_of(_pieces(text))


def _pieces(text: str | None) -> Iterable[str]:
    return (text or "").split(",", _MOST_WORDS)[:_MOST_WORDS]


def _addresses(text: str | None) -> tuple[str, ...]:
    """Addresses parted by white space; a comma behind one is no part of it."""
    return names_of(word.strip(",;") for word in (text or "").split(maxsplit=_MOST_WORDS)[:_MOST_WORDS])
