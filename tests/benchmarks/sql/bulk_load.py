"""Vectors into their table through the store's own path, beside raw binary COPY into a bare table."""

from __future__ import annotations

import numpy as np
from psycopg import sql

from tests.benchmarks.sql.bench import Bench
from tests.benchmarks.sql.clusters import Vectors, unit
from tests.benchmarks.sql.figures import Figure, interleaved
from tests.benchmarks.sql.library import vector_rows
from warehouse.database.connection import Connection
from warehouse.database.store.vector_blocks import copy_blocks
from warehouse.database.store.vectors import write_vectors
from warehouse.records import VectorRows

_MANY, _FEW = 20_000, 20


def measure(bench: Bench) -> list[Figure]:
    """Each is one transaction; the bare table has no key and no reference to others, and both are empty."""
    connection = bench.connection
    connection.execute(
        "create table bare (panel_id bigint not null, model_id smallint not null, input_hash uuid not null,"
        " v halfvec(512) not null)"
    )
    book, first = plant_book(connection)
    v = unit(np.random.default_rng(3).standard_normal((_MANY, 512), np.float32))
    found = [
        *loaded(bench, book, vector_rows("panel_vision", first, v), 0.6),
        *loaded(bench, book, vector_rows("panel_vision", first, v[:_FEW]), None),
        replaced(bench, book, first, v),
    ]
    connection.execute("truncate panel_vision")
    connection.execute("drop table bare")
    connection.execute("delete from book where id = %s", (book,))
    return found


def plant_book(connection: Connection) -> tuple[int, int]:
    """A book of so many panels: its id, and that of its first panel."""
    row = connection.execute(
        "with b as (insert into book (path) values ('/bulk.cbz') returning id)"
        " insert into page (book_id, seq, entry) select id, 0, '' from b returning book_id, id"
    ).fetchone()
    assert row is not None
    panels = connection.execute(
        "insert into panel (page_id, seq, x, y, w, h, score, detector)"
        " select %s, n, 0, 0, 1, 1, 1, 'planted' from generate_series(0, %s) n returning id",
        (row[1], _MANY - 1),
    ).fetchall()
    connection.execute("analyze panel")
    return row[0], panels[0][0]


def loaded(bench: Bench, book: int, rows: VectorRows, bar: float | None) -> list[Figure]:
    connection = bench.connection
    count = len(rows.owner_ids)

    def store() -> None:
        with connection.transaction():
            write_vectors(connection, book, [rows])

    def raw() -> None:
        with connection.transaction():
            copy_bare(connection, rows)

    def emptied() -> None:
        connection.execute("truncate panel_vision, bare")

    seconds = interleaved(
        max(5, bench.rounds),
        {"emptied": emptied, "raw": raw, "store": store},
    )
    rates = {name: f"{count / taken:,.0f} rows/s" for name, taken in seconds.items()}
    ratio = seconds["raw"] / seconds["store"]
    name = f"bulk load, {count:,} rows at a time"
    return [Figure(name, rates["store"], f"raw COPY {rates['raw']}", ratio, bar)]


def replaced(bench: Bench, book: int, first: int, v: Vectors) -> Figure:
    """The same rows again: those that are there are deleted first."""
    connection, rows = bench.connection, vector_rows("panel_vision", first, v)

    def store() -> None:
        with connection.transaction():
            write_vectors(connection, book, [rows])

    seconds = interleaved(3, {"store": store})["store"]
    return Figure("bulk load, replacing them", f"{_MANY / seconds:,.0f} rows/s", "", seconds, unit=" s")


def copy_bare(connection: Connection, rows: VectorRows) -> None:
    command = sql.SQL("copy bare from stdin (format binary)")
    with connection.cursor() as cursor, cursor.copy(command) as copy:
        for block in copy_blocks(rows, 1):
            copy.write(block)
