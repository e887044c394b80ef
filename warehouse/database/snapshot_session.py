"""Reading the database as it was at one instant, from as many connections as one likes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from psycopg import sql

from warehouse.database.binary_copy import Records, copied_arrays, copied_batches, copied_rows
from warehouse.database.connection import Connection, Database
from warehouse.database.statements import statement
from warehouse.database.vector_tables import VECTOR_TABLES
from warehouse.errors import ModelError
from warehouse.records import SnapshotRecord
from warehouse.snapshots.request import PageFilter

Ids = NDArray[np.int64]

PAGES = (
    ("page_id", "int8"),
    ("book_id", "int8"),
    ("unit", "int8"),
    ("page_num", "int4"),
    ("width", "int4"),
    ("height", "int4"),
    ("year", "int4"),
    ("is_narrative", "bool"),
    ("low_information", "bool"),
    ("panels", "int8"),
)
PANELS = tuple((name, "int8" if name in ("panel_id", "page") else "int4")
               for name in ("panel_id", "page", "seq", "x", "y", "w", "h"))  # fmt: skip
STRIPS = (
    ("strip_id", "int8"),
    ("page", "int8"),
    ("seq", "int4"),
    ("first_panel", "int4"),
    ("skipped", "int8"),
    ("panels", "int8"),
)


@dataclass(frozen=True, slots=True)
class Moment:
    """The state that is read.  token: for other sessions.  database: the server's system identifier.

    oldest_transaction: of those that were open; all before it were over.  next_transaction: none that is seen
    has this number or a higher one.
    """

    token: str
    at: datetime
    wal_position: str
    database: str
    oldest_transaction: int
    next_transaction: int


@dataclass(frozen=True, slots=True)
class SnapshotModel:
    """A model whose vectors are exported: one row of table `model`."""

    id: int
    kind: str
    name: str
    revision: str
    dim: int
    weights_sha256: str
    trained: bool


@contextmanager
def moment(database: Database) -> Iterator[tuple[Connection, Moment]]:
    """Hold the present state; others may read it with `reading_at` while this is open."""
    with database.connect() as connection:
        connection.execute(statement("read_only_snapshot"))
        connection.execute(statement("no_time_limits"))
        row = connection.execute(statement("begin_snapshot")).fetchone()
        assert row is not None
        yield connection, Moment(*row)
        connection.rollback()


@contextmanager
def reading_at(database: Database, held: Moment) -> Iterator[Connection]:
    """Another connection that sees what `held` saw."""
    with database.connect() as connection:
        connection.execute(statement("read_only_snapshot"))
        connection.execute(sql.SQL("set transaction snapshot {}").format(sql.Literal(held.token)))
        connection.execute(statement("no_time_limits"))
        connection.execute(statement("prefer_lookups"))
        yield connection
        connection.rollback()


def snapshot_models(connection: Connection, asked: Sequence[int]) -> dict[str, SnapshotModel]:
    """The live model of each kind, or that asked for in its stead, by kind.  Raises ModelError."""
    rows = connection.execute(statement("snapshot_models"), {"asked": list(asked)}).fetchall()
    found = {model.kind: model for model in (SnapshotModel(*row) for row in rows)}
    if unused := set(asked) - {model.id for model in found.values()}:
        raise ModelError(
            f"no vectors of model {min(unused)} can be exported: it is not there, or another of its kind was"
            " asked for",
            code="model-unknown",
            remedy="choose one of each kind from 'warehouse models list'",
        )
    return found


def page_rows(connection: Connection, asked: PageFilter) -> Records:
    """All pages asked for, by book and place: see PAGES."""
    values = {
        "series": list(asked.series),
        "year_from": asked.year_from,
        "year_to": asked.year_to,
        "page_types": list(asked.page_types),
    }
    return copied_rows(connection, statement("copy_snapshot_pages"), values, PAGES)


def comparable_pages(connection: Connection) -> Ids:
    """Ids of the pages that can be told by their picture, ascending."""
    rows = copied_rows(connection, statement("copy_comparable_pages"), {}, (("id", "int8"),))
    return rows["id"].astype(np.int64)


def stored_groups(connection: Connection, max_distance: int) -> tuple[Ids, Ids]:
    """Pages in groups of the same picture, and the canonical page of each."""
    columns = (("page_id", "int8"), ("canonical_id", "int8"))
    rows = copied_rows(connection, statement("copy_snapshot_groups"), {"max_distance": max_distance}, columns)
    return rows["page_id"].astype(np.int64), rows["canonical_id"].astype(np.int64)


def unit_names(connection: Connection) -> dict[int, str]:
    """Names of series, and of books without one, by their number in `page_rows`."""
    return dict(connection.execute(statement("snapshot_units")).fetchall())


def page_words(connection: Connection, ids: Ids) -> list[tuple[str, ...]]:
    """manifest path, source, series, volume, issue, title, language and page type of pages."""
    return connection.execute(statement("snapshot_page_words"), {"ids": bigints(ids)}).fetchall()


def panel_rows(connection: Connection, page_ids: Ids) -> Iterator[Records]:
    """The panels of pages in reading order: see PANELS; `page` counts the pages from 1."""
    yield from copied_batches(
        connection, statement("copy_snapshot_panels"), {"ids": bigints(page_ids)}, PANELS
    )


def panel_words(connection: Connection, ids: Ids) -> list[str]:
    """The texts of panels."""
    rows = connection.execute(statement("snapshot_panel_words"), {"ids": bigints(ids)}).fetchall()
    return [row[0] for row in rows]


def strip_rows(connection: Connection, page_ids: Ids) -> Iterator[Records]:
    """The strips of pages in reading order: see STRIPS; `page` counts the pages from 1."""
    yield from copied_batches(
        connection, statement("copy_snapshot_strips"), {"ids": bigints(page_ids)}, STRIPS
    )


def vector_rows(
    connection: Connection, table: str, model: SnapshotModel, ids: Ids
) -> Iterator[list[NDArray[Any]]]:
    """(n,) owners and (n, dim) vectors: those of these owners that have one, some at a time, in any order."""
    query = sql.SQL(statement("copy_snapshot_vectors")).format(
        table=sql.Identifier(table), owner=sql.Identifier(f"{VECTOR_TABLES[table].owner}_id")
    )
    values = {"ids": bigints(ids), "model_id": model.id}
    yield from copied_arrays(connection, query, values, ("int8", f"halfvec({model.dim})"))


def counts_now(connection: Connection) -> dict[str, int]:
    """How many pages, panels and strips the database holds."""
    row = connection.execute(statement("snapshot_counts")).fetchone()
    assert row is not None
    return dict(zip(("pages", "panels", "strips"), row, strict=True))


def recorded_snapshots(connection: Connection) -> list[SnapshotRecord]:
    """Every export, the latest first."""
    return [SnapshotRecord(*row) for row in connection.execute(statement("snapshots")).fetchall()]


def bigints(ids: Ids) -> str:
    """A PostgreSQL array as text: psycopg takes 5 microseconds for each number of a list in a COPY."""
    return "{" + ",".join(map(str, ids.tolist())) + "}"
