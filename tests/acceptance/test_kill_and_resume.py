"""A run killed at any moment and started again ends with the rows of an unbroken run, none twice."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.books_drawn import library
from tests.database_rows import all_rows
from tests.runs import finish, start
from warehouse.database.connection import Connection, Database


@pytest.fixture
def unbroken(database: Database, tmp_path: Path) -> dict[str, list[tuple[object, ...]]]:
    finish(start(database, library(tmp_path / "books")))
    with database.connect(autocommit=True) as connection:
        return all_rows(connection)


def test_killed_again_and_again(
    unbroken: dict[str, list[tuple[object, ...]]], second: Database, tmp_path: Path
) -> None:
    moments = random.Random(7)  # noqa: S311 - any moment will do
    kills = 0
    while kills < 8:
        run = start(second, tmp_path / "books")
        try:
            run.communicate(timeout=0.8 + moments.random() * 0.7)
            break
        except subprocess.TimeoutExpired:
            run.send_signal(signal.SIGKILL)
            run.communicate()
            kills += 1
    finish(start(second, tmp_path / "books"))
    assert kills >= 2, "the library was too small to be interrupted"
    with second.connect(autocommit=True) as connection:
        assert all_rows(connection) == unbroken


def test_two_runs_at_once_share_the_work(
    unbroken: dict[str, list[tuple[object, ...]]], second: Database, tmp_path: Path
) -> None:
    runs = [start(second, tmp_path / "books") for _ in range(2)]
    for run in runs:
        finish(run)
    finish(start(second, tmp_path / "books"))
    with second.connect(autocommit=True) as connection:
        assert all_rows(connection) == unbroken


def test_a_second_run_does_nothing(database: Database, connection: Connection, tmp_path: Path) -> None:
    folder = library(tmp_path / "books", books=2)
    finish(start(database, folder))
    before = connection.execute("select book_id, stage, updated_at from work order by 1, 2").fetchall()
    began = time.monotonic()
    said = finish(start(database, folder))
    assert said.count("skipped") == 2
    assert time.monotonic() - began < 10
    assert (
        connection.execute("select book_id, stage, updated_at from work order by 1, 2").fetchall() == before
    )
