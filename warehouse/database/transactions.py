"""A transaction that is tried again where the server broke it off for another's sake."""

from __future__ import annotations

from collections.abc import Callable

import psycopg

from warehouse.database.connection import Connection
from warehouse.database.statements import statement

ATTEMPTS = 5


def end_when_idle(connection: Connection, seconds: float) -> None:
    """Let the server end this session once it has said nothing for so long, and with it what it locks.

    A process that is paused in the middle of something would hold up all others.
    """
    connection.execute(statement("end_when_idle"), {"idle": f"{round(seconds * 1000)}ms"})


def end_transaction_when_idle(connection: Connection, seconds: float) -> None:
    """The same where a transaction is open; between two of them it may wait as long as it likes."""
    connection.execute(statement("end_transaction_when_idle"), {"idle": f"{round(seconds * 1000)}ms"})


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
