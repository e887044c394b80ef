"""Refusing an archive for what it holds, and saying what that is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from warehouse.books.entries import extension, is_junk
from warehouse.books.limits import Limits
from warehouse.books.readers.open_book import BookWarning
from warehouse.errors import BookError

_BOOKS_INSIDE = frozenset(["cbz", "zip", "cbr", "rar", "cb7", "7z", "cbt", "tar", "pdf", "epub"])


def require_pages(
    path: Path, pages: int, names: Iterable[str], warnings: tuple[BookWarning, ...] = ()
) -> None:
    """Refuse a book without pages.

    names: all files of the archive.  warnings: what was lost of it, which is then why.
    Raises BookError 'no-pages', or 'archive-broken' if the archive is damaged.
    """
    if pages:
        return
    if any(warning.code == "archive-incomplete" for warning in warnings):
        raise BookError(
            f"no page can be recovered: {warnings[-1].message}",
            code="archive-broken",
            remedy="get the book again",
        )
    inside = sum(extension(name) in _BOOKS_INSIDE and not is_junk(name) for name in names)
    if inside:
        raise BookError(
            f"no pictures in {path}, but {inside} {'book' if inside == 1 else 'books'}",
            code="no-pages",
            remedy="unpack it and ingest what comes out",
        )
    raise BookError(f"no pictures in {path}", code="no-pages")


def too_many_files(path: Path, limits: Limits) -> BookError:
    """The error of an archive with more entries than the limit."""
    return BookError(
        f"more than {limits.entries} files in {path}, no more are read", code="archive-too-large"
    )


def not_followed(path: Path, names: Sequence[str]) -> tuple[BookWarning, ...]:
    """The warning of entries with names of pages that are no plain files; none if there are none."""
    if not names:
        return ()
    shown = ", ".join(repr(name) for name in names[:3]) + (", …" if len(names) > 3 else "")
    text = f"{len(names)} links, devices or the like in {path} were not followed: {shown}"
    return (BookWarning("entries-refused", text),)


def cut_short(path: Path, reason: str) -> BookWarning:
    """The warning of an archive that is damaged behind the pages it gave."""
    return BookWarning(
        "archive-incomplete", f"{path} is damaged, only the pages before that are kept: {reason}"
    )
