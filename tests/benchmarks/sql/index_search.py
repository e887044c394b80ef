"""Top 20 by the HNSW index that "warehouse index build" makes: rows and mean vectors as queries."""

from __future__ import annotations

import itertools

import numpy as np

from tests.benchmarks.sql.bench import LIMIT, PLAIN, Bench, half, recall
from tests.benchmarks.sql.clusters import Vectors, unit
from tests.benchmarks.sql.figures import Figure, interleaved, milliseconds, timed, times

_QUERIES = 64
_ASK = f"select panel_id from nearest_panels(%s, max_hits => {LIMIT})"


def measure(bench: Bench) -> list[Figure]:
    built = build(bench)
    bench.connection.execute("set warehouse.search = 'index'")
    rows = asked(bench, "rows as queries", bench.matrix[bench.sampled_rows(_QUERIES, 11)], 0.98, None, 0.10)
    means = asked(bench, "means as queries", mean_queries(bench), None, 0.95, 0.25)
    bench.connection.execute("reset warehouse.search")
    return [*built, *rows, *means]


def build(bench: Bench) -> list[Figure]:
    """Where there is none yet."""
    from warehouse.database.indexes import BuildOptions, build_index, vector_indexes

    [space] = vector_indexes(bench.connection, ["fused"])
    if space.usable:
        return []
    options = BuildOptions(memory_bytes=max(2**28, bench.library.panels * 1700), workers=bench.cores - 1)
    seconds = timed(lambda: build_index(bench.connection, space, options))
    bench.connection.execute("analyze panel_embedding")
    rate = f"{bench.library.panels / seconds:,.0f} rows/s"
    return [Figure("HNSW build", milliseconds(seconds), rate, bench.library.panels, unit=" rows")]


def asked(
    bench: Bench, name: str, vectors: Vectors, mean: float | None, least: float | None, time: float
) -> list[Figure]:
    """mean, least: bars of the recalls' mean and minimum.  time: bar of the share of the exact time."""
    truth = bench.nearest_by_numpy(vectors)
    recalls = [recall(bench.ids(_ASK, half(v)), best) for v, best in zip(vectors, truth, strict=True)]
    queries = itertools.cycle(vectors)
    seconds = interleaved(
        3 * bench.rounds,
        {
            "index": lambda: bench.ids(_ASK, half(next(queries))),
            "exact": lambda: bench.ids(PLAIN, half(next(queries))),
        },
    )
    return [
        Figure(
            f"HNSW, {name}: mean recall",
            f"{len(vectors)} queries",
            "exact",
            float(np.mean(recalls)),
            mean,
            unit="",
        ),
        Figure(
            f"HNSW, {name}: minimum recall", f"{len(vectors)} queries", "exact", min(recalls), least, unit=""
        ),
        times(f"HNSW, {name}: time", seconds["index"], seconds["exact"], time, "exact"),
    ]


def mean_queries(bench: Bench) -> Vectors:
    """Half are means of four panels of anywhere, half of a hundred panels of four books, as of a concept."""
    rng = np.random.default_rng(13)
    few = [bench.matrix[rng.integers(0, bench.library.panels, 4)].mean(axis=0) for _ in range(_QUERIES // 2)]
    many = []
    for _ in range(_QUERIES // 2):
        starts = rng.integers(0, max(1, bench.library.panels - 144), 4)
        many.append(bench.matrix[(starts[:, None] + rng.integers(0, 144, (4, 25))).ravel()].mean(axis=0))
    return unit(np.stack([*few, *many]))
