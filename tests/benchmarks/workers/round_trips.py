"""Claiming and committing without work: stage completions a second, through Redis, Celery and the ledger."""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.workers.warehouse import count, cpu_seconds, opened, running, wait_for_workers
from warehouse.config import Settings
from warehouse.database.connection import Connection
from warehouse.records import STAGES
from workers.sending import wake_workers

PROGRAM = Path(__file__).with_name("idle_worker.py")
DONE = "select count(*) from work where state = 'done'"


@dataclass(frozen=True, slots=True)
class RoundTrips:
    """completions: stages a second.  cpu_milliseconds: of the workers (not of the servers), a book."""

    completions: float
    cpu_milliseconds: float


def round_trips(books: int, processes: int) -> RoundTrips:
    """Let so many processes do all stages of so many books that hold nothing."""
    with tempfile.TemporaryDirectory(prefix="wh-") as made:
        home = Path(made)
        home.chmod(0o755)  # the embedded server may run as another user
        database = opened(home)
        with database.connect(autocommit=True) as connection:
            command = [sys.executable, str(PROGRAM), str(processes)]
            with running(home, command) as worker:
                wait_for_workers(connection, processes)
                _add_books(connection, books)
                before, start = cpu_seconds(worker), time.perf_counter()
                wake_workers(Settings(home=home), database, again=False)
                _wait(connection, books * len(STAGES))
                seconds = time.perf_counter() - start
                spent = cpu_seconds(worker) - before
    return RoundTrips(books * len(STAGES) / seconds, 1000 * spent / books)


def _add_books(connection: Connection, books: int) -> None:
    connection.execute(
        "insert into book (path, page_count, metadata)"
        " select '/' || n, 0, '{}' from generate_series(1, %s) n",
        (books,),
    )
    connection.execute(
        "insert into work (book_id, stage, state) select b.id, s.stage,"
        " case when s.stage = 'pages' then 'ready' else 'waiting' end"
        " from book b, unnest(%s::text[]) as s (stage)",
        (list(STAGES),),
    )
    connection.execute("analyze")


def _wait(connection: Connection, stages: int) -> None:
    while count(connection, DONE) < stages:
        time.sleep(0.05)
