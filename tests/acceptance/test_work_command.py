"""`warehouse work` and `warehouse status --watch`, as people use them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.books_drawn import library
from tests.planted import PlantedProfile
from tests.runs import hear
from warehouse import config
from warehouse.cli import cli
from warehouse.cli.progress import SilentProgress
from warehouse.database import status as database_status
from warehouse.database.connection import Connection, Database
from warehouse.database.ledger import Ledger, complete
from warehouse.errors import LeaseLostError, QueryError
from warehouse.ingest import ingest
from warehouse.records import STAGES


@pytest.fixture(autouse=True)
def reached(database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(config.DATABASE_URL, database.url)
    monkeypatch.setenv(config.HOME, str(tmp_path / "home"))


@pytest.fixture
def books(database: Database, tmp_path: Path) -> Path:
    """Two books, both done."""
    folder = library(tmp_path / "books", books=2, pages=1)
    run(database, folder)
    return folder


def run(database: Database, folder: Path) -> dict[str, int]:
    return dict(ingest([folder], database, PlantedProfile(), SilentProgress()).outcomes)


def command(*arguments: str, code: int = 0) -> Result:
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == code, done.output
    return done


def fail(connection: Connection, book_id: int, stage: str = "text", state: str = "failed") -> None:
    connection.execute(
        "update work set state = case when stage = %(stage)s then %(state)s else 'waiting' end, attempts = 3,"
        " error_code = case when stage = %(stage)s then 'worker-crashed' end, error = 'it died'"
        " where book_id = %(book)s and stage = any(%(stages)s)",
        {"stage": stage, "state": state, "book": book_id, "stages": list(STAGES[STAGES.index(stage) :])},
    )


def states(connection: Connection, book_id: int) -> dict[str, str]:
    return dict(connection.execute("select stage, state from work where book_id = %s", (book_id,)).fetchall())


def test_failed_work_is_shown_and_tried_again(
    books: Path, database: Database, connection: Connection
) -> None:
    fail(connection, 1)
    fail(connection, 2, state="quarantined")
    shown = json.loads(command("work", "show", "--json").stdout)
    assert shown["count"] == 2
    assert {(w["book_id"], w["state"], w["error_code"]) for w in shown["work"]} == {
        (1, "failed", "worker-crashed"),
        (2, "quarantined", "worker-crashed"),
    }
    assert "book 1: it died" in command("work", "show", "--code", "worker-crashed").stdout
    assert json.loads(command("work", "show", "1", "--json").stdout)["count"] == len(STAGES)
    assert command("status", "--until-done", code=3).stdout.count("left to do: nothing") == 1
    name = str(next(books.rglob("Tin Owl 000.cbz")))
    assert command("work", "retry", name).stdout.startswith("1 stage ready again\n")
    assert command("work", "retry", "--code", "worker-crashed").stdout.startswith("1 stage ready again\n")
    assert command("work", "retry", "--all").stdout == "0 stages ready again\n"
    assert states(connection, 1)["text"] == states(connection, 2)["text"] == "ready"
    assert connection.execute("select max(attempts) from work where state = 'ready'").fetchone() == (0,)
    assert run(database, books) == {"ingested": 2}
    assert command("status", "--until-done").stdout.count("left to do: nothing") == 1


def test_dropped_work_comes_back_when_asked(books: Path, database: Database, connection: Connection) -> None:
    fail(connection, 1)
    before = connection.execute("select count(*), sum(id) from panel").fetchall()
    assert command("work", "drop", "1", "--yes").stdout == "4 stages dropped\n"
    assert states(connection, 1) == {"pages": "done", "panels": "done"}
    assert connection.execute("select count(*), sum(id) from panel").fetchall() == before
    assert command("status", "--until-done").exit_code == 0
    with Ledger(database) as ledger:
        ledger.redo(1, ["panels"])
    assert run(database, books) == {"ingested": 1, "skipped": 1}
    assert set(states(connection, 1).values()) == {"done"}
    assert len(states(connection, 1)) == len(STAGES)


def test_who_holds_dropped_work_writes_nothing(
    books: Path, database: Database, connection: Connection
) -> None:
    fail(connection, 1, "strips", "ready")
    connection.execute("update work set attempts = 0")
    with Ledger(database) as ledger:
        lease = ledger.claim(1, "strips")
        assert lease is not None
        command("work", "drop", "1", "--yes")
        with pytest.raises(LeaseLostError):
            complete(connection, lease, "late", 1.0)


@pytest.mark.parametrize(
    ("arguments", "code", "remedy"),
    [
        (("show", "nobody.cbz"), "book-unknown", "ingest it first"),
        (("drop", "nobody.cbz", "--yes"), "book-unknown", "ingest it first"),
        (("retry", "--code", "no-such"), "code-unknown", "nothing has failed"),
    ],
)
def test_what_is_unknown_is_said(arguments: tuple[str, ...], code: str, remedy: str) -> None:
    done = CliRunner().invoke(cli, ("work", *arguments))
    assert isinstance(done.exception, QueryError)
    assert done.exception.code == code
    assert remedy in str(done.exception)


def test_questions_that_say_nothing_are_refused() -> None:
    assert "give books, or --code, or --all" in command("work", "retry", code=2).output
    assert "do not go together" in command("status", "--watch", "--json", code=2).output
    assert "give --yes" in command("work", "drop", "1", code=2).output


def test_a_large_library_is_not_looked_through_unasked(books: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = json.loads(command("status", "--json").stdout)
    assert small["coverage"]
    assert small["missing"]["count"] == 0
    monkeypatch.setattr(database_status.is_small, "__defaults__", (1,))
    large = json.loads(command("status", "--json").stdout)
    assert (large["estimated"], large["coverage"], large["missing"]) == (True, None, None)
    assert large.keys() == small.keys()
    assert "warehouse status --exact --vectors --missing" in command("status").stdout
    assert "vectors: all there" in command("status", "--vectors").stdout
    assert command("status", "--missing").stdout == "\nmissing files: none\n"


def test_watching_ends_with_ctrl_c(books: Path, connection: Connection) -> None:
    watching = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from warehouse.program import main; main()",
            "status",
            "--watch",
            "--every",
            "0.1",
        ],
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=hear,
    )
    assert watching.stdout is not None
    try:
        seen = 0
        while seen < 2:
            line = watching.stdout.readline()
            assert line, "ended by itself"
            seen += line.startswith("left to do: nothing")
        watching.send_signal(signal.SIGINT)
        _, errors = watching.communicate(timeout=30)
    finally:
        watching.kill()
    assert watching.returncode == 130
    assert errors == "interrupted: run the same command again to go on\n"
