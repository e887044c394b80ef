"""A transaction that is tried again where the server broke it off for another's sake."""

from __future__ import annotations

from collections.abc import Callable

import psycopg

from warehouse.database.connection import Connection

ATTEMPTS = 5


def in_transaction(connection: Connection, work: Callable[[], None]) -> None:
    """Run `work` in one transaction; from the start again, a few times, after a deadlock.

    PostgreSQL ends a deadlock by breaking off one of the two: nothing of it is written, and nothing was wrong
    with it.  Raises what `work` raises.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with connection.transaction():
                work()
            return
        except (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure):
            if attempt == ATTEMPTS:
                raise
