"""Sums of vectors by book: forgotten when its vectors change, made again in the same transaction.

A book whose sums are forgotten is still answered for, from its vectors; only slower.  Pages that change type
or go, and panels and strips that go, forget them by triggers.
"""

from __future__ import annotations

from collections.abc import Sequence

from warehouse.database.connection import Connection
from warehouse.database.statements import statement

BATCH = 100
"""Books summed in one transaction when many are behind."""


def forget_sums(connection: Connection, book_ids: Sequence[int]) -> None:
    """Say before or after writing vectors of these books, in the same transaction."""
    connection.execute(statement("forget_sums"), {"book_ids": list(book_ids)})


def sum_books(connection: Connection, book_ids: Sequence[int]) -> None:
    """Sum the vectors of those of these books whose sums are forgotten, in the caller's transaction.

    The caller holds the books' rows in `work`, or nobody else knows of the books yet.
    """
    key = {"book_ids": list(book_ids)}
    for name in ("delete_sums", "insert_sums", "mark_summed"):
        connection.execute(statement(name), key)


def sum_all_books(connection: Connection) -> int:
    """Sum every book whose sums are forgotten, a batch a transaction; returns how many there were."""
    found = [row[0] for row in connection.execute(statement("unsummed_books")).fetchall()]
    for start in range(0, len(found), BATCH):
        book_ids = found[start : start + BATCH]
        with connection.transaction():
            connection.execute(statement("lock_books_work"), {"book_ids": book_ids})
            sum_books(connection, book_ids)
    return len(found)
