"""Exact top 20 of all panels: beside an out-of-line vector column, NumPy and FAISS, warm."""

from __future__ import annotations

import itertools

import numpy as np
from pgvector import Vector
from threadpoolctl import threadpool_limits

from tests.benchmarks.sql.bench import LIMIT, PLAIN, Bench, half
from tests.benchmarks.sql.figures import Figure, faster, interleaved, times

_DEFAULT = f"select panel_id from panel_default order by v <=> %s limit {LIMIT}"
_FUNCTION = f"select panel_id from nearest_panels(%s, max_hits => {LIMIT})"


def measure(bench: Bench) -> list[Figure]:
    plant_default_column(bench)
    found = []
    for cores in sorted({1, bench.cores}, reverse=True):
        found += with_cores(bench, cores)
    bench.connection.execute("drop table panel_default")
    return found


def plant_default_column(bench: Bench) -> None:
    """The same vectors as vector(512), stored where PostgreSQL puts them by default: out of line."""
    bench.connection.execute(
        "create table panel_default (panel_id bigint not null, model_id smallint not null,"
        " input_hash uuid not null, v vector(512) not null)"
    )
    bench.connection.execute("insert into panel_default select * from panel_embedding")
    bench.connection.execute("vacuum analyze panel_default")


def with_cores(bench: Bench, cores: int) -> list[Figure]:
    """All of them with so many processes or threads; bars hold where all cores are used."""
    import faiss

    matrix, connection = bench.matrix, bench.connection
    queries = itertools.cycle(matrix[bench.sampled_rows(16)])
    connection.execute(f"set max_parallel_workers_per_gather = {cores - 1}")
    connection.execute("set warehouse.search = 'exact'")
    faiss.omp_set_num_threads(cores)

    def by_numpy() -> None:
        similarity = matrix @ next(queries)
        top = np.argpartition(-similarity, LIMIT)[:LIMIT]
        top[np.argsort(-similarity[top])]

    with threadpool_limits(cores):
        seconds = interleaved(
            bench.rounds,
            {
                "inline": lambda: bench.ids(PLAIN, half(next(queries))),
                "default": lambda: bench.ids(_DEFAULT, Vector(next(queries))),
                "function": lambda: bench.ids(_FUNCTION, half(next(queries))),
                "numpy": by_numpy,
                "faiss": lambda: faiss.knn(
                    next(queries)[None], matrix, LIMIT, metric=faiss.METRIC_INNER_PRODUCT
                ),
            },
        )
    connection.execute("reset warehouse.search")
    connection.execute("reset max_parallel_workers_per_gather")
    barred, name = cores == bench.cores, f"exact top {LIMIT}, {cores} core{'s' * (cores > 1)}"
    inline = seconds["inline"]
    return [
        faster(name, inline, seconds["default"], 5 if barred else None, "vector(512)"),
        times(name, inline, seconds["numpy"], 2.5 if barred else None, "NumPy float32"),
        times(name, inline, seconds["faiss"], 2.5 if barred else None, "FAISS Flat"),
        times(f"{name}: nearest_panels()", seconds["function"], inline, None, "plain SQL"),
    ]
