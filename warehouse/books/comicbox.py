"""comicbox.json and comicbox.yaml, the own format of comicbox (version 2, and the flat one before)."""

from __future__ import annotations

from collections.abc import Iterator

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
    rating,
    whole,
)
from warehouse.books.identifiers import catalogue
from warehouse.books.json_documents import Fields, parse_json
from warehouse.books.limits import Limits
from warehouse.books.page_types import declared_page_type
from warehouse.contracts import Direction
from warehouse.errors import BookError

YAML_BYTES = 256 * 1024
_TAGS = {
    "genres": "genre", "tags": "tag", "characters": "character", "teams": "team", "locations": "location",
    "arcs": "story_arc", "series_groups": "series_group", "universes": "universe",
}  # fmt: skip
_DIRECTIONS: dict[str, Direction] = {"rtl": "rtl", "ltr": "ltr", "ttb": "vertical"}


def parse_comicbox(data: bytes, limits: Limits | None = None, file: str = "comicbox.json") -> Declared:
    """Read comicbox's JSON, or its YAML where `file` ends so.

    What has a wrong type is left out and complained of.  Raises BookError 'metadata-refused' (too large) or
    'metadata-broken' (neither JSON nor YAML, or no object).
    """
    document = (
        _parse_yaml(data, file)
        if file.lower().endswith((".yaml", ".yml"))
        else parse_json(data, file, limits)
    )
    info = document.within("comicbox") if document.has("comicbox") else document
    dates = info.within("date")
    year, month, day = date_parts(dates.name("cover_date", "store_date"))
    imprint = info.named("imprint")
    volume = info.within("volume") if info.is_object("volume") else info
    return Declared(
        source="comicbox",
        series=info.named("series"),
        series_start_year=info.within("series").whole("start_year", FIRST_YEAR, LAST_YEAR)
        if info.is_object("series")
        else None,
        number=_issue(info),
        count=volume.whole("issue_count", 1),
        volume=volume.whole("number", 0) if volume is not info else info.whole("volume", 0),
        title=info.name("title") or name_of("; ".join(names_of(info.keys_of("stories")))),
        year=dates.whole("year", FIRST_YEAR, LAST_YEAR) or info.whole("year", FIRST_YEAR, LAST_YEAR) or year,
        month=dates.whole("month", 1, 12) or info.whole("month", 1, 12) or month,
        day=dates.whole("day", 1, 31) or info.whole("day", 1, 31) or day,
        publisher=info.named("publisher"),
        language=info.name("language"),
        summary=info.prose("summary"),
        direction=_DIRECTIONS.get((info.name("reading_direction") or "").lower()),
        format=info.name("original_format"),
        age_rating=info.name("age_rating"),
        credits=credited(_credits(info)),
        tags=distinct([*_tags(info), *([("imprint", imprint)] if imprint else [])]),
        identifiers=distinct(_identifiers(info)),
        page_types=dict(_page_types(info)),
        details=_details(info),
        complaints=tuple(document.complaints),
    )


def _parse_yaml(data: bytes, file: str) -> Fields:
    """YAML as texts, lists and mappings, nothing else: no types, no tags, no objects."""
    import yaml

    if len(data) > YAML_BYTES:
        raise BookError(
            f"{file} has {len(data)} bytes, at most {YAML_BYTES} are read", code="metadata-refused"
        )
    try:
        # The Python parser: libyaml's has no bound on depth but the stack.
        found = yaml.load(data, Loader=yaml.BaseLoader)
    except RecursionError as fault:
        raise BookError(f"{file} is nested too deeply", code="metadata-broken") from fault
    # Not YAMLError alone: its readers raise these on bytes and tags that make no sense.
    except (yaml.YAMLError, ValueError, TypeError, AttributeError, LookupError) as fault:
        problem = " ".join(str(fault).split())[:200]
        raise BookError(f"{file} cannot be read: {problem}", code="metadata-broken") from fault
    if not isinstance(found, dict):
        raise BookError(f"{file} holds no mapping", code="metadata-broken")
    return Fields(found)


def _issue(info: Fields) -> str | None:
    if not info.is_object("issue"):
        return info.number("issue")
    issue = info.within("issue")
    number = issue.number("number")
    return issue.number("name") or issue_number(f"{number}{issue.name('suffix') or ''}" if number else None)


def _credits(info: Fields) -> Iterator[tuple[str, str]]:
    people = info.within("credits")
    for person in people.names:
        for role in people.within(person).keys_of("roles"):
            yield role, person


def _tags(info: Fields) -> Iterator[tuple[str, str]]:
    for key, kind in _TAGS.items():
        for name in names_of(info.keys_of(key)):
            yield kind, name


def _identifiers(info: Fields) -> Iterator[tuple[str, str]]:
    known = info.within("identifiers")
    for key in known.names:
        value = known.within(key).name("key", "nss") if known.is_object(key) else known.name(key)
        source = catalogue(key)
        if value and source:
            yield source, value


def _page_types(info: Fields) -> Iterator[tuple[int, str]]:
    pages = info.within("pages") if info.is_object("pages") else Fields({})
    for key in pages.names:
        seq = whole(key, 0, 100_000)
        page = pages.within(key)
        page_type = declared_page_type((page.name("page_type") or "").split())
        if seq is not None and page_type is not None:
            yield seq, page_type


def _details(info: Fields) -> Details:
    arcs = info.within("arcs") if info.is_object("arcs") else Fields({})
    prices = info.within("prices") if info.is_object("prices") else Fields({})
    places = (
        (name_of(name), arcs.within(name).number("number") if arcs.is_object(name) else None)
        for name in arcs.names
    )
    return Details(
        collection_title=info.name("collection_title"),
        story_arcs=distinct((name, number) for name, number in places if name),
        notes=info.prose("notes"),
        review=info.prose("review"),
        scan_information=info.name("scan_info"),
        community_rating=rating(info.name("community_rating")),
        country=info.name("country"),
        rights=info.name("rights"),
        declared_page_count=info.whole("page_count", 1),
        prices=distinct(
            (country.upper()[:8], amount) for country in prices.names if (amount := prices.number(country))
        ),
    )
