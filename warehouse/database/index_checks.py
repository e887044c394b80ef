"""How exact an HNSW index answers: recall against exact searches, by rows and by mean vectors.

A mean of several rows' vectors, as a concept's, lies between the clusters that an index is made of, and is
found worse than a row: both are measured, and the worst query of each is told.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass

from pgvector import HalfVector
from psycopg import sql

from warehouse.database.connection import Connection
from warehouse.database.indexes import VectorIndex
from warehouse.database.statements import statement
from warehouse.errors import QueryError

MEAN_OF = (4, 16, 64)
SAMPLE = 1000
USUAL_EF_SEARCH = {"rows": 400, "means": 1000}
"""As nearest_ids() has it."""
TIE = 1e-6
"""Distances no farther apart are equal: either row is right."""


@dataclass(frozen=True, slots=True)
class IndexCheck:
    """queries: 'rows' | 'means'.  Recalls: shares of the exact answers, 0 to 1.  Seconds: a query, median."""

    scope: str
    space: str
    model_id: int
    vectors: int
    queries: str
    asked: int
    hits: int
    ef_search: int
    mean_recall: float
    min_recall: float
    exact_seconds: float
    index_seconds: float


@dataclass(frozen=True, slots=True)
class _Answer:
    distances: list[float]
    exact: bool
    seconds: float


def check_index(
    connection: Connection,
    index: VectorIndex,
    *,
    asked: int = 50,
    hits: int = 20,
    ef_search: int | None = None,
) -> list[IndexCheck]:
    """Measure an index by `asked` rows and as many means.  connection: autocommit.

    ef_search: None as searches have it.  Raises QueryError 'index-missing' or 'vector-missing'.
    """
    if not index.usable:
        raise QueryError(
            f"{index.name} has no index", code="index-missing", remedy=f"'warehouse index build {index.name}'"
        )
    sample = _sample(connection, index, max(asked, SAMPLE))
    if not sample:
        raise QueryError(f"{index.name} has no vectors", code="vector-missing", remedy="ingest books first")
    means = list(_means(connection, index, [owner_id for owner_id, _ in sample], asked))
    return [
        _measure(connection, index, "rows", [v for _, v in sample[:asked]], hits, ef_search),
        _measure(connection, index, "means", means, hits, ef_search),
    ]


def _measure(
    connection: Connection,
    index: VectorIndex,
    queries: str,
    vectors: list[HalfVector],
    hits: int,
    ef_search: int | None,
) -> IndexCheck:
    recalls, exact_seconds, index_seconds = [], [], []
    for v in vectors:
        truth = _answer(connection, index, v, hits, "exact", ef_search)
        found = _answer(connection, index, v, hits, "index", ef_search)
        recalls.append(recall(found.distances, truth.distances))
        exact_seconds.append(truth.seconds)
        index_seconds.append(found.seconds)
    return IndexCheck(
        scope=index.scope,
        space=index.space,
        model_id=index.model_id,
        vectors=index.vectors,
        queries=queries,
        asked=len(vectors),
        hits=hits,
        ef_search=ef_search or USUAL_EF_SEARCH[queries],
        mean_recall=statistics.fmean(recalls),
        min_recall=min(recalls),
        exact_seconds=statistics.median(exact_seconds),
        index_seconds=statistics.median(index_seconds),
    )


def recall(found: list[float], truth: list[float]) -> float:
    """Share of the nearest that were found, by distances, nearest first; 1 where there is nothing to find."""
    if not truth:
        return 1.0
    return sum(distance <= truth[-1] + TIE for distance in found[: len(truth)]) / len(truth)


def _answer(
    connection: Connection, index: VectorIndex, v: HalfVector, hits: int, how: str, ef_search: int | None
) -> _Answer:
    values = {"scope": index.scope, "space": index.space, "v": v, "hits": hits, "model_id": index.model_id}
    with connection.transaction():
        connection.execute(
            "select set_config('warehouse.search', %s, true), set_config('warehouse.ef_search', %s, true)",
            (how, "" if ef_search is None else str(ef_search)),
        )
        start = time.perf_counter()
        rows = connection.execute(statement("nearest_distances"), values).fetchall()
        seconds = time.perf_counter() - start
    return _Answer([row[0] for row in rows], all(row[1] for row in rows), seconds)


def _sample(connection: Connection, index: VectorIndex, how_many: int) -> list[tuple[int, HalfVector]]:
    """Random rows with a direction: owner ids and vectors."""
    share = min(1.0, 4 * how_many / max(index.vectors, 1))
    query = sql.SQL(
        "select o, v"
        " from (select {owner} as o, v from {table} where model_id = %s and random() <= %s) sampled"
        " where l2_norm(v) > 0 order by random() limit %s"
    ).format(owner=sql.Identifier(f"{index.owner}_id"), table=sql.Identifier(index.table))
    return connection.execute(query, (index.model_id, share, how_many)).fetchall()


def _means(
    connection: Connection, index: VectorIndex, sample: list[int], how_many: int
) -> Iterator[HalfVector]:
    """Means of 4, 16 and 64 rows: by turns from everywhere, and from one book."""
    for number in range(how_many):
        size = MEAN_OF[number // 2 % len(MEAN_OF)]
        if number % 2 == 0:
            ids = random.sample(sample, min(size, len(sample)))
        else:
            ids = _same_book(connection, index, random.choice(sample))[:size]  # noqa: S311 - no secret
        query = "select like_vector(%s, %s, %s::bigint[], of_model => %s::smallint)"
        values = (index.scope, index.space, ids, index.model_id)
        [(mean,)] = connection.execute(query, values).fetchall()
        if mean is not None:
            yield mean


def _same_book(connection: Connection, index: VectorIndex, owner_id: int) -> list[int]:
    """Ids of the panels, pages or strips of the book that one is in, in random order."""
    page_of = sql.SQL(
        "select id, id as page_id from page" if index.owner == "page" else "select id, page_id from {}"
    )
    query = sql.SQL(
        "with owners as ({owners}) select o.id from owners o join page p on p.id = o.page_id"
        " where p.book_id = (select t.book_id from owners s join page t on t.id = s.page_id where s.id = %s)"
        " order by random()"
    ).format(owners=page_of.format(sql.Identifier(index.owner)))
    return [row[0] for row in connection.execute(query, (owner_id,))]
