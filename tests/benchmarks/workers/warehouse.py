"""A throw-away warehouse with workers on it: embedded PostgreSQL and Redis, each in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil

from warehouse.config import Settings
from warehouse.database.connection import Connection, Database, open_database
from warehouse.database.upgrade import ensure_current

COMMAND = [sys.executable, "-c", "from warehouse.program import main; main()"]
START_SECONDS = 60.0


def opened(home: Path) -> Database:
    """The database of a home, migrated."""
    database = open_database(Settings(home=home))
    ensure_current(database)
    return database


@contextmanager
def running(home: Path, command: Sequence[str], threads: int = 1) -> Iterator[psutil.Process]:
    """A worker of this home, from when its processes have signed on until it is told to stop."""
    with (home / "worker.log").open("ab") as log:
        process = subprocess.Popen(command, env=environment(home, threads), stdout=log, stderr=log)
    try:
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        try:
            process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()


def environment(home: Path, threads: int) -> dict[str, str]:
    """The environment of a program of this home."""
    return {**os.environ, "WAREHOUSE_HOME": str(home), "WAREHOUSE_THREADS": str(threads)}


def wait_for_workers(connection: Connection, processes: int) -> None:
    """Return once so many worker processes have signed on."""
    end = time.monotonic() + START_SECONDS
    while count(connection, "select count(*) from worker") < processes:
        if time.monotonic() > end:
            raise TimeoutError(f"{processes} worker processes did not start within {START_SECONDS:.0f} s")
        time.sleep(0.1)


def count(connection: Connection, query: str) -> int:
    """The one number a query answers."""
    row = connection.execute(query).fetchone()
    assert row is not None
    return int(row[0])


def cpu_seconds(process: psutil.Process) -> float:
    """CPU time of a process and of all below it that still run."""
    total = 0.0
    for one in [process, *process.children(recursive=True)]:
        times = one.cpu_times()
        total += times.user + times.system
    return total
