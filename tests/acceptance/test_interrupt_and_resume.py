"""A run interrupted at any moment says so in one line, leaves nothing behind, and goes on where it was."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from pathlib import Path

import psutil
import pytest

from tests.books_drawn import cbz, library, picture
from tests.database_rows import all_rows
from tests.runs import finish, start
from warehouse.database.connection import Connection, Database

SAID = "interrupted: run the same command again to go on"


@pytest.fixture
def books(tmp_path: Path) -> Path:
    """Forty small books, some of them broken."""
    folder = library(tmp_path / "books", books=36, pages=2)
    cbz(folder / "one bad page.cbz", {"1.png": picture(1), "2.png": picture(2)[:99]})
    cbz(folder / "no pages.cbz", {"read me.txt": b"nothing to see"})
    (folder / "noise.cbz").write_bytes(b"no archive")
    (folder / "copy.cbz").write_bytes((folder / "one bad page.cbz").read_bytes())
    return folder


def until_first_book(run: subprocess.Popen[bytes]) -> None:
    """Wait until a book is done."""
    assert run.stderr is not None
    for line in run.stderr:
        if line.startswith(b"[1/"):
            return
    raise AssertionError("the run ended before its first book")


def interrupt(run: subprocess.Popen[bytes], number: signal.Signals, times: int = 1) -> str:
    """Send a signal to the run and its children, as a terminal does; what was said after that."""
    children = psutil.Process(run.pid).children(recursive=True)
    for _ in range(times):
        try:
            run.send_signal(number)
        except ProcessLookupError:
            break
        time.sleep(0.05)
    _, errors = run.communicate(timeout=60)
    _, alive = psutil.wait_procs(children, timeout=10)
    assert not alive, "children outlive their parent"
    return errors.decode()


def test_interrupted_again_and_again(database: Database, second: Database, books: Path) -> None:
    unbroken = start(database, books)
    said = finish(unbroken, code=3)
    assert "[40/40]" in said
    moments = random.Random(11)  # noqa: S311 - any moment will do
    numbers = [signal.SIGINT, signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
    interrupted = 0
    while interrupted < 10:
        run = start(second, books)
        try:
            run.wait(timeout=0.3 + moments.random() * 1.5)
            run.communicate()
            break
        except subprocess.TimeoutExpired:
            number = moments.choice(numbers)
            said = interrupt(run, number, times=moments.choice([1, 2]))
            if run.returncode == 3 and "[40/40]" in said:
                break  # it was over before the signal came
            assert run.returncode == 128 + number, said
            assert said.splitlines()[-1] == SAID
            assert said.count(SAID) == 1
            assert "Traceback" not in said
            interrupted += 1
    assert interrupted >= 3, "the library was too small to be interrupted"
    finish(start(second, books), code=3)
    with database.connect(autocommit=True) as one, second.connect(autocommit=True) as other:
        assert all_rows(other) == all_rows(one)


def test_work_is_given_back_at_once(database: Database, connection: Connection, books: Path) -> None:
    run = start(database, books, seconds_a_page=0.2)
    until_first_book(run)
    interrupt(run, signal.SIGINT)
    states = connection.execute("select distinct state from work").fetchall()
    assert ("leased",) not in states
    assert connection.execute("select count(*) from work where attempts > 1").fetchall() == [(0,)]


def test_children_die_with_a_parent_that_is_killed(database: Database, books: Path) -> None:
    run = start(database, books, seconds_a_page=0.2)
    until_first_book(run)
    children = psutil.Process(run.pid).children(recursive=True)
    assert children, "books are read in a child"
    run.kill()
    run.communicate()
    _, alive = psutil.wait_procs(children, timeout=10)
    assert not alive
