"""The books of a Calibre library, as its database lists them: one a Calibre book, in its best format."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path, PurePosixPath

from warehouse.books.calibre_database import DATABASE_NAME, CalibreDatabase, Row
from warehouse.books.entries import natural_key
from warehouse.errors import BookError

FORMATS = (
    "cbz", "zip", "cbr", "rar", "cb7", "7z", "cbt", "tar", "tgz", "txz", "tbz2", "tzst", "epub", "pdf",
)  # fmt: skip
"""What is read of a Calibre book, the best first; books in other formats are no comics."""

log = logging.getLogger("warehouse.books")


def is_library(folder: Path) -> bool:
    """Whether a folder holds a metadata.db."""
    return os.path.isfile(folder / DATABASE_NAME)


def library_books(library: Path) -> list[Path]:
    """The file of every book in reading formats, in natural order; files that are gone among them.

    Raises BookError 'library-broken', 'library-busy' or 'path-unreadable'.  Names that lead out of the
    library are passed over with a warning.
    """
    sql = "select b.id, b.path, d.format, d.name from books b join data d on d.book = b.id order by b.id"
    with CalibreDatabase(library) as database:
        rows = database.rows(sql)
    chosen = [_best(library, list(files)) for _, files in groupby(rows, key=lambda row: row[0])]
    places = [place for place in chosen if place is not None]
    return sorted(places, key=lambda place: natural_key(place.as_posix()))


def safe_parts(path: object, name: object, suffix: str) -> Path | None:
    """The relative path that a library's words mean, None if they lead elsewhere."""
    if not isinstance(path, str) or not isinstance(name, str) or not path or not name:
        return None
    parts = [*PurePosixPath(path).parts, f"{name}.{suffix}"]
    unsafe = any(part in ("..", ".", "/") or set(part) & set("/\\\0") for part in parts)
    return None if unsafe or len(parts) > 8 else Path(*parts)


def _best(library: Path, rows: list[Row]) -> Path | None:
    """The file of the best format that is there; if none is, the best that should be."""
    candidates = list(_candidates(library, rows))
    there = (place for place in candidates if os.path.exists(place))
    return next(there, candidates[0] if candidates else None)


def _candidates(library: Path, rows: list[Row]) -> Iterator[Path]:
    known = {str(format_).lower(): (path, name) for _, path, format_, name in rows}
    for format_ in FORMATS:
        if format_ not in known:
            continue
        path, name = known[format_]
        inside = safe_parts(path, name, format_)
        if inside is None:
            log.warning(
                "%s names a file outside of the library; passed over: %.200r", library, f"{path}/{name}"
            )
        else:
            yield library / inside


def books_or_none(library: Path) -> list[Path] | None:
    """The books of a library; None, with a warning that the user sees, if its database cannot be read."""
    try:
        return library_books(library)
    except BookError as fault:
        log.warning("%s; looking for books in its folders instead", fault)
        return None
