"""Books that a person wants out of the warehouse."""

from __future__ import annotations

from warehouse.database.connection import Connection
from warehouse.database.statements import statement


def forget_book(connection: Connection, book_id: int) -> bool:
    """Delete a book with all its rows, in the caller's transaction; False if it was gone already."""
    connection.execute(statement("lock_work"), {"book_id": book_id})
    return connection.execute(statement("delete_book"), {"book_id": book_id}).rowcount == 1
