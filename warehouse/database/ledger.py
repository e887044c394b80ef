"""The ledger: who may do which stage of which book.  Claims are short transactions of their own."""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from types import TracebackType
from typing import Any, Self

import psycopg

from warehouse.database.connection import Connection, Database, process_name, translated_errors
from warehouse.database.statements import statement
from warehouse.database.transactions import end_transaction_when_idle
from warehouse.errors import LeaseLostError
from warehouse.records import STAGES, Lease, LostWork, WorkState
from warehouse.work_rules import USUAL_RULES, WorkRules

log = logging.getLogger("warehouse.database")


class Ledger:
    """Claims over one connection that stays open: when it is gone, its leases are free at once.

    Threads may share it.  A connection that broke is made again by the next call.
    """

    def __init__(self, database: Database, rules: WorkRules = USUAL_RULES) -> None:
        self.rules = rules
        self._database = database
        self._lock = threading.RLock()
        self._connection = self._connected()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give back what this ledger holds, and end its session."""
        try:
            with self._lock:
                self._connection.execute(statement("release_session"))  # an interruption may have met a claim
        except psycopg.Error:
            log.debug("the leases of this session end with it", exc_info=True)
        self._connection.close()

    def claim(self, book_id: int, stage: str) -> Lease | None:
        """Take a stage of a book, or None where it is done, failed, held by another, or not yet its turn."""
        values = {
            "book_id": book_id,
            "stage": stage,
            "before": stages_before(stage),
            "worker": process_name(),
        }
        rows = self._execute("claim_work", {**values, **self._terms()}).fetchall()
        return Lease(book_id, stage, *rows[0]) if rows else None

    def renew(self, lease: Lease) -> None:
        """Hold a lease longer.  Raises LeaseLostError, DatabaseError."""
        with translated_errors():
            self._touch("renew_lease", lease, self._terms())

    def release(self, lease: Lease) -> None:
        """Give a stage back undone; nothing happens if the lease is lost already."""
        self._execute("release_lease", _key(lease))

    def fail(self, lease: Lease, code: str, error: str, seconds: float, *, again: bool = False) -> str:
        """Record that a stage, and so its book, failed; returns the stage's state after that.

        again: it may have been chance: the stage is 'ready' again, or 'quarantined' after its last attempt.
        Raises LeaseLostError.
        """
        storable = error.replace("\0", "").encode(errors="backslashreplace").decode()
        failure = {"code": code, "error": storable, **_key(lease)}
        with self._lock, self._open().transaction():
            row = self._execute(
                "fail_work", {**failure, **self._terms(), "seconds": seconds, "again": again}
            ).fetchone()
            if row is None:
                raise _lost(lease)
            if row[0] != "ready":
                self._execute("fail_book", failure)
        return str(row[0])

    def lose(self, worker: str, code: str, what: str) -> list[LostWork]:
        """Take away what a process holds that is dead, or is about to be killed.

        Its stages are ready again, or quarantined after their last attempt; so are those that were found to
        be held by nobody before it was known why.  what: what its stage did, as in 'crashed its process'.
        """
        return self._give_up("lose_worker", {"worker": worker, "code": code, "what": what})

    def recover(self) -> list[LostWork]:
        """The same for every lease whose time is up, or whose holder's session is gone.

        A holder that stands still in the middle of its writing keeps its lease until its session has been
        ended, which is done here: so it is free the next time.
        """
        self._execute("end_still_writers", self._terms())
        return self._give_up("lose_leases", {})

    def sign_on(self, queues: Sequence[str]) -> None:
        """This process runs stages of these queues, and is alive.  Raises DatabaseError."""
        name, host, pid = process_name(), socket.gethostname(), os.getpid()
        with translated_errors():
            self._execute("sign_on", {"name": name, "host": host, "pid": pid, "queues": list(queues)})

    def sign_off(self, worker: str) -> None:
        """A process runs no stages any more."""
        self._execute("sign_off", {"worker": worker})

    def states(self, book_id: int) -> dict[str, WorkState]:
        """The ledger's rows of a book, by stage."""
        rows = self._execute("work_of_book", {"book_id": book_id}).fetchall()
        return {state.stage: state for state in (WorkState(*row) for row in rows)}

    def reset_outdated(self, book_ids: Sequence[int], revisions: Mapping[str, str]) -> int:
        """Make ready what another revision has done, and everything after it; returns how many stages."""
        rows = self._execute(
            "outdated_stages",
            {"book_ids": list(book_ids), "stages": list(revisions), "revisions": list(revisions.values())},
        ).fetchall()
        first: dict[int, int] = {}
        for book_id, stage in rows:
            position = STAGES.index(stage)
            first[book_id] = min(position, first.get(book_id, position))
        return sum(self._reset(book_id, STAGES[position:]) for book_id, position in first.items())

    def redo(self, book_id: int, stages: Collection[str]) -> int:
        """Make these stages of a book ready again as far as they are done; returns how many."""
        done = [stage for stage, work in self.states(book_id).items() if work.state == "done"]
        return self._reset(book_id, [stage for stage in done if stage in stages])

    def retry_failed(self, book_ids: Sequence[int]) -> int:
        """Make the failed and the quarantined stages of these books ready again; returns how many."""
        count = 0
        for book_id in book_ids:
            states = self.states(book_id).items()
            count += self._reset(book_id, [stage for stage, work in states if work.state in GIVEN_UP])
        return count

    def _open(self) -> Connection:
        if self._connection.closed:
            self._connection = self._connected()
        return self._connection

    def _connected(self) -> Connection:
        connection = self._database.connect(autocommit=True, steady=True)
        end_transaction_when_idle(connection, self.rules.lease)
        connection.execute(statement("need_no_disk"))
        return connection

    def _execute(self, name: str, values: Mapping[str, object]) -> psycopg.Cursor[tuple[Any, ...]]:
        with self._lock:
            return self._open().execute(statement(name), values)

    def _terms(self) -> dict[str, object]:
        return {"lease": timedelta(seconds=self.rules.lease), "attempts": self.rules.attempts}

    def _reset(self, book_id: int, stages: Sequence[str]) -> int:
        with self._lock, self._open().transaction():
            return reset_work(self._connection, book_id, stages)

    def _give_up(self, name: str, values: Mapping[str, object]) -> list[LostWork]:
        with self._lock, self._open().transaction():
            lost = [LostWork(*row) for row in self._execute(name, {**values, **self._terms()}).fetchall()]
            for work in lost:
                if work.state == "quarantined":
                    key = {"book_id": work.book_id, "stage": work.stage}
                    self._execute("fail_book", {**key, "code": work.code, "error": work.error})
        return lost

    def _touch(self, name: str, lease: Lease, values: Mapping[str, object]) -> None:
        if self._execute(name, {**_key(lease), **values}).rowcount != 1:
            raise _lost(lease)


GIVEN_UP = ("failed", "quarantined")


def complete(connection: Connection, lease: Lease, revision: str, seconds: float) -> None:
    """Mark a stage done in the caller's transaction.  Raises LeaseLostError: then nothing may be written."""
    cursor = connection.execute(
        statement("complete_work"), {**_key(lease), "revision": revision, "seconds": seconds}
    )
    if cursor.rowcount != 1:
        raise _lost(lease)


def reset_work(connection: Connection, book_id: int, stages: Sequence[str]) -> int:
    """Make these stages of a book undone, and the first that is not done ready; returns how many were."""
    values = {"book_id": book_id, "stages": list(stages)}
    count = connection.execute(statement("reset_work"), values).rowcount
    _settle(connection, book_id)
    return count


def reopen_work(connection: Connection, book_id: int) -> None:
    """Make stage `pages` of a book ready again; what was not done waits, and nobody holds any of it."""
    connection.execute(statement("reopen_work"), {"book_id": book_id})
    _settle(connection, book_id)


def add_work(connection: Connection, book_id: int) -> None:
    """Put every stage of a book into the ledger."""
    if connection.execute(statement("add_work"), {"book_id": book_id, "stages": list(STAGES)}).rowcount:
        _settle(connection, book_id)


def stages_before(stage: str) -> list[str]:
    """The stages that must be done before this one."""
    return list(STAGES[: STAGES.index(stage)])


def stages_after(stage: str) -> list[str]:
    """The stages that build on this one."""
    return list(STAGES[STAGES.index(stage) + 1 :])


def _settle(connection: Connection, book_id: int) -> None:
    connection.execute(statement("settle_work"), {"book_id": book_id, "stages": list(STAGES)})


def _key(lease: Lease) -> dict[str, object]:
    return {"book_id": lease.book_id, "stage": lease.stage, "token": lease.token}


def _lost(lease: Lease) -> LeaseLostError:
    return LeaseLostError(f"stage {lease.stage} of book {lease.book_id} was taken over by another run")
