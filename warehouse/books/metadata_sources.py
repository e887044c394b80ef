"""Every source of metadata that a book has, read one by one; what cannot be read costs that source only."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from warehouse.books.calibre import calibre_metadata, library_of
from warehouse.books.comet import parse_comet
from warehouse.books.comicbookinfo import holds_comicbookinfo, parse_comicbookinfo
from warehouse.books.comicbox import parse_comicbox
from warehouse.books.comicinfo import parse_comicinfo
from warehouse.books.declared import Declared, issue_number, name_of, storable
from warehouse.books.filenames import FileNameGuess, parse_filename
from warehouse.books.limits import MIB, Limits
from warehouse.books.metroninfo import parse_metroninfo
from warehouse.books.neighbours import neighbour, package_beside
from warehouse.books.opf import of_document, parse_opf
from warehouse.books.readers.open_book import BookWarning, OpenBook
from warehouse.books.series_json import parse_series_json
from warehouse.books.xml_documents import decoded
from warehouse.errors import BookError

KEPT_LETTERS = MIB

Parser = Callable[[bytes, Limits, str], Declared]

_INSIDE: tuple[tuple[str, Parser], ...] = (
    ("comicinfo.xml", parse_comicinfo),
    ("metroninfo.xml", parse_metroninfo),
    ("comicbox.json", parse_comicbox),
    ("comicbox.yaml", parse_comicbox),
    ("comicbox-cli.yaml", parse_comicbox),
    ("comicbookinfo.json", parse_comicbookinfo),
    ("comic-book-info.json", parse_comicbookinfo),
    ("comet.xml", parse_comet),
)
"""Metadata files inside a book, the most trusted first."""

_SPECIAL = re.compile(
    r"annual|special|yearbook|almanac|one[- ]?shot|giant[- ]size|king[- ]size", re.IGNORECASE
)


@dataclass
class Gathered:
    """What the sources say, the most trusted first.

    raw: the text of each metadata file by its name, at most 1 MiB of it.  warnings: what could not be used.
    """

    declared: list[Declared] = field(default_factory=list)
    raw: dict[str, str] = field(default_factory=dict)
    warnings: list[BookWarning] = field(default_factory=list)

    def read(
        self, name: str, place: str, parse: Parser, data: Callable[[], bytes | None], limits: Limits
    ) -> None:
        """Add a metadata file, kept under `name`, called `place` in messages; its faults become warnings."""
        try:
            content = data()
            if content is None:
                return
            self.raw[name] = storable(decoded(content)[:KEPT_LETTERS])
            found = parse(content, limits, place)
        except BookError as fault:
            self.warnings.append(BookWarning(fault.code, str(fault)))
            return
        self.declared.append(found)
        if found.complaints:
            message = f"{place}: {'; '.join(found.complaints)}; left out"
            self.warnings.append(BookWarning("metadata-broken", message))


def gather_sources(path: Path, book: OpenBook) -> Gathered:
    """Read everything that says something of a book: inside it, beside it, and its names."""
    found = Gathered()
    limits = book.limits
    for name, parse in _INSIDE:
        if name == "comet.xml" and holds_comicbookinfo(book.comment):
            place = "ComicBookInfo in the archive's comment"
            found.read("comment", place, parse_comicbookinfo, lambda: book.comment, limits)
        if name in book.sidecars:
            found.read(name, name, parse, partial(book.sidecars.__getitem__, name), limits)
    _read_calibre(found, path.absolute(), book)
    if book.document is not None:
        found.declared.append(of_document(book.document))
        found.raw |= {name: storable(text[:KEPT_LETTERS]) for name, text in book.document.raw}
    guess, folder = _guesses(path, book)
    _read_series(found, path, book, guess)
    found.declared += [*_titled(found), of_name(guess, "filename"), folder]
    return found


def of_name(guess: FileNameGuess, source: str) -> Declared:
    """What a name seems to say."""
    return Declared(
        source=source,
        series=name_of(guess.series),
        number=issue_number(guess.number),
        count=guess.of_count,
        volume=guess.volume,
        title=name_of(guess.title),
        year=guess.year,
    )


def _read_calibre(found: Gathered, path: Path, book: OpenBook) -> None:
    """What the Calibre library that the book lies in knows of it, else an OPF file in or beside the book."""
    try:
        library = library_of(path)
        known = calibre_metadata(library, path) if library else None
    except BookError as fault:
        found.warnings.append(BookWarning("metadata-unreadable", str(fault)))
        known = None
    if known is not None:
        found.declared.append(known)
        return
    if "metadata.opf" in book.sidecars and book.format != "epub":  # in an EPUB it may be the package itself
        found.read(
            "metadata.opf", "metadata.opf", parse_opf, lambda: book.sidecars["metadata.opf"], book.limits
        )
        return
    package = package_beside(path)
    if package is not None:
        found.read(
            package.name, str(package), parse_opf, lambda: neighbour(package, book.limits), book.limits
        )


def _read_series(found: Gathered, path: Path, book: OpenBook, guess: FileNameGuess) -> None:
    """series.json in the book or beside it.  An annual among the issues is a series of its own."""
    limits = book.limits
    before = len(found.declared)
    if "series.json" in book.sidecars:
        found.read(
            "series.json", "series.json", parse_series_json, lambda: book.sidecars["series.json"], limits
        )
    else:
        beside = path.absolute().parent / "series.json"
        found.read("series.json", str(beside), parse_series_json, lambda: neighbour(beside, limits), limits)
    for place, said in enumerate(found.declared[before:], before):
        name, own = (said.series or "").casefold(), (guess.series or "").casefold()
        if name and own.startswith(name) and _SPECIAL.search(own[len(name) :]):
            found.declared[place] = replace(said, series=None, count=None, volume=None, identifiers=())


def _titled(found: Gathered) -> list[Declared]:
    """Series, number and volume that a title of a container or library holds: 'Sea Tales Vol. 2'."""
    titles = [(said.source, said.title) for said in found.declared if said.source in ("calibre", "epub")]
    guesses = [(source, parse_filename(title)) for source, title in titles if title]
    return [
        Declared(source, series=name_of(guess.series), number=issue_number(guess.number), volume=guess.volume)
        for source, guess in guesses
    ]


def _guesses(path: Path, book: OpenBook) -> tuple[FileNameGuess, Declared]:
    """What the book's own name tells, and the name of the folder it lies in."""
    place = path.absolute()
    guess = parse_filename(place.name if book.format == "folder" else _with_known_extension(place))
    folder = parse_filename(place.parent.name)
    same = guess.series is None or (folder.series or "").lower() == guess.series.lower()
    said = Declared("folder", series=name_of(folder.series), series_start_year=folder.year if same else None)
    return guess, said


def _with_known_extension(path: Path) -> str:
    """A book may be called anything: a short suffix that is no number counts as an extension."""
    return path.stem if re.fullmatch(r"\.[A-Za-z][A-Za-z0-9]{0,4}", path.suffix) else path.name
