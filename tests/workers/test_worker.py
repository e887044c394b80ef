"""A real worker on a real Redis ends with the rows of an ingest in one process."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.books_drawn import library
from tests.commands import PROGRAM, environment, here
from tests.database_rows import all_rows
from warehouse.config import Settings
from warehouse.database.connection import open_database
from workers.broker import embedded_socket, reachable_broker

SECONDS = 120


def run(home: Path, *arguments: str) -> str:
    done = here(home, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def rows(home: Path) -> dict[str, list[tuple[object, ...]]]:
    with open_database(Settings(home=home)).connect(autocommit=True) as connection:
        return all_rows(connection)


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[Path]:
    """A home whose worker runs; interrupted at the end, as by a person."""
    home = tmp_path / "worker"
    with (tmp_path / "worker.log").open("wb") as log:
        process = subprocess.Popen(
            [*PROGRAM, "worker", "--concurrency", "1"],
            env={**os.environ, **environment(home)},
            stdout=log,
            stderr=log,
        )
        wait_for(lambda: reachable_broker(Settings(home=home)) is not None, process)
        yield home
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
    assert reachable_broker(Settings(home=home)) is None, "the embedded Redis goes with its worker"


def wait_for(condition, process: subprocess.Popen[bytes]) -> None:  # type: ignore[no-untyped-def]
    end = time.monotonic() + SECONDS
    while not condition():
        assert process.poll() is None, "the worker has ended"
        assert time.monotonic() < end
        time.sleep(0.2)


def test_a_worker_does_what_ingest_does(worker: Path, tmp_path: Path) -> None:
    folder = library(tmp_path / "books", books=2, pages=3)
    said = run(worker, "enqueue", str(folder))
    assert "2 queued" in said
    assert "2 messages sent to the workers" in said
    end = time.monotonic() + SECONDS
    while {row[3] for row in rows(worker)["work"]} != {"done"}:
        assert time.monotonic() < end, (tmp_path / "worker.log").read_text()
        time.sleep(0.5)
    assert run(worker, "enqueue", str(folder)) == "2 skipped\n", "what is done is not sent again"
    run(tmp_path / "alone", "ingest", str(folder), "--quiet")
    assert rows(worker) == rows(tmp_path / "alone")


def test_without_a_worker_books_wait(tmp_path: Path) -> None:
    folder = library(tmp_path / "books", books=1, pages=1)
    said = run(tmp_path / "home", "enqueue", str(folder))
    assert said == "1 queued\nno worker is running here: start one with 'warehouse worker'\n"


def test_a_long_home_still_has_a_socket(tmp_path: Path) -> None:
    socket = embedded_socket(tmp_path / ("x" * 100))
    assert len(str(socket)) < 100
    assert socket == embedded_socket(tmp_path / ("x" * 100))
