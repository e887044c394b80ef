"""Questions about duplicates: pages that show the same picture, books that contain others.

    refresh_groups(connection, max_distance)     # warehouse.duplicates.refreshing: makes the answers current
    duplicate_pages_question(DuplicateRequest()).answer(connection)

Hamming distances are in bits of the 64 of a pHash; page_seq is 0-based.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from warehouse.database.connection import Connection
from warehouse.database.question import Question, call
from warehouse.database.statements import statement

MAX_DISTANCE = 4
"""duplicate_distance() in SQL, and why."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """When the groups of a distance were computed, and of how many pages.  groups: of two pages or more.

    stale: the library has changed since.
    """

    computed_at: datetime
    pages: int
    stale: bool
    groups: int


@dataclass(frozen=True, slots=True)
class DuplicateRequest:
    """Which duplicates.  series: of whose name these are words.  limit: groups of pages, or pairs of books.

    same_bytes_only: pages of the same MD5, whatever max_distance.  min_share: of books, 0 to 1.
    """

    max_distance: int = MAX_DISTANCE
    same_bytes_only: bool = False
    series: str | None = None
    min_share: float = 0.5
    limit: int = 20


@dataclass(frozen=True, slots=True)
class DuplicatePage:
    """A page of a group.  distance and same_bytes: against the canonical page.  pages, books: of the group.

    computed_at: None where computed now.
    """

    canonical_page_id: int
    page_id: int
    is_canonical: bool
    same_bytes: bool
    distance: int
    book_id: int
    series: str | None
    number: str | None
    title: str | None
    path: str
    page_seq: int
    width: int
    height: int
    pages: int
    books: int
    computed_at: datetime | None
    stale: bool


@dataclass(frozen=True, slots=True)
class DuplicateBook:
    """A book and one inside it: `matched` of its `pages` are in the book too, at first_seq to last_seq.

    share: matched / pages.  in_order: share of steps between them that lead forward; None for a single page.
    """

    book_id: int
    series: str | None
    number: str | None
    title: str | None
    path: str
    inside_book_id: int
    inside_series: str | None
    inside_number: str | None
    inside_title: str | None
    inside_path: str
    share: float
    matched: int
    pages: int
    first_seq: int
    last_seq: int
    in_order: float | None
    computed_at: datetime
    stale: bool


def grouping(connection: Connection, max_distance: int) -> Grouping | None:
    """How the stored groups of a distance stand; None where there are none yet."""
    row = connection.execute(statement("grouping_state"), {"max_distance": max_distance}).fetchone()
    return None if row is None else Grouping(*row)


def duplicate_pages_question(request: DuplicateRequest) -> Question[DuplicatePage]:
    """Groups of pages, largest first; in each the canonical page first."""
    options = {
        "within": request.max_distance,
        "same_bytes_only": request.same_bytes_only,
        "of_series": request.series,
        "max_groups": request.limit,
    }
    return call("duplicate_pages", [], options, DuplicatePage)


def duplicate_books_question(request: DuplicateRequest) -> Question[DuplicateBook]:
    """Pairs of books, the one that is most inside the other first."""
    options = {
        "min_share": request.min_share,
        "within": request.max_distance,
        "of_series": request.series,
        "max_hits": request.limit,
    }
    return call("duplicate_books", [], options, DuplicateBook)
