"""One database for all tests of the SQL: each plants its library in a transaction that is never committed."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from tests.sql.planting import Library
from warehouse.database.connection import Connection, Database


@pytest.fixture(scope="session")
def planted_database(server_url: str) -> Database:
    before, _, query = server_url.partition("?")
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute("create database planted template warehouse_template")
    return Database(f"{before.rpartition('/')[0]}/planted?{query}", embedded=True)


@pytest.fixture(scope="session")
def planted_connection(planted_database: Database) -> Iterator[Connection]:
    with planted_database.connect() as opened:
        yield opened


@pytest.fixture
def connection(planted_connection: Connection) -> Iterator[Connection]:
    """A connection in a transaction that is rolled back."""
    yield planted_connection
    planted_connection.rollback()


@pytest.fixture
def library(connection: Connection) -> Library:
    """An empty library to plant in."""
    return Library(connection)
