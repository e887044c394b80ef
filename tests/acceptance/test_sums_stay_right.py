"""The kept sums of vectors say what the vectors say, through everything that can happen to a book."""

from __future__ import annotations

import os
from pathlib import Path

from tests.books_drawn import cbz, picture
from tests.planted import PlantedProfile
from warehouse.cli.progress import SilentProgress
from warehouse.database.connection import Connection, Database
from warehouse.database.store.editing import BookEdits, edit_book
from warehouse.ingest import IngestOptions, ingest


def run(database: Database, *paths: Path, refresh: bool = False) -> None:
    ingest(paths, database, PlantedProfile(), SilentProgress(), IngestOptions(refresh=refresh))


def pictures(*seeds: int) -> dict[str, bytes]:
    return {f"{place}.png": picture(seed) for place, seed in enumerate(seeds)}


def state(connection: Connection) -> tuple[int, int, int]:
    """Wrong sums, books with sums, books."""
    row = connection.execute(
        "select (select count(*) from wrong_book_sums()), (select count(*) from summed_book),"
        " (select count(*) from book)"
    ).fetchone()
    assert row is not None
    return row


def library_vectors(connection: Connection) -> int:
    row = connection.execute(
        "select coalesce(sum(vectors), 0) from book_vector_sum where vector_table = 'page_visual'"
    ).fetchone()
    assert row is not None
    return int(row[0])


def test_ingest_new_version_edit_and_refresh(
    database: Database, connection: Connection, tmp_path: Path
) -> None:
    first = cbz(tmp_path / "Moon Fox 001.cbz", pictures(1, 2, 3, 4))
    cbz(tmp_path / "Tin Owl 001.cbz", pictures(5, 6, 7))
    run(database, tmp_path)
    assert state(connection) == (0, 2, 2)
    assert library_vectors(connection) == 7

    before = first.stat().st_mtime_ns
    cbz(first, pictures(1, 9))
    os.utime(first, ns=(before + 10**9, before + 10**9))
    run(database, tmp_path)
    assert state(connection) == (0, 2, 2)
    assert library_vectors(connection) == 5

    row = connection.execute("select id from book order by id limit 1").fetchone()
    assert row is not None
    with connection.transaction():
        edit_book(connection, row[0], BookEdits(page_types={0: "advertisement"}))
    assert state(connection) == (0, 2, 2)
    typed = connection.execute(
        "select sum(vectors) from book_vector_sum"
        " where vector_table = 'page_visual' and page_type = 'advertisement'"
    ).fetchone()
    assert typed == (1,)

    run(database, tmp_path, refresh=True)
    assert state(connection) == (0, 2, 2)
    connection.execute("delete from page where seq = 0")
    assert state(connection)[0] == 0
