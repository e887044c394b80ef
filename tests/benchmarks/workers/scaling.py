"""A library through `warehouse ingest`, one worker process, then two, each computing with one thread."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.workers.warehouse import COMMAND, count, environment, opened, running, wait_for_workers
from tests.books_drawn import library
from warehouse.database.connection import Connection

UNDONE = "select count(*) from work where state <> 'done'"
COMPUTED = "select coalesce(sum(seconds), 0) * 1000 from work"
WARM_BOOKS = 6


@dataclass(frozen=True, slots=True)
class Run:
    """wall: seconds from the first message to the last stage.  computed: inside stages, in all."""

    wall: float
    computed: float
    books: int


def through_workers(books: Path, processes: int) -> Run:
    """All books of a folder through so many processes of `warehouse worker`, whose models are loaded."""
    with _home() as home:
        database = opened(home)
        command = [*COMMAND, "worker", "--concurrency", str(processes), "--log-level", "warning"]
        with database.connect(autocommit=True) as connection, running(home, command):
            wait_for_workers(connection, processes)
            _enqueue(home, library(home / "warm", books=WARM_BOOKS, pages=1))
            _finish(connection)
            before = _computed(connection), count(connection, "select count(*) from book")
            start = time.perf_counter()
            _enqueue(home, books)
            _finish(connection)
            wall = time.perf_counter() - start
            after = _computed(connection), count(connection, "select count(*) from book")
            return Run(wall, after[0] - before[0], after[1] - before[1])


def through_ingest(books: Path) -> Run:
    """The same in one process without a broker; its models are loaded on the way, which counts."""
    with _home() as home:
        start = time.perf_counter()
        subprocess.run([*COMMAND, "ingest", "--quiet", str(books)], **_quietly(home))
        wall = time.perf_counter() - start
        with opened(home).connect(autocommit=True) as connection:
            return Run(wall, _computed(connection), count(connection, "select count(*) from book"))


@contextmanager
def _home() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="wh-") as made:
        Path(made).chmod(0o755)  # the embedded server may run as another user
        yield Path(made)


def _enqueue(home: Path, books: Path) -> None:
    subprocess.run([*COMMAND, "enqueue", "--quiet", str(books)], **_quietly(home))


def _quietly(home: Path) -> Any:
    return {"env": environment(home, threads=1), "check": True, "stdout": subprocess.DEVNULL}


def _finish(connection: Connection) -> None:
    while count(connection, UNDONE):
        time.sleep(0.05)


def _computed(connection: Connection) -> float:
    return count(connection, COMPUTED) / 1000
