"""Deleted files are reported, and forgotten only when asked."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.books_drawn import cbz, library, picture
from tests.planted import PlantedProfile
from warehouse import config
from warehouse.cli import cli
from warehouse.cli.progress import SilentProgress
from warehouse.database.connection import Connection, Database
from warehouse.ingest import ingest


@pytest.fixture(autouse=True)
def reached(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(config.DATABASE_URL, database.url)


def run(database: Database, *paths: Path) -> dict[str, int]:
    return dict(ingest(paths, database, PlantedProfile(), SilentProgress()).outcomes)


def command(*arguments: str) -> Result:
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 0, done.output
    return done


def missing(*arguments: str) -> Any:
    return json.loads(command("status", "--json", *arguments).stdout)["missing"]


def test_nothing_is_missing_at_first(database: Database, tmp_path: Path) -> None:
    run(database, library(tmp_path, books=2, pages=1))
    assert missing() == {"count": 0, "books": 0, "unknown": 0, "files": []}
    assert "missing files: none" in command("status").stdout


def test_deleted_files_are_listed_and_their_rows_stay(
    database: Database, connection: Connection, tmp_path: Path
) -> None:
    folder = library(tmp_path / "books", books=7, pages=1)
    run(database, folder)
    files = sorted(folder.rglob("*.cbz"))
    for file in files[:6]:
        file.unlink()
    found = missing()
    assert (found["count"], found["books"], len(found["files"])) == (6, 6, 5)
    assert [file["path"] for file in missing("--missing")["files"]] == [str(file) for file in files[:6]]
    shown = command("status").stdout
    assert "missing files: 6" in shown
    assert "and 1 more: warehouse status --missing" in shown
    assert all(str(file) in command("status", "--missing").stdout for file in files[:6])
    run(database, folder)
    assert connection.execute("select count(*), count(distinct book_id) from page").fetchall() == [(7, 7)]


def test_a_moved_file_is_not_missing_after_the_next_run(database: Database, tmp_path: Path) -> None:
    book = cbz(tmp_path / "a" / "1.cbz", {"1.png": picture(1)})
    run(database, tmp_path)
    (tmp_path / "b").mkdir()
    book.rename(tmp_path / "b" / "1.cbz")
    assert missing()["count"] == 1
    run(database, tmp_path)
    assert missing()["count"] == 0


def test_another_copy_is_named(database: Database, tmp_path: Path) -> None:
    book = cbz(tmp_path / "a.cbz", {"1.png": picture(1)})
    copy = shutil.copy(book, tmp_path / "b.cbz")
    run(database, tmp_path)
    book.unlink()
    found = missing()
    assert (found["count"], found["books"]) == (1, 0)
    assert found["files"][0]["copies"] == [str(copy)]
    assert f"(also at {copy})" in command("status", "--missing").stdout


def test_an_overwritten_file_is_missing(database: Database, tmp_path: Path) -> None:
    first = cbz(tmp_path / "a.cbz", {"1.png": picture(1)})
    second = cbz(tmp_path / "b.cbz", {"1.png": picture(2)})
    run(database, tmp_path)
    shutil.copy(first, second)
    run(database, tmp_path)
    [file] = missing()["files"]
    assert (file["path"], file["reason"]) == (str(second), "overwritten")


def test_forgetting_deletes_the_rows_and_not_the_file(
    database: Database, connection: Connection, tmp_path: Path
) -> None:
    files = [cbz(tmp_path / f"{number}.cbz", {"1.png": picture(number)}) for number in (1, 2)]
    run(database, tmp_path)
    refused = CliRunner().invoke(cli, ["forget", str(files[0])])
    assert refused.exit_code == 2
    assert "--yes" in refused.output
    assert command("forget", str(files[0]), "--yes").stdout == "1 forgotten\n"
    assert connection.execute("select path from book").fetchall() == [(str(files[1]),)]
    assert connection.execute("select count(*) from page").fetchall() == [(1,)]
    assert files[0].exists()
    assert run(database, tmp_path) == {"ingested": 1, "skipped": 1}


def test_names_that_are_no_utf8_are_read_like_others(
    database: Database, connection: Connection, tmp_path: Path
) -> None:
    book = cbz(tmp_path / os.fsdecode(b"caf\xe9 001.cbz"), {"1.png": picture(1)})
    assert run(database, tmp_path) == {"ingested": 1}
    assert run(database, tmp_path) == {"skipped": 1}
    assert missing()["count"] == 0
    book.write_bytes(b"half a download")
    assert run(database, tmp_path) == {"failed": 1}
    [(error,)] = connection.execute("select error from book").fetchall()
    assert r"caf\udce9 001.cbz" in error
