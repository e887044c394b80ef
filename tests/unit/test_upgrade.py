"""The schema arrives, stays, and survives being asked for twice at once."""

from __future__ import annotations

import itertools
import multiprocessing
from concurrent.futures import ProcessPoolExecutor

import psycopg
import pytest
from alembic import command
from alembic.config import Config

from warehouse.database.connection import Connection, Database
from warehouse.database.upgrade import ensure_current, is_current, upgrade
from warehouse.errors import DatabaseError

_numbers = itertools.count()


@pytest.fixture
def empty(server_url: str) -> Database:
    name = f"empty_{next(_numbers)}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"create database {name}")
    before, _, query = server_url.partition("?")
    return Database(f"{before.rpartition('/')[0]}/{name}?{query}", embedded=False)


def test_migrations_and_tables_agree(database: Database) -> None:
    config = Config("alembic.ini")
    config.attributes["url"] = database.url
    command.check(config)


def test_upgrade_twice_changes_nothing(database: Database, connection: Connection) -> None:
    before = connection.execute("select applied_at from sql_objects").fetchall()
    ensure_current(database)
    assert connection.execute("select applied_at from sql_objects").fetchall() == before
    upgrade(database)
    assert is_current(connection)


def test_two_upgrades_at_once(empty: Database) -> None:
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        for done in [pool.submit(upgrade, empty) for _ in range(2)]:
            done.result()
    with empty.connect(autocommit=True) as connection:
        assert is_current(connection)


def test_a_changed_function_is_put_back(database: Database, connection: Connection) -> None:
    connection.execute("update sql_objects set sha256 = 'other'")
    assert not is_current(connection)
    ensure_current(database)
    assert is_current(connection)


def test_someone_elses_database_is_not_migrated_unasked(empty: Database) -> None:
    with pytest.raises(DatabaseError, match="warehouse db upgrade"):
        ensure_current(empty)


def test_a_newer_schema_is_refused(database: Database, connection: Connection) -> None:
    connection.execute("update alembic_version set version_num = '9999'")
    with pytest.raises(DatabaseError, match="newer comic-warehouse"):
        upgrade(database)


def test_downgrade_leaves_nothing(empty: Database) -> None:
    upgrade(empty)
    config = Config("alembic.ini")
    config.attributes.update(url=empty.url, downgrade=True)
    command.downgrade(config, "base")
    with empty.connect(autocommit=True) as connection:
        tables = connection.execute(
            "select table_name from information_schema.tables where table_schema = 'public'"
        ).fetchall()
    assert tables == [("alembic_version",)]


def test_vectors_are_stored_inline(connection: Connection) -> None:
    storage = connection.execute(
        "select distinct attstorage::text from pg_attribute a join pg_type t on t.oid = a.atttypid"
        " join pg_class c on c.oid = a.attrelid"
        " where t.typname = 'halfvec' and a.attname = 'v' and c.relkind = 'r'"
        " and relname <> 'query_embedding'"
    ).fetchall()
    assert storage == [("p",)]
