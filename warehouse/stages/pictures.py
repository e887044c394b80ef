"""The pixels of a stored book's pages, one page at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from warehouse.books.sandbox.sandboxed_book import open_sandboxed
from warehouse.books.stored_paths import disk_path
from warehouse.contracts import Pixels
from warehouse.errors import BookError
from warehouse.records import StoredPage
from warehouse.stages.job import Job


def page_pictures(
    job: Job, pages: Sequence[StoredPage], wanted: Callable[[StoredPage], bool] = lambda page: True
) -> Iterator[tuple[StoredPage, Pixels]]:
    """The wanted pages with their pixels (height, width, 3), in order; ticks for every page passed.

    Raises BookError 'file-changed' where a page is not the one stage `pages` saw.
    """
    with open_sandboxed(disk_path(job.book.path), job.limits) as book:
        for place, page in enumerate(pages):
            if wanted(page):
                picture = book.page_pixels(page.seq) if page.seq < len(book.entries) else None
                if picture is None or picture.md5 != page.md5:
                    raise BookError(
                        f"page {page.seq} of {job.book.path} is not the one seen before",
                        code="file-changed",
                        remedy="ingest the file again",
                    )
                yield page, picture.pixels
            job.tick(place + 1, len(pages))
