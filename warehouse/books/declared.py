"""What one source says of a book, in words that all sources share.

Every parser of metadata returns a `Declared`; `precedence.py` picks among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from html import unescape
from typing import TypeVar

from warehouse.contracts import Direction

SOURCES = (
    "comicinfo", "metroninfo", "comicbox", "comicbookinfo", "comet", "calibre", "epub", "pdf",
    "series.json", "filename", "folder",
)  # fmt: skip
"""Every source of metadata by the name it is recorded under."""

NAME_BYTES = 1000
"""A name is cut there: PostgreSQL indexes no value beyond 2,704 bytes."""
NUMBER_LETTERS = 64
TEXT_LETTERS = 100_000
LIST_LENGTH = 2000
FIRST_YEAR = 1000
LAST_YEAR = 9999
LARGEST = 2**31 - 1

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Details:
    """What is worth keeping of a book but has no column of its own; None or empty where nobody says.

    story_arcs: (name, number in the arc as written).  alternate_*: the crossover series it also belongs to.
    community_rating: 0 to 5.  prices: (country, amount).  bookmarks: seq to its text.
    primary_source: the catalogue that most was taken from.  series_summary: of the series, not of the book.
    custom_columns: (label, values) of a Calibre library.
    """

    series_sort: str | None = None
    localized_series: str | None = None
    title_sort: str | None = None
    collection_title: str | None = None
    alternate_series: str | None = None
    alternate_number: str | None = None
    alternate_count: int | None = None
    story_arcs: tuple[tuple[str, str | None], ...] = ()
    main_character_or_team: str | None = None
    notes: str | None = None
    review: str | None = None
    scan_information: str | None = None
    community_rating: Decimal | None = None
    black_and_white: bool | None = None
    country: str | None = None
    rights: str | None = None
    declared_page_count: int | None = None
    series_status: str | None = None
    series_summary: str | None = None
    primary_source: str | None = None
    prices: tuple[tuple[str, str], ...] = ()
    bookmarks: Mapping[int, str] = field(default_factory=dict)
    custom_columns: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Declared:
    """What one source says of a book; None or empty where it says nothing.

    source: one of `SOURCES`.
    volume: as the source has it, a year with many taggers.  series_start_year: where given on its own.
    manga: ComicInfo's word, 'No' | 'Yes' | 'YesAndRightToLeft'.  direction: where said outright.
    credits: (role, person), roles in lower case with underscores.
    tags: (kind, name); genre, tag, character, team, location, story_arc, series_group, imprint, universe.
    identifiers: (source, value) as written.  web: addresses.  gtin: as written.
    page_types: seq to one of `page_types.PAGE_TYPES`.  double_pages: seqs declared a spread.  Sequence
    numbers are 0-based and may lie beyond the book.  cover_entry: the entry name of the cover.
    complaints: what of it could not be used, each a part of a sentence.
    """

    source: str
    series: str | None = None
    series_start_year: int | None = None
    number: str | None = None
    count: int | None = None
    volume: int | None = None
    title: str | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    publisher: str | None = None
    language: str | None = None
    summary: str | None = None
    manga: str | None = None
    direction: Direction | None = None
    format: str | None = None
    age_rating: str | None = None
    credits: tuple[tuple[str, str], ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    gtin: tuple[str, ...] = ()
    web: tuple[str, ...] = ()
    page_types: Mapping[int, str] = field(default_factory=dict)
    double_pages: frozenset[int] = frozenset()
    cover_entry: str | None = None
    details: Details = Details()
    complaints: tuple[str, ...] = ()


def storable(text: str) -> str:
    """Text that a database takes: no NUL, no half surrogates."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def name_of(text: str | None) -> str | None:
    """A name: trimmed, white space folded, at most 1,000 bytes of UTF-8; None if nothing is left."""
    words = " ".join(storable((text or "")[: 4 * NAME_BYTES]).split())
    return words.encode()[:NAME_BYTES].decode("utf-8", "ignore").rstrip() or None


def prose(text: str | None) -> str | None:
    """A running text, trimmed and bounded; None if nothing is left."""
    return storable((text or "").strip()[:TEXT_LETTERS]) or None


def without_markup(text: str | None) -> str | None:
    """A text without its HTML tags, entities resolved; tags that part words become white space."""
    plain = re.sub(r"</?(?:a|b|em|i|small|span|strong|sub|sup|u)(?:\s[^<>]*)?>", "", text or "")
    plain = re.sub(r"<[^<>]*>", " ", plain)
    return prose(re.sub(r"[^\S\n]+", " ", unescape(plain)))


def issue_number(text: str | None) -> str | None:
    """An issue number as written, bounded; None if nothing is left."""
    name = name_of(text)
    return name[:NUMBER_LETTERS] if name else None


def names_of(texts: Iterable[str | None]) -> tuple[str, ...]:
    """Names, each once, in order."""
    return distinct(name for text in texts if (name := name_of(text)))


def distinct(items: Iterable[T]) -> tuple[T, ...]:
    """Each item once, in order, at most 2,000 of them."""
    found: dict[T, None] = {}
    for item in items:
        found[item] = None
        if len(found) >= LIST_LENGTH:
            break
    return tuple(found)


def whole(text: str | None, lowest: int, highest: int = LARGEST) -> int | None:
    """A whole number within bounds; None for anything else, such as ComicInfo's -1 for 'unknown'."""
    match = re.fullmatch(r"\+?(\d{1,12})(?:[.,]0*)?", (text or "").strip(), re.ASCII)
    value = int(match[1]) if match else -1
    return value if lowest <= value <= highest else None


def rating(text: str | None, best: int = 5) -> Decimal | None:
    """A rating of 0 to `best` as 0 to 5, two decimals; a decimal comma is read too."""
    match = re.fullmatch(r"(\d{1,3})(?:[.,](\d{1,10}))?", (text or "").strip(), re.ASCII)
    if match is None:
        return None
    value = Decimal(f"{match[1]}.{match[2] or 0}") * 5 / best
    return value.quantize(Decimal("0.01")) if value <= 5 else None


def date_parts(text: str | None) -> tuple[int | None, int | None, int | None]:
    """Year, month and day of an ISO date or its beginning; Calibre's year 101 and the like are no year."""
    match = re.match(r"\s*(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?!\d)", text or "", re.ASCII)
    year = whole(match[1], FIRST_YEAR, LAST_YEAR) if match else None
    if match is None or year is None:
        return None, None, None
    month = whole(match[2], 1, 12)
    return year, month, whole(match[3], 1, 31) if month else None
