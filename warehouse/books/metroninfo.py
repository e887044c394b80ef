"""MetronInfo.xml, drafts to version 1.1 (Metron Project)."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from warehouse.books.credit_roles import credited
from warehouse.books.declared import (
    FIRST_YEAR,
    LAST_YEAR,
    Declared,
    Details,
    date_parts,
    distinct,
    issue_number,
    name_of,
    names_of,
    prose,
    rating,
    whole,
)
from warehouse.books.identifiers import catalogue
from warehouse.books.limits import Limits
from warehouse.books.page_elements import declared_pages
from warehouse.books.xml_documents import attribute, children, first, parse_document, true, words

_TAGS = {
    ("genres", "genre"): "genre",
    ("tags", "tag"): "tag",
    ("characters", "character"): "character",
    ("teams", "team"): "team",
    ("locations", "location"): "location",
    ("arcs", "arc", "name"): "story_arc",
    ("publisher", "imprint"): "imprint",
    ("universes", "universe", "name"): "universe",
}


def parse_metroninfo(xml: bytes, limits: Limits | None = None, file: str = "MetronInfo.xml") -> Declared:
    """Read a MetronInfo.xml.

    Raises BookError 'metadata-refused' (DTD, entities, or too large) or 'metadata-broken' (no MetronInfo).
    """
    root = parse_document(xml, file, "MetronInfo", limits)
    series = next(children(root, "series"), None)
    tankobon = issue_number(first(root, "mangavolume"))
    year, month, day = date_parts(first(root, "coverdate") or first(root, "storedate"))
    stories = names_of(words(story) for story in children(root, "stories", "story"))
    pages = declared_pages(root)
    return Declared(
        source="metroninfo",
        series=name_of(first(series, "name")),
        series_start_year=whole(first(series, "startyear"), FIRST_YEAR, LAST_YEAR),
        number=issue_number(first(root, "number")) or tankobon,
        count=whole(first(series, "issuecount"), 1),
        volume=whole(first(series, "volume"), 0),
        title=name_of(first(root, "collectiontitle") or "; ".join(stories)),
        year=year,
        month=month,
        day=day,
        publisher=name_of(first(root, "publisher", "name") or _plain(root, "publisher")),
        language=name_of(attribute(series, "lang")) if series is not None else None,
        summary=prose(first(root, "summary")),
        manga="Yes" if tankobon else None,
        format=name_of(first(series, "format")),
        age_rating=_known(first(root, "agerating")),
        credits=credited(_credits(root)),
        tags=distinct(_tags(root)),
        identifiers=distinct(_identifiers(root, series)),
        web=names_of(words(address) for address in _addresses(root)),
        page_types=pages.types,
        double_pages=pages.double,
        details=_details(root, series, pages.bookmarks),
    )


def _details(root: Element, series: Element | None, bookmarks: dict[int, str]) -> Details:
    arcs = (
        (name_of(first(arc, "name")), issue_number(first(arc, "number")))
        for arc in children(root, "arcs", "arc")
    )
    prices = (
        (attribute(price, "country").upper(), issue_number(words(price)))
        for price in children(root, "prices", "price")
    )
    return Details(
        series_sort=name_of(first(series, "sortname")),
        localized_series=name_of(first(series, "alternativenames", "alternativename")),
        collection_title=name_of(first(root, "collectiontitle")),
        alternate_number=issue_number(first(root, "alternativenumber")),
        story_arcs=distinct((name, number) for name, number in arcs if name),
        notes=prose(first(root, "notes")),
        community_rating=rating(first(root, "communityrating", "averagerating")),
        declared_page_count=whole(first(root, "pagecount"), 1),
        primary_source=_primary_source(root),
        prices=distinct((country, amount) for country, amount in prices if amount),
        bookmarks=bookmarks,
    )


def _plain(root: Element, name: str) -> str | None:
    """The text of an element that early drafts wrote without any within."""
    return next((words(item) for item in children(root, name) if len(item) == 0), None)


def _addresses(root: Element) -> Iterator[Element]:
    yield from children(root, "urls", "url")
    yield from children(root, "url")  # before version 1.0


def _credits(root: Element) -> Iterator[tuple[str, str | None]]:
    for credit in children(root, "credits", "credit"):
        for role in children(credit, "roles", "role"):
            yield words(role), first(credit, "creator")


def _tags(root: Element) -> Iterator[tuple[str, str]]:
    for path, kind in _TAGS.items():
        for name in names_of(words(item) for item in children(root, *path)):
            yield kind, name


def _ids(root: Element) -> Iterator[Element]:
    yield from children(root, "ids", "id")
    yield from children(root, "id", "primary")  # before version 1.0
    yield from children(root, "id", "alternative")


def _primary_source(root: Element) -> str | None:
    ids = list(_ids(root))
    marked = [item for item in ids if true(attribute(item, "primary"))] or ids[:1]
    return catalogue(attribute(marked[0], "source")) if marked else None


def _identifiers(root: Element, series: Element | None) -> Iterator[tuple[str, str]]:
    for item in _ids(root):
        source, value = catalogue(attribute(item, "source")), name_of(words(item))
        if source and value:
            yield source, value
    for kind in ("isbn", "upc"):
        value = name_of(first(root, "gtin", kind))
        if value:
            yield kind, value
    number, source = name_of(attribute(series, "id")) if series is not None else None, _primary_source(root)
    if number and source:
        yield f"{source}-series", number


def _known(text: str | None) -> str | None:
    name = name_of(text)
    return None if name is None or name.lower() == "unknown" else name
