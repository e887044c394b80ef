"""Everything known of a book, each value from the best source that has it.

ComicInfo.xml beats what the EPUB or PDF says of itself, which beats the file name, then the folder's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from warehouse.books.comicinfo import ComicInfo, parse_comicinfo
from warehouse.books.direction import DirectionGuess, choose_direction, comicinfo_direction, shelf_names
from warehouse.books.document import DocumentInfo
from warehouse.books.filenames import FileNameGuess, parse_filename
from warehouse.books.identifiers import book_identifiers
from warehouse.books.issue_numbers import number_sort
from warehouse.books.languages import language_code
from warehouse.books.page_types import declared_page_type
from warehouse.books.readers.open_book import OpenBook
from warehouse.contracts import Direction
from warehouse.errors import BookError

_FIRST_START_YEAR = 1900


@dataclass(frozen=True, slots=True)
class MetadataWarning:
    """What of a book is lost.

    Metadata not used ('metadata-broken', 'metadata-refused', 'metadata-unreadable'), or what its reader
    warns of (`OpenBook.warnings`).
    """

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag.  source: 'comicinfo' | 'epub' | 'pdf'.

    kind: 'genre' | 'tag' | 'character' | 'team' | 'location' | 'story_arc' | 'series_group' | 'imprint'
    """

    kind: str
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Credit:
    """Who did what.  role: 'writer', 'penciller', 'inker', 'colorist', 'letterer', 'cover_artist'..."""

    role: str
    person: str


@dataclass(frozen=True, slots=True)
class Identifier:
    """What a catalogue knows the book by.  source: 'gtin', 'comicvine', 'metron', 'web', 'isbn', 'uuid'..."""

    source: str
    value: str


@dataclass(frozen=True, slots=True)
class BookMetadata:
    """What is known of a book; None where nobody says.

    volume: may be a year, as many taggers have it; series_start_year is set then too.
    number: as written.  number_sort: what it sorts by.
    page_types: seq to one of `page_types.PAGE_TYPES`, where declared.  double_pages: seqs declared a spread.
    raw_xml: ComicInfo.xml as text, for keeping.
    direction_confidence: 0 to 1, 1 where a source or a person says so.
    sources: where each value came from,
    'comicinfo' | 'epub' | 'pdf' | 'filename' | 'folder' | 'pages' | 'language' | 'words' | 'default'.
    """

    series_name: str
    direction: Direction
    volume: int | None
    series_start_year: int | None
    number: str | None
    number_sort: Decimal | None
    issue_count: int | None
    title: str | None
    year: int | None
    month: int | None
    publisher: str | None
    language: str | None
    summary: str | None
    format: str | None
    age_rating: str | None
    credits: tuple[Credit, ...]
    tags: tuple[Tag, ...]
    identifiers: tuple[Identifier, ...]
    page_types: Mapping[int, str]
    double_pages: frozenset[int]
    raw_xml: str | None
    warnings: tuple[MetadataWarning, ...]
    sources: Mapping[str, str]
    direction_confidence: float = 1.0


def gather_metadata(path: Path, book: OpenBook) -> BookMetadata:
    """Merge the metadata of an opened book.  What cannot be read is a warning, never a failed book."""
    info, xml, warnings = _read_comicinfo(book)
    document = book.document or DocumentInfo(source="epub")
    guess, folder = _guesses(path, book)
    merged = _Merged(_by_field(info, document, guess, folder))
    language = merged.pick("language")
    direction = _direction(info, document, merged.pick("publisher"), language, path, book)
    pages = {seq: name for seq, name in _page_types(info) if seq < len(book.entries)}
    volume = merged.pick("volume")
    number = merged.pick("number")
    return BookMetadata(
        series_name=merged.pick("series_name") or _storable(path.stem) or "untitled",
        direction=merged.note("direction", (direction.source, direction.direction)),
        direction_confidence=direction.confidence,
        volume=volume,
        series_start_year=volume if volume and volume >= _FIRST_START_YEAR else folder.year,
        number=number,
        number_sort=number_sort(number),
        issue_count=merged.pick("issue_count"),
        title=merged.pick("title"),
        year=merged.pick("year"),
        month=_month_of(merged, info, document),
        publisher=merged.pick("publisher"),
        language=language,
        summary=merged.pick("summary"),
        format=merged.pick("format"),
        age_rating=merged.pick("age_rating"),
        credits=tuple(Credit(role, person) for role, person in merged.pick("credits") or ()),
        tags=_tags(info, document),
        identifiers=tuple(Identifier(*pair) for pair in book_identifiers(info, document)),
        page_types=pages,
        double_pages=frozenset(seq for seq in info.double_pages if seq < len(book.entries)),
        raw_xml=xml,
        warnings=(*_lost(book), *warnings),
        sources=merged.sources,
    )


def _lost(book: OpenBook) -> tuple[MetadataWarning, ...]:
    return tuple(MetadataWarning(warning.code, warning.message) for warning in book.warnings)


class _Merged:
    """Picks the first source that has a value, and remembers which it was."""

    def __init__(self, found: Mapping[str, tuple[tuple[str, Any], ...]]):
        self._found = found
        self.sources: dict[str, str] = {}

    def pick(self, name: str) -> Any:
        for source, value in self._found[name]:
            if value is not None and value != ():
                self.sources[name] = source
                return _storable(value)
        if name == "series_name":
            self.sources[name] = "default"
        return None

    def note(self, name: str, found: tuple[str, Direction]) -> Direction:
        self.sources[name], value = found
        return value


def _by_field(
    info: ComicInfo, document: DocumentInfo, guess: FileNameGuess, folder: FileNameGuess
) -> dict[str, tuple[tuple[str, Any], ...]]:
    """Who says what about each field, the most trusted first."""
    own = document.source
    titled = parse_filename(document.title) if own == "epub" and document.title else FileNameGuess()
    series = document.series or titled.series
    return {
        "series_name": (
            ("comicinfo", info.series), (own, series), ("filename", guess.series), ("folder", folder.series),
        ),
        "number": (
            ("comicinfo", info.number), (own, document.number or titled.number), ("filename", guess.number),
        ),
        "volume": (("comicinfo", info.volume), (own, titled.volume), ("filename", guess.volume)),
        "issue_count": (("comicinfo", info.count), ("filename", guess.of_count)),
        "title": (("comicinfo", info.title), (own, document.title), ("filename", guess.title)),
        "year": (("comicinfo", info.year), (own, document.year), ("filename", guess.year)),
        "publisher": (("comicinfo", info.publisher), (own, document.publisher)),
        "language": (("comicinfo", language_code(info.language)), (own, language_code(document.language))),
        "summary": (("comicinfo", info.summary), (own, document.summary)),
        "format": (("comicinfo", info.format),),
        "age_rating": (("comicinfo", info.age_rating),),
        "credits": (("comicinfo", info.credits), (own, document.credits)),
    }  # fmt: skip


def _month_of(merged: _Merged, info: ComicInfo, document: DocumentInfo) -> int | None:
    """The month from the source of the year: months of one source and years of another make no date."""
    source = merged.sources.get("year")
    month = info.month if source == "comicinfo" else document.month if source == document.source else None
    if month is not None and source is not None:
        merged.sources["month"] = source
    return month


def _guesses(path: Path, book: OpenBook) -> tuple[FileNameGuess, FileNameGuess]:
    """What the book's own name tells, and the name of the folder it lies in."""
    place = path.absolute()
    guess = parse_filename(place.name if book.format == "folder" else _with_known_extension(place))
    folder = parse_filename(place.parent.name)
    same = guess.series is None or (folder.series or "").lower() == guess.series.lower()
    return guess, folder if same else FileNameGuess(series=folder.series)


def _with_known_extension(path: Path) -> str:
    """A book may be called anything: a short suffix that is no number counts as an extension."""
    return path.stem if re.fullmatch(r"\.[A-Za-z][A-Za-z0-9]{0,4}", path.suffix) else path.name


def _read_comicinfo(book: OpenBook) -> tuple[ComicInfo, str | None, tuple[MetadataWarning, ...]]:
    if "comicinfo.xml" not in book.sidecars:
        return ComicInfo(), None, ()
    text = None
    try:
        xml = book.sidecars["comicinfo.xml"]
        text = _storable(
            xml.decode("utf-16" if xml[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "replace")
        )
        return parse_comicinfo(xml, book.limits), text, ()
    except BookError as fault:
        return ComicInfo(), text, (MetadataWarning(fault.code, str(fault)),)


def _direction(
    info: ComicInfo,
    document: DocumentInfo,
    publisher: str | None,
    language: str | None,
    path: Path,
    book: OpenBook,
) -> DirectionGuess:
    own = book.reading_direction
    said = [
        comicinfo_direction(info, language),
        DirectionGuess(own, book.format, 1.0) if own else None,
    ]
    names = [*shelf_names(path), info.format or "", publisher or "", *document.keywords]
    return choose_direction(book, said, [*names, *(name for _, name in info.tags)], language)


def _tags(info: ComicInfo, document: DocumentInfo) -> tuple[Tag, ...]:
    if info.tags:
        return tuple(Tag(kind, _storable(name), "comicinfo") for kind, name in info.tags)
    kind = "genre" if document.source == "epub" else "tag"
    return tuple(Tag(kind, _storable(name), document.source) for name in document.keywords)


def _page_types(info: ComicInfo) -> Iterator[tuple[int, str]]:
    for seq, declared in sorted(info.page_types.items()):
        page_type = declared_page_type(declared)
        if page_type is not None:
            yield seq, page_type


def _storable(value: Any) -> Any:
    """Text that a database takes: no NUL, no half surrogates from file names that are no UTF-8."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    return value
