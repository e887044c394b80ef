"""The ledger: who may do which stage of which book.  Claims are short transactions of their own."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from types import TracebackType
from typing import Self

import psycopg

from warehouse.database.connection import Connection, Database
from warehouse.database.statements import statement
from warehouse.errors import LeaseLostError
from warehouse.records import STAGES, Lease, WorkState

log = logging.getLogger("warehouse.database")

LEASE = timedelta(minutes=15)


class Ledger:
    """Claims over one connection that stays open: when it is gone, its leases are free at once."""

    def __init__(self, database: Database) -> None:
        self._connection = database.connect(autocommit=True, steady=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._connection.execute(statement("release_session"))  # an interruption may have met a claim
        except psycopg.Error:
            log.debug("the leases of this session end with it", exc_info=True)
        self._connection.close()

    def claim(self, book_id: int, stage: str) -> Lease | None:
        """Take a stage of a book, or None where it is done, failed, held by another, or not yet its turn."""
        row = self._connection.execute(
            statement("claim_work"),
            {"book_id": book_id, "stage": stage, "before": stages_before(stage), "lease": LEASE},
        ).fetchone()
        if row is None:
            return None
        return Lease(book_id, stage, token=row[0], attempt=row[1])

    def renew(self, lease: Lease) -> None:
        """Hold a lease longer.  Raises LeaseLostError."""
        self._touch("renew_lease", lease, {"lease": LEASE})

    def release(self, lease: Lease) -> None:
        """Give a stage back undone; nothing happens if the lease is lost already."""
        self._connection.execute(statement("release_lease"), _key(lease))

    def fail(self, lease: Lease, code: str, error: str, seconds: float) -> None:
        """Record that a stage, and so its book, failed.  Raises LeaseLostError."""
        storable = error.replace("\0", "").encode(errors="backslashreplace").decode()
        failure = {"code": code, "error": storable}
        with self._connection.transaction():
            self._touch("fail_work", lease, {**failure, "seconds": seconds})
            self._connection.execute(statement("fail_book"), {**failure, **_key(lease)})

    def states(self, book_id: int) -> dict[str, WorkState]:
        """The ledger's rows of a book, by stage."""
        rows = self._connection.execute(statement("work_of_book"), {"book_id": book_id}).fetchall()
        return {state.stage: state for state in (WorkState(*row) for row in rows)}

    def reset_outdated(self, book_ids: Sequence[int], revisions: Mapping[str, str]) -> int:
        """Make ready what another revision has done, and everything after it; returns how many stages."""
        rows = self._connection.execute(
            statement("outdated_stages"),
            {"book_ids": list(book_ids), "stages": list(revisions), "revisions": list(revisions.values())},
        ).fetchall()
        first: dict[int, int] = {}
        for book_id, stage in rows:
            position = STAGES.index(stage)
            first[book_id] = min(position, first.get(book_id, position))
        return sum(
            reset_work(self._connection, book_id, STAGES[position:]) for book_id, position in first.items()
        )

    def redo(self, book_id: int, stages: Collection[str]) -> int:
        """Make these stages of a book ready again as far as they are done; returns how many."""
        done = [stage for stage, work in self.states(book_id).items() if work.state == "done"]
        return reset_work(self._connection, book_id, [stage for stage in done if stage in stages])

    def retry_failed(self, book_ids: Sequence[int]) -> int:
        """Make the failed stages of these books ready again; returns how many."""
        count = 0
        for book_id in book_ids:
            failed = [stage for stage, work in self.states(book_id).items() if work.state == "failed"]
            count += reset_work(self._connection, book_id, failed)
        return count

    def _touch(self, name: str, lease: Lease, values: Mapping[str, object]) -> None:
        cursor = self._connection.execute(statement(name), {**_key(lease), **values})
        if cursor.rowcount != 1:
            raise _lost(lease)


def complete(connection: Connection, lease: Lease, revision: str, seconds: float) -> None:
    """Mark a stage done in the caller's transaction.  Raises LeaseLostError: then nothing may be written."""
    cursor = connection.execute(
        statement("complete_work"), {**_key(lease), "revision": revision, "seconds": seconds}
    )
    if cursor.rowcount != 1:
        raise _lost(lease)


def reset_work(connection: Connection, book_id: int, stages: Sequence[str]) -> int:
    """Make these stages of a book ready again; returns how many were not."""
    values = {"book_id": book_id, "stages": list(stages)}
    return connection.execute(statement("reset_work"), values).rowcount


def reopen_work(connection: Connection, book_id: int) -> None:
    """Make stage `pages` of a book ready again, and what was not done; nobody holds any of it any more."""
    connection.execute(statement("reopen_work"), {"book_id": book_id})


def add_work(connection: Connection, book_id: int) -> None:
    """Put every stage of a book into the ledger."""
    connection.execute(statement("add_work"), {"book_id": book_id, "stages": list(STAGES)})


def stages_before(stage: str) -> list[str]:
    """The stages that must be done before this one."""
    return list(STAGES[: STAGES.index(stage)])


def stages_after(stage: str) -> list[str]:
    """The stages that build on this one."""
    return list(STAGES[STAGES.index(stage) + 1 :])


def _key(lease: Lease) -> dict[str, object]:
    return {"book_id": lease.book_id, "stage": lease.stage, "token": lease.token}


def _lost(lease: Lease) -> LeaseLostError:
    return LeaseLostError(f"stage {lease.stage} of book {lease.book_id} was taken over by another run")
