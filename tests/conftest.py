"""Fixtures shared by all tests: a real embedded PostgreSQL, and a fresh migrated database a test."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from warehouse import config
from warehouse.database.connection import Connection, Database
from warehouse.database.embedded import start_embedded
from warehouse.database.upgrade import upgrade

TEMPLATE = "warehouse_template"
SHARED = Path(__file__).resolve().parents[2] / "shared"

_numbers = itertools.count()

for _name in config.ENVIRONMENT:
    os.environ.pop(_name, None)


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A server of this test process, with a migrated template database in it."""
    url = start_embedded(tmp_path_factory.mktemp("server"))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"create database {TEMPLATE}")
    upgrade(Database(_in_database(url, TEMPLATE), embedded=True))
    return url


@pytest.fixture
def database(server_url: str) -> Iterator[Database]:
    """An empty, migrated database of this test alone."""
    name = f"test_{next(_numbers)}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"create database {name} template {TEMPLATE}")
    yield Database(_in_database(server_url, name), embedded=True)
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"drop database {name} with (force)")


@pytest.fixture
def second(server_url: str, database: Database) -> Iterator[Database]:
    """Another empty database beside the test's own."""
    name = database.url.rpartition("/")[2].partition("?")[0] + "_second"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"create database {name} template {TEMPLATE}")
    yield Database(_in_database(server_url, name), embedded=True)
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"drop database {name} with (force)")


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """An open connection to the test's database; autocommit."""
    with database.connect(autocommit=True) as opened:
        yield opened


@pytest.fixture
def shared() -> Path:
    """The folder of real books and human truth beside the project; its tests skip where it is missing."""
    if not SHARED.is_dir():
        pytest.skip("real books: ../shared does not exist here")
    return SHARED


def _in_database(url: str, name: str) -> str:
    before, _, query = url.partition("?")
    return f"{before.rpartition('/')[0]}/{name}?{query}"
