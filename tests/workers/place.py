"""A database and a broker of a command's own, gone when it ends."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.workers.processes import Workers
from tests.workers.servers import RedisServer
from warehouse.database.connection import Database
from warehouse.database.embedded import start_embedded
from warehouse.database.upgrade import upgrade


@dataclass(frozen=True, slots=True)
class Place:
    """Where workers are measured."""

    folder: Path
    database: Database
    broker: RedisServer
    workers: Workers


@contextmanager
def place() -> Iterator[Place]:
    """Everything new and empty; every process ends with the block."""
    with tempfile.TemporaryDirectory(prefix="warehouse-") as name:
        folder = Path(name)
        database = Database(start_embedded(folder / "home"), embedded=True)
        upgrade(database)
        broker = RedisServer(folder)
        workers = Workers(database, broker.url, folder)
        try:
            broker.start()
            yield Place(folder, database, broker, workers)
        finally:
            workers.end()
            broker.kill()
