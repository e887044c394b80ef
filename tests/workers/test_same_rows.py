"""Real books through two worker processes end with the rows of an ingest in one process."""

from __future__ import annotations

from pathlib import Path

from tests.database_rows import all_rows
from tests.planted import PlantedProfile
from tests.workers.processes import Workers
from tests.workers.queued_books import SilentQueueing, counts, wait_until_settled
from warehouse.cli.progress import SilentProgress
from warehouse.database.connection import Connection, Database
from warehouse.ingest import IngestOptions, ingest
from warehouse.queueing import queue_books

BOOKS = (
    "books/buster-bear-010.pdf",
    "books/climate-frogs-webtoon.cbz",
    "books/haruko.epub",
    "books/pepper-and-carrot-01-en.cbz",
    "books/pepper-and-carrot-01-fr.cbz",
    "books/pepper-and-carrot-03-en.cbz",
    "train/pepper-carrot/ep07.cbz",
    "train/pepper-carrot/ep09.cbz",
    "train/pepper-carrot/ep10.cbz",
    "train/pepper-carrot/ep14.cbz",
)


def test_ten_real_books(
    database: Database, connection: Connection, second: Database, workers: Workers, shared: Path
) -> None:
    paths = [shared / "data" / name for name in BOOKS]
    queued = queue_books(paths, database, PlantedProfile(), SilentQueueing(), IngestOptions())
    assert queued.outcomes == {"queued": len(BOOKS)}
    for _ in range(2):
        workers.start(rules="lease=10 attempts=3 stall=60")
    wait_until_settled(connection, workers, seconds=120)
    assert counts(connection) == {"done": 6 * len(BOOKS)}
    processes = connection.execute("select count(distinct worker) from work").fetchone()
    assert processes == (2,)
    ingest(paths, second, PlantedProfile(), SilentProgress())
    with second.connect(autocommit=True) as alone:
        ours, theirs = all_rows(connection), all_rows(alone)
    for table, rows in theirs.items():
        assert ours[table] == rows, table
    assert all(theirs[table] for table in ("page", "panel", "panel_embedding", "strip_embedding"))
