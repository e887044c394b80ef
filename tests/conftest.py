"""Fixtures shared by all tests: a real embedded PostgreSQL, and a fresh migrated database a test.

Tests run in three processes on two cores, since those of workers mostly wait; these are for one process, so
that they do not take each other's time, and come first, with whatever else takes long.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from warehouse import config
from warehouse.database.connection import Connection, Database
from warehouse.database.embedded import start_embedded
from warehouse.database.upgrade import upgrade

TEMPLATE = "warehouse_template"
WAITING = "tests/workers/"
LONG = ("tests/acceptance/", "tests/real/")
SHARED = Path(__file__).resolve().parents[2] / "shared"

_numbers = itertools.count()

for _name in config.ENVIRONMENT:
    os.environ.pop(_name, None)
os.environ["OMP_NUM_THREADS"] = "1"  # before torch is imported: several processes share the cores


class OneProcessForWorkers(LoadFileScheduling):
    """A file for one process; all tests of workers for one, too."""

    def _split_scope(self, nodeid: str) -> str:
        return WAITING if nodeid.startswith(WAITING) else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling | None:
    """With `--dist loadfile`: who gets which tests."""
    return OneProcessForWorkers(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first: then short tests fill the end."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))
    items.sort(key=lambda item: not item.nodeid.startswith(WAITING))


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A server of this test process, with a migrated template database in it."""
    url = start_embedded(tmp_path_factory.mktemp("server"))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("alter system set fsync = off")  # this server is never to survive a power failure
        connection.execute("select pg_reload_conf()")
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
