"""Finding books in any mix of files and folders."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from warehouse.books.calibre_library import books_or_none, is_library
from warehouse.books.entries import extension, is_junk_part, is_page_name, natural_key
from warehouse.errors import BookError

BOOK_EXTENSIONS = frozenset(
    [
        "cbz", "zip", "cbr", "rar", "cb7", "7z", "cbt", "tar", "tgz", "tbz", "tbz2", "txz", "tzst",
        "pdf", "epub",
    ]
)  # fmt: skip
TAR_COMPRESSIONS = frozenset(["gz", "bz2", "xz", "zst"])
"""Extensions that make a book behind '.tar' or '.cbt'."""

_LATER_PART = re.compile(r"\.part0*(?:[2-9]|[1-9]\d+)\.(?:rar|cbr)$", re.IGNORECASE)
ARTWORK_STEMS = frozenset(["cover", "folder", "poster", "fanart", "banner", "backdrop", "logo", "thumb"])


@dataclass(frozen=True, slots=True)
class BookSource:
    """Where a book is: a file, or a folder of images."""

    path: Path


def is_book_name(name: str) -> bool:
    """Whether a file of this name in a folder is a book; later parts of a RAR in several parts are not."""
    suffix = extension(name)
    if suffix in TAR_COMPRESSIONS:
        return extension(name.rpartition(".")[0]) in ("tar", "cbt")
    return suffix in BOOK_EXTENSIONS and not _LATER_PART.search(name)


def find_books(paths: Iterable[Path | str]) -> Iterator[BookSource]:
    """Books under the paths, folders recursively and in natural order, each book once.

    A file named here is a book whatever it is called; inside folders the extension decides, and a
    folder that directly holds images and no archives is itself a book.  A Calibre library gives the books
    that its database lists, missing ones too.  Links are followed, loops are not.
    Raises BookError 'path-missing' at once, before the first book, if a path does not exist.
    """
    starts = [Path(path) for path in paths]
    for start in starts:
        if not os.path.lexists(start):
            raise BookError(f"no such file or folder: {start}", code="path-missing", remedy="check the path")
    return _walk_all(starts)


def _walk_all(starts: list[Path]) -> Iterator[BookSource]:
    folders: set[tuple[int, int]] = set()
    books: set[str] = set()
    for start in starts:
        for source in _walk(start, folders):
            place = os.path.realpath(source.path)
            if place not in books:
                books.add(place)
                yield source


def _walk(start: Path, seen: set[tuple[int, int]]) -> Iterator[BookSource]:
    waiting = [start]
    while waiting:
        place = waiting.pop()
        if not os.path.isdir(place):
            yield BookSource(place)
            continue
        status = place.stat()
        mark = (status.st_dev, status.st_ino)
        if mark not in seen:
            seen.add(mark)
            listed = books_or_none(place) if is_library(place) else None
            if listed is not None:
                yield from map(BookSource, listed)
                continue
            found = _listing(place)
            if found is None or _is_folder_book(found):
                # A folder that cannot be listed gets its row and its error code when it is opened.
                yield BookSource(place)
            waiting += [
                Path(item.path)
                for item in reversed(found or [])
                if os.path.isdir(item) or _is_book_file(item)
            ]


def _listing(folder: Path) -> list[os.DirEntry[str]] | None:
    """What a folder holds, in natural order and without junk; None if it cannot be read."""
    try:
        items = [item for item in os.scandir(folder) if not is_junk_part(item.name)]
    except OSError:
        return None
    return sorted(items, key=lambda item: natural_key(item.name))


def _is_book_file(item: os.DirEntry[str]) -> bool:
    """A broken link counts too: it is reported when opened, not passed over."""
    return is_book_name(item.name) and (os.path.isfile(item) or item.is_symlink())


def _is_folder_book(items: list[os.DirEntry[str]]) -> bool:
    images = [item for item in items if is_page_name(item.name) and os.path.isfile(item)]
    if not images or any(_is_book_file(item) for item in items):
        return False
    has_folders = any(os.path.isdir(item) for item in items)
    only_artwork = all(Path(item.name).stem.lower() in ARTWORK_STEMS for item in images)
    return not (has_folders and only_artwork)
