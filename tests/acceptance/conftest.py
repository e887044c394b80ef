"""Fixtures of the acceptance tests."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from warehouse.database.connection import Database


@pytest.fixture
def second(server_url: str, database: Database) -> Iterator[Database]:
    """Another empty database beside the test's own."""
    before, _, query = server_url.partition("?")
    name = database.url.rpartition("/")[2].partition("?")[0] + "_second"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"create database {name} template warehouse_template")
    yield Database(f"{before.rpartition('/')[0]}/{name}?{query}", embedded=True)
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"drop database {name} with (force)")
