"""Everything known of a book, each value from the most trusted source that has it.

Who is believed, first to last, and why:

1.  a person's edit (`warehouse edit`, applied where rows are written): the only one who looked at this book;
2.  `comicinfo`, ComicInfo.xml in the book: what nearly every tagger and reader writes, and goes on writing;
3.  `metroninfo`, MetronInfo.xml in the book: richer, but fewer tools keep it up to date;
4.  `comicbox`, comicbox.json or .yaml in the book: one tool's merger of the others;
5.  `comicbookinfo`, ComicBookInfo in the archive's comment: older, and lost sight of by most tools;
6.  `comet`, CoMet.xml in the book: older still;
7.  `calibre`, the library's metadata.db, or the OPF beside the book: edited by people, but made for prose;
8.  `epub` or `pdf`, what the document says of itself: often the publisher's or a converter's words;
9.  `series.json` beside the book: knows its series well, and nothing of the book;
10. the title of an EPUB or of a Calibre book, read as a file name would be;
11. `filename`, then `folder`: guesses.

Scalar values are picked, year, month and day together. Tags and identifiers are united over all sources.
Credits are picked role by role: who wrote a book is one source's answer, who lettered it may be another's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from warehouse.books.declared import Declared, Details, name_of, storable
from warehouse.books.direction import DirectionGuess, choose_direction, comicinfo_direction, shelf_names
from warehouse.books.identifiers import book_identifiers
from warehouse.books.issue_numbers import number_sort
from warehouse.books.languages import language_code
from warehouse.books.metadata_sources import gather_sources
from warehouse.books.precedence import Merged
from warehouse.books.readers.open_book import OpenBook
from warehouse.contracts import Direction

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
    """One tag.  source: one of `declared.SOURCES`.

    kind: 'genre' | 'tag' | 'character' | 'team' | 'location' | 'story_arc' | 'series_group' | 'imprint' |
    'universe'
    """

    kind: str
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Credit:
    """Who did what.  role: 'writer', 'penciller', 'inker', 'colorist', 'letterer', 'cover_artist'...

    source: one of `declared.SOURCES`.
    """

    role: str
    person: str
    source: str


@dataclass(frozen=True, slots=True)
class Identifier:
    """What a catalogue knows the book by.

    source: the catalogue, 'comicvine', 'metron', 'gcd', 'isbn', 'upc', 'asin', 'web'..., with '-series'
    where it names the series.  said_by: one of `declared.SOURCES`.
    """

    source: str
    value: str
    said_by: str


@dataclass(frozen=True, slots=True)
class BookMetadata:
    """What is known of a book; None where nobody says.

    volume: may be a year, as many taggers have it; series_start_year is set then too.
    number: as written.  number_sort: what it sorts by.
    page_types: seq to one of `page_types.PAGE_TYPES`, where declared.  double_pages: seqs declared a spread.
    raw: the text of each metadata file by its name, at most 1 MiB each, for keeping.
    direction_confidence: 0 to 1, 1 where a source or a person says so.
    sources: where each value came from, one of `declared.SOURCES`, or 'pages' | 'language' | 'words' |
    'default'.
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
    raw: Mapping[str, str]
    warnings: tuple[MetadataWarning, ...]
    sources: Mapping[str, str]
    direction_confidence: float = 1.0
    day: int | None = None
    details: Details = field(default_factory=Details)


def gather_metadata(path: Path, book: OpenBook) -> BookMetadata:
    """Merge the metadata of an opened book.  What cannot be read is a warning, never a failed book."""
    found = gather_sources(path, book)
    merged = Merged(found.declared)
    series = merged.pick("series", "series_name")
    language = merged.pick("language", read=language_code)
    publisher = merged.pick("publisher")
    direction = _direction(found.declared, publisher, language, path, book)
    volume = merged.pick("volume")
    number = merged.pick("number")
    year, month, day = merged.date()
    details = merged.details()
    return BookMetadata(
        series_name=series or name_of(path.stem) or "untitled",
        direction=direction.direction,
        direction_confidence=direction.confidence,
        volume=volume,
        series_start_year=start_year_of(volume) or merged.pick("series_start_year"),
        number=number,
        number_sort=number_sort(number),
        issue_count=merged.pick("count", "issue_count"),
        title=merged.pick("title"),
        year=year,
        month=month,
        day=day,
        publisher=publisher,
        language=language,
        summary=merged.pick("summary"),
        format=merged.pick("format"),
        age_rating=merged.pick("age_rating"),
        credits=tuple(Credit(*credit) for credit in merged.credits()),
        tags=tuple(Tag(*tag) for tag in merged.tags()),
        identifiers=tuple(Identifier(*known) for known in merged.identifiers(book_identifiers)),
        page_types=_page_types(found.declared, book),
        double_pages=frozenset(
            seq for said in found.declared for seq in said.double_pages if seq < len(book.entries)
        ),
        raw=found.raw,
        warnings=tuple(
            MetadataWarning(warning.code, storable(warning.message))
            for warning in (*book.warnings, *found.warnings)
        ),
        sources={"series_name": "default", **merged.sources, "direction": direction.source},
        details=details,
    )


def start_year_of(volume: int | None) -> int | None:
    """The year a series began, where its volume is one: taggers often write it so."""
    return volume if volume and volume >= _FIRST_START_YEAR else None


def _page_types(declared: Sequence[Declared], book: OpenBook) -> dict[int, str]:
    """The declared type of each page of the book, from the most trusted source that types it."""
    found: dict[int, str] = {}
    for said in declared:
        for seq, page_type in sorted(said.page_types.items()):
            if seq < len(book.entries):
                found.setdefault(seq, page_type)
        cover = _entry_of(said.cover_entry, book)
        if cover is not None and "cover" not in found.values():
            found.setdefault(cover, "cover")
    return found


def _entry_of(name: str | None, book: OpenBook) -> int | None:
    """The page whose entry has this name, or ends with it."""
    wanted = (name or "").replace("\\", "/").lower().rpartition("/")[2]
    names = (entry.replace("\\", "/").lower().rpartition("/")[2] for entry in book.entries)
    return next((seq for seq, entry in enumerate(names) if entry == wanted), None) if wanted else None


def _direction(
    declared: Sequence[Declared], publisher: str | None, language: str | None, path: Path, book: OpenBook
) -> DirectionGuess:
    said = [comicinfo_direction(source, language) for source in declared]
    said += [
        DirectionGuess(source.direction, source.source, 1.0)
        for source in declared
        if source.direction is not None
    ]
    if book.reading_direction is not None:
        said.append(DirectionGuess(book.reading_direction, book.format, 1.0))
    names = [*shelf_names(path), publisher or ""]
    names += [name for source in declared for name in (source.format or "", *(tag[1] for tag in source.tags))]
    return choose_direction(book, said, names, language)
