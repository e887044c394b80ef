"""Workers fill a second model's vectors while the first one's are read; then it is promoted in one step."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.books_drawn import library
from tests.planted import OtherProfile, PlantedProfile
from tests.workers.processes import Workers
from tests.workers.queued_books import counts, enqueue, wait_until_settled
from warehouse.cli.progress import SilentProgress
from warehouse.database.connection import Connection, Database
from warehouse.database.coverage import coverage, incomplete
from warehouse.database.queries import models
from warehouse.database.store.promoting import promote
from warehouse.ingest import ingest

TABLES = ("panel_embedding", "panel_vision", "panel_context", "strip_embedding", "page_embedding")
READ = "select " + ", ".join(
    f"(select (array_agg(distinct model_id)::text, count(*))::text from {table}_current)" for table in TABLES
)
SEARCH = "select count(*), count(distinct panel_id) from similar_panels((select min(id) from panel))"


@contextmanager
def reading(database: Database, seen: dict[tuple[object, ...], int]) -> Iterator[None]:
    """Ask again and again, from another connection, and count every different answer."""
    over = threading.Event()
    errors: list[Exception] = []

    def read() -> None:
        try:
            with database.connect(autocommit=True) as own:
                while not over.is_set():
                    for query in (READ, SEARCH):
                        [answer] = own.execute(query.encode()).fetchall()
                        seen[answer] = seen.get(answer, 0) + 1
        except Exception as error:  # noqa: BLE001 - raised below, in the thread of the test
            errors.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
    assert not errors, errors


def test_read_while_another_model_comes(
    database: Database, connection: Connection, workers: Workers, tmp_path: Path
) -> None:
    folder = library(tmp_path / "books", books=8, pages=3)
    ingest([folder], database, PlantedProfile(), SilentProgress())
    before = connection.execute(READ.encode()).fetchall()
    found = connection.execute(SEARCH.encode()).fetchall()
    seen: dict[tuple[object, ...], int] = {}
    with reading(database, seen):
        for _ in range(2):
            workers.start("--profile", "other")
        enqueue(database, folder, OtherProfile(), refresh=True)
        assert counts(connection)["ready"] > 0
        wait_until_settled(connection, workers)
        assert set(counts(connection)) == {"done"}
    assert set(seen) == {*before, *found}, "one model, every row, at every moment"
    assert min(seen.values()) >= 5
    assert incomplete(coverage(connection), [model.id for model in models(connection)]) == []
    after: dict[tuple[object, ...], int] = {}
    chosen = max(model.id for model in models(connection) if model.kind == "panel_encoder")
    with reading(database, after), connection.transaction():
        promote(connection, chosen)
    now = connection.execute(READ.encode()).fetchall()
    assert now != before
    assert set(after) <= {*before, *now, *found}
