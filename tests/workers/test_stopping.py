"""A worker that is asked to stop hands its work back at once; one that is killed loses it to another."""

from __future__ import annotations

import signal
import socket
import time
from pathlib import Path

from tests.books_drawn import library
from tests.workers.processes import Workers, children, kill_group
from tests.workers.queued_books import counts, enqueue, wait_until_settled
from tests.workers.waiting import wait_until
from warehouse.database.connection import Connection, Database

LEASE = 4
STOPPING_SECONDS = 10


def leased(connection: Connection) -> set[tuple[int, str, str]]:
    """(book, stage, worker) of what is held."""
    rows = connection.execute("select book_id, stage, worker from work where state = 'leased'").fetchall()
    return {(book_id, stage, worker) for book_id, stage, worker in rows}


def test_asked_to_stop_in_the_middle_of_a_stage(
    database: Database, connection: Connection, workers: Workers, tmp_path: Path
) -> None:
    enqueue(database, library(tmp_path / "books", books=2, pages=100))
    worker = workers.start("--concurrency", "2", "--seconds-a-page", "0.5")
    reading = {"text"}
    wait_until(lambda: {stage for _, stage, _ in leased(connection)} == reading, "read", told=workers.log)
    held = {book_id for book_id, _, _ in leased(connection)}
    began = time.monotonic()
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=60) == 0, workers.log()
    assert time.monotonic() - began < STOPPING_SECONDS, workers.log()
    assert "leased" not in counts(connection)
    rows = connection.execute(
        "select state, attempts from work where stage = 'text' and book_id = any(%s)", (list(held),)
    ).fetchall()
    assert set(rows) == {("ready", 0)}, "as if it had not been taken"
    assert connection.execute("select count(*) from worker").fetchone() == (0,)


def test_models_that_do_not_load_end_the_worker_and_cost_no_book_anything(
    database: Database, connection: Connection, workers: Workers, tmp_path: Path
) -> None:
    enqueue(database, library(tmp_path / "books", books=2, pages=1))
    worker = workers.start("--profile", "broken", "--concurrency", "2")
    assert worker.wait(timeout=60) == 1, workers.log()
    assert "the checkpoint panels.pt is cut short: fetch it again" in workers.log()
    rows = connection.execute("select distinct state, attempts from work where stage = 'panels'").fetchall()
    assert set(rows) <= {("ready", 0), ("waiting", 0)}
    assert connection.execute("select count(*) from worker").fetchone() == (0,)


def test_killed_work_is_done_by_another_worker(
    database: Database, connection: Connection, workers: Workers, tmp_path: Path
) -> None:
    enqueue(database, library(tmp_path / "books", books=4, pages=8))
    rules = f"lease={LEASE} attempts=3 stall=60"
    doomed = workers.start("--concurrency", "2", "--seconds-a-page", "0.2", rules=rules)
    workers.start("--seconds-a-page", "0.2", rules=rules)

    def lost() -> set[tuple[int, str, str]]:
        names = {f"{socket.gethostname()}:{child}" for child in children(doomed)}
        return {row for row in leased(connection) if row[2] in names and row[1] == "text"}

    wait_until(lambda: bool(lost()), "the doomed worker reads", told=workers.log)
    held = lost()
    kill_group(doomed)

    def free() -> bool:
        return not held & leased(connection)

    assert wait_until(free, "its leases are free", told=workers.log) < LEASE + 10
    wait_until_settled(connection, workers)
    assert set(counts(connection)) == {"done"}
    done = connection.execute(
        "select book_id, stage from work where worker <> all(%s)", ([worker for _, _, worker in held],)
    ).fetchall()
    assert {(book_id, stage) for book_id, stage, _ in held} <= set(done)
