"""Books for workers in tests: enqueued, waited for, looked at."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.planted import PlantedProfile
from tests.workers.processes import Workers
from tests.workers.waiting import wait_until
from warehouse.database.connection import Connection, Database
from warehouse.ingest import IngestOptions
from warehouse.queueing import Queued, queue_books


class SilentQueueing:
    """Nobody watches."""

    def looking(self, found: int) -> None: ...
    def begin(self, books: int) -> None: ...
    def registered(self, books: int) -> None: ...


def enqueue(
    database: Database, folder: Path, profile: PlantedProfile | None = None, *, refresh: bool = False
) -> Queued:
    """What `warehouse enqueue FOLDER` does; the sweep of a worker sends the messages."""
    options = IngestOptions(refresh=refresh)
    return queue_books([folder], database, profile or PlantedProfile(), SilentQueueing(), options)


def states(connection: Connection, name: str, stage: str) -> tuple[object, ...]:
    """(state, attempts, error_code, error) of a stage of the book with this file name, without suffix."""
    row = connection.execute(
        "select w.state, w.attempts, w.error_code, w.error from work w join book b on b.id = w.book_id"
        " where w.stage = %s and b.path like '%%/' || %s || '.%%'",
        (stage, name),
    ).fetchone()
    assert row is not None
    return row


def counts(connection: Connection) -> Mapping[str, int]:
    """Rows of the ledger by state."""
    return dict(connection.execute("select state, count(*)::integer from work group by 1").fetchall())


def wait_until_settled(connection: Connection, workers: Workers, *, seconds: float = 60) -> float:
    """Seconds until nothing is ready or leased any more: what waits then, waits behind a failure."""
    return wait_until(
        lambda: not counts(connection).keys() & {"ready", "leased"},
        "all work settled",
        seconds=seconds,
        told=lambda: f"{counts(connection)}\n{workers.log()}",
    )
