"""Stage `pages`: open the book, order its pages, look at each, gather the metadata."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from warehouse.books.looking import PageLook
from warehouse.books.metadata import BookMetadata
from warehouse.books.sandbox.sandboxed_book import open_sandboxed
from warehouse.books.spreads import double_pages
from warehouse.books.stored_paths import disk_path
from warehouse.contracts import Direction
from warehouse.database.queries import book_edits
from warehouse.errors import BookError, PageError
from warehouse.records import PageRow
from warehouse.stages.job import Job


@dataclass(frozen=True, slots=True)
class PagesOfBook:
    """Everything stage `pages` found."""

    metadata: BookMetadata
    format: str
    pages: tuple[PageRow, ...]


def read_pages(job: Job) -> PagesOfBook:
    """Look at every page once.  A page that cannot be read is a row with its code.

    Raises BookError where the book cannot be opened or none of its pages can be read.
    """
    path = disk_path(job.book.path)
    with open_sandboxed(path, job.limits) as book:
        metadata = book.metadata()
        pages = []
        for seq, (entry, page) in enumerate(zip(book.entries, book.looks(), strict=True)):
            pages.append(_row(seq, entry, page, metadata.page_types.get(seq)))
            job.tick(seq + 1, len(book.entries))
        if all(page.error_code for page in pages):
            first = pages[0]
            raise BookError(
                f"none of the {len(pages)} pages of {path} can be read; the first: {first.error}",
                code="no-readable-pages",
            )
        direction = book_edits(job.connection, job.book.id).get("direction", metadata.direction)
        return PagesOfBook(metadata, book.format, _with_spreads(pages, metadata, direction))


def _with_spreads(
    pages: Sequence[PageRow], metadata: BookMetadata, direction: Direction
) -> tuple[PageRow, ...]:
    if direction == "vertical":
        return tuple(pages)
    sizes = [(page.width, page.height) if page.width and page.height else None for page in pages]
    doubles = double_pages(sizes, metadata.double_pages)
    return tuple(replace(page, double_page=page.seq in doubles) for page in pages)


def _row(seq: int, entry: str, page: PageLook | PageError, declared_type: str | None) -> PageRow:
    if isinstance(page, PageError):
        return PageRow(seq, entry, declared_type=declared_type, error_code=page.code, error=str(page))
    seen = page.fingerprint
    return PageRow(
        seq=seq,
        entry=entry,
        width=page.width,
        height=page.height,
        md5=page.md5,
        phash=seen.phash,
        low_information=seen.low_information,
        saturation=seen.colours.saturation,
        brightness=seen.colours.brightness,
        paper=seen.colours.paper,
        declared_type=declared_type,
        thumbnail=seen.thumbnail,
    )
