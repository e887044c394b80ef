"""Fixtures of the tests of workers: a broker, and processes that end with the test."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workers.processes import Workers
from tests.workers.servers import RedisServer
from warehouse.database.connection import Database


@pytest.fixture
def broker() -> Iterator[RedisServer]:
    """A Redis that runs; in a folder whose name is short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="warehouse-") as folder:
        server = RedisServer(Path(folder))
        try:
            server.start()
            yield server
        finally:
            server.kill()


@pytest.fixture
def workers(database: Database, broker: RedisServer, tmp_path: Path) -> Iterator[Workers]:
    """Starts workers on the test's database and broker."""
    started = Workers(database, broker.url, tmp_path)
    try:
        yield started
    finally:
        started.end()
