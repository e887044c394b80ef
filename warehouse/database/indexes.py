"""HNSW indexes over vectors: which there are, what one costs, building and dropping them.

An index holds the vectors of one model in one space; `search_space()` finds it by its name, TABLE_hnsw_MODEL.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from psycopg import errors, sql
from psycopg.rows import dict_row

from warehouse.database.connection import Connection
from warehouse.database.statements import statement
from warehouse.errors import DatabaseError, QueryError

SPACES = {
    "panels": ("fused", "vision", "text", "composition", "context", "feature", "semantic"),
    "pages": ("page", "visual", "semantic"),
    "strips": ("strip", "semantic"),
}
NEIGHBOURS = 16
"""pgvector's m: links of a vector a layer."""
CANDIDATES = 128
"""pgvector's ef_construction: how widely a vector's neighbours are looked for; more is slower, more exact."""


# Measured with m = 16 on 200,000 vectors of 512 numbers: 1,366 bytes a vector on disk, 1,739 in memory.
TUPLE_BYTES = 300
GRAPH_BYTES = 715
# One process on a busy machine: seconds a vector and doubling of their number, and more of them by width.
SECONDS_A_STEP = 2.5e-5
SECONDS_A_NUMBER = 1e-7
WORKER_GAIN = 0.8


@dataclass(frozen=True, slots=True)
class VectorIndex:
    """The vectors of one model in one space, and their index.

    vectors: rows in the table.  index_name: None without one.  usable: built to its end.  bytes: on disk.
    row_recall, mean_recall: the worst query of the last check, by rows and by means; None before the first.
    rows_trusted, means_trusted: exact enough to answer such searches unasked (SQL function index_is_trusted).
    """

    scope: str
    space: str
    table: str
    owner: str
    model_id: int
    model: str
    dim: int
    vectors: int
    index_name: str | None
    usable: bool
    bytes: int | None
    row_recall: float | None
    mean_recall: float | None
    checked_at: datetime | None
    rows_trusted: bool
    means_trusted: bool

    @property
    def name(self) -> str:
        """'panels/fused'."""
        return f"{self.scope}/{self.space}"


@dataclass(frozen=True, slots=True)
class BuildEstimate:
    """What building an index takes.  memory_bytes: with less, it takes several times as long."""

    disk_bytes: int
    memory_bytes: int
    seconds: float


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """memory_bytes: maintenance_work_mem.  workers: processes beside the one that builds."""

    memory_bytes: int
    workers: int


def chosen_spaces(names: Sequence[str]) -> list[tuple[str, str]]:
    """(scope, space) of names such as 'panels/fused', 'fused', or 'semantic', which are three; all for none.

    Raises QueryError 'space-unknown'.
    """
    every = [(scope, space) for scope, spaces in SPACES.items() for space in spaces]
    chosen: list[tuple[str, str]] = []
    for name in names:
        found = [pair for pair in every if name in (pair[1], "/".join(pair))]
        if not found:
            known = ", ".join("/".join(pair) for pair in every)
            raise QueryError(f"unknown space {name!r}", code="space-unknown", remedy=f"choose one of {known}")
        chosen += [pair for pair in found if pair not in chosen]
    return chosen or every


def vector_indexes(
    connection: Connection, names: Sequence[str] = (), *, model_id: int | None = None
) -> list[VectorIndex]:
    """The spaces of these names that have a model: the live one, or the one given."""
    found = []
    for scope, space in chosen_spaces(names):
        values = {"scope": scope, "space": space, "model_id": model_id}
        with connection.cursor(row_factory=dict_row) as cursor:
            row = cursor.execute(statement("vector_indexes"), values).fetchone()
        if row is not None:
            found.append(
                VectorIndex(
                    scope=scope,
                    space=space,
                    table=row["vectors"],
                    owner=row["owner"],
                    model_id=row["model_id"],
                    model=row["model"],
                    dim=row["dim"],
                    vectors=_vectors(connection, row["vectors"], row["model_id"]),
                    index_name=row["index_name"],
                    usable=row["usable"],
                    bytes=row["bytes"],
                    row_recall=row["row_recall"],
                    mean_recall=row["mean_recall"],
                    checked_at=row["checked_at"],
                    rows_trusted=row["rows_trusted"],
                    means_trusted=row["means_trusted"],
                )
            )
    return found


def worthwhile_from(connection: Connection) -> int:
    """Number of vectors from which on searches use an index."""
    row = connection.execute("select approximate_from()").fetchone()
    assert row is not None
    return int(row[0])


def build_estimate(vectors: int, dim: int, workers: int) -> BuildEstimate:
    """From constants measured on two cores: bytes by pgvector's page layout, time by n log n."""
    a_page = max(1, 8168 // (2 * dim + 8 + TUPLE_BYTES))
    seconds = vectors * math.log2(max(vectors, 2)) * (SECONDS_A_STEP + SECONDS_A_NUMBER * dim)
    return BuildEstimate(
        disk_bytes=math.ceil(vectors / a_page) * 8192,
        memory_bytes=int(vectors * (2 * dim + GRAPH_BYTES)),
        seconds=seconds / (1 + WORKER_GAIN * workers),
    )


def build_index(connection: Connection, space: VectorIndex, options: BuildOptions) -> None:
    """Build the index of a space without locking its table.  connection: autocommit.

    Replaces one that was left unfinished; raises QueryError 'index-exists' for one that is complete.
    """
    name = f"{space.table}_hnsw_{space.model_id}"
    if space.usable:
        raise QueryError(
            f"{space.name} has its index already",
            code="index-exists",
            remedy="drop it first to build it anew",
        )
    if space.index_name is not None:
        drop_index(connection, space)
    connection.execute(
        "select set_config('maintenance_work_mem', %s, false),"
        " set_config('max_parallel_maintenance_workers', %s, false)",
        (f"{max(1, options.memory_bytes // 1024)}kB", str(options.workers)),
    )
    command = sql.SQL(
        "create index concurrently {} on {} using hnsw ((v::halfvec({})) halfvec_cosine_ops)"
        " with (m = {}, ef_construction = {}) where model_id = {}"
    ).format(
        sql.Identifier(name),
        sql.Identifier(space.table),
        *(sql.Literal(number) for number in (space.dim, NEIGHBOURS, CANDIDATES, space.model_id)),
    )
    try:
        connection.execute(command)
    except (errors.DiskFull, errors.OutOfMemory) as error:
        raise DatabaseError(
            f"the index of {space.name} did not fit ({str(error).splitlines()[0]})",
            code="index-too-large",
            remedy="build with --workers 0, or less --memory",
        ) from error
    finally:
        connection.execute("reset maintenance_work_mem")
        connection.execute("reset max_parallel_maintenance_workers")


def drop_index(connection: Connection, space: VectorIndex) -> None:
    """Drop the index of a space without locking its table; searches are exact from then on.  Autocommit."""
    assert space.index_name is not None
    connection.execute(
        sql.SQL("drop index concurrently if exists {}").format(sql.Identifier(space.index_name))
    )


def _vectors(connection: Connection, table: str, model_id: int) -> int:
    counting = sql.SQL("select count(*) from {} where model_id = %s").format(sql.Identifier(table))
    row = connection.execute(counting, (model_id,)).fetchone()
    assert row is not None
    return int(row[0])
