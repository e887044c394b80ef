"""What the ledger says at a moment, read from outside."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg

from warehouse.database.connection import Connection, Database
from warehouse.errors import DatabaseError

Stage = tuple[int, str]
"""A book's id and a stage."""

_OPEN = "select book_id, stage, lease_token::text, worker from work where state in ('ready', 'leased')"
_COUNTS = "select count(*) filter (where state = 'done'), coalesce(max(attempts), 0) from work"
_WHO = "select worker, updated_at::text from work where book_id = %s and stage = %s"


@dataclass(frozen=True, slots=True)
class View:
    """held: stage to (token, worker).  ready: free to be claimed.  done: how many.  attempts: the most."""

    held: dict[Stage, tuple[str, str]]
    ready: frozenset[Stage]
    done: int
    attempts: int

    def held_by(self, names: set[str]) -> dict[Stage, str]:
        """Stage to token of what these processes hold."""
        return {stage: token for stage, (token, worker) in self.held.items() if worker in names}

    def moved(self, stage: Stage, token: str | None) -> bool:
        """Whether a stage has been claimed anew, or done, since it was held by this token (None: free)."""
        return stage not in self.ready and (stage not in self.held or self.held[stage][0] != token)


class LedgerView:
    """Looks at a database that may be away."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Connection | None = None

    def look(self) -> View | None:
        """The ledger now; None while the database is away."""
        try:
            connection = self._opened()
            with connection.transaction():
                rows = connection.execute(_OPEN).fetchall()
                [done, attempts] = connection.execute(_COUNTS).fetchone() or (0, 0)
        except (psycopg.Error, DatabaseError):
            return None
        held = {(book, stage): (token, worker) for book, stage, token, worker in rows if token is not None}
        ready = frozenset((book, stage) for book, stage, token, _ in rows if token is None)
        return View(held, ready, done, attempts)

    def who(self, stage: Stage) -> tuple[str, str]:
        """Which process holds or did a stage, and when its state last changed."""
        [worker, changed] = self._opened().execute(_WHO, stage).fetchone() or ("", "")
        return worker, changed

    def open_books(self) -> int:
        """Books with stages left to do."""
        query = "select count(distinct book_id) from work where state in ('ready', 'leased')"
        [count] = self._opened().execute(query).fetchone() or (0,)
        return int(count)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """Any question."""
        return self._opened().execute(query).fetchall()

    def close(self) -> None:
        """No more questions."""
        if self._connection is not None:
            self._connection.close()

    def _opened(self) -> Connection:
        if self._connection is None or self._connection.closed:
            self._connection = self._database.connect(autocommit=True)
        return self._connection
