"""A warehouse into one file and back: the same rows, or nothing at all."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from tests.books_drawn import library
from tests.database_rows import all_rows
from tests.planted import PlantedProfile
from warehouse.cli.progress import SilentProgress
from warehouse.database.backups import dump_database, restore_database
from warehouse.database.connection import Database
from warehouse.database.upgrade import is_current
from warehouse.errors import DatabaseError
from warehouse.ingest import ingest


@pytest.fixture
def filled(database: Database, tmp_path: Path) -> Database:
    ingest([library(tmp_path / "books", books=2, pages=2)], database, PlantedProfile(), SilentProgress())
    return database


@pytest.fixture
def empty(server_url: str) -> Database:
    name = "restored"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"drop database if exists {name} with (force)")
        connection.execute(f"create database {name}")
    before, _, query = server_url.partition("?")
    return Database(f"{before.rpartition('/')[0]}/{name}?{query}", embedded=False)


def test_there_and_back(filled: Database, empty: Database, tmp_path: Path) -> None:
    file = tmp_path / "warehouse.dump"
    assert dump_database(filled, file) == file.stat().st_size > 0
    assert restore_database(empty, file) == 2
    with filled.connect(autocommit=True) as one, empty.connect(autocommit=True) as other:
        assert all_rows(other) == all_rows(one)
        assert is_current(other)
        found = other.execute("select count(*) from library_overview").fetchone()
    assert found == (2,), "two series"


def test_a_warehouse_without_books_makes_room(filled: Database, second: Database, tmp_path: Path) -> None:
    dump_database(filled, tmp_path / "a.dump")
    assert restore_database(second, tmp_path / "a.dump") == 2


def test_books_are_never_written_over(filled: Database, tmp_path: Path) -> None:
    dump_database(filled, tmp_path / "a.dump")
    with filled.connect(autocommit=True) as connection:
        before = all_rows(connection)
        with pytest.raises(DatabaseError, match="tables in this database already"):
            restore_database(filled, tmp_path / "a.dump")
        assert all_rows(connection) == before


def test_strangers_tables_stay(second: Database, filled: Database, tmp_path: Path) -> None:
    dump_database(filled, tmp_path / "a.dump")
    with second.connect(autocommit=True) as connection:
        connection.execute("create table theirs (a integer)")
        with pytest.raises(DatabaseError, match="WAREHOUSE_HOME"):
            restore_database(second, tmp_path / "a.dump")
        assert connection.execute("select count(*) from theirs").fetchone() == (0,)


def test_what_is_no_dump_leaves_nothing(empty: Database, tmp_path: Path) -> None:
    file = tmp_path / "no.dump"
    file.write_bytes(b"not a dump")
    with pytest.raises(DatabaseError, match="pg_restore failed"):
        restore_database(empty, file)


def test_nowhere_to_write(database: Database, tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="pg_dump failed"):
        dump_database(database, tmp_path / "missing" / "a.dump")
    assert list(tmp_path.iterdir()) == []
