"""Books whose unfinished work a person wants out of the way."""

from __future__ import annotations

from warehouse.database.connection import Connection
from warehouse.database.statements import statement
from warehouse.database.transactions import in_transaction


def drop_work(connection: Connection, book_id: int) -> int:
    """Take what is not done of a book out of the ledger, in a transaction; returns how many stages.

    Nothing that was stored goes.  Who holds a stage finds its lease lost, and writes nothing.  Registering
    the book again puts the missing stages back.
    """
    key = {"book_id": book_id}
    dropped = 0

    def drop() -> None:
        nonlocal dropped
        connection.execute(statement("lock_work"), key)
        dropped = connection.execute(statement("drop_work"), key).rowcount

    in_transaction(connection, drop)
    return dropped
