"""What every row of the benchmark is given: the database, the library and how often to measure."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pgvector import HalfVector

from tests.benchmarks.sql.clusters import Vectors, unit
from tests.benchmarks.sql.library import Library
from warehouse.database.connection import Connection

LIMIT = 20
PLAIN = f"select panel_id from panel_embedding order by (v <=> %s) + 0 limit {LIMIT}"
"""An exact scan in plain SQL; "+ 0" keeps an HNSW index out of it."""


@dataclass(frozen=True)
class Bench:
    """connection: autocommit.  rounds: of ours and its peer in turn, medians of which are compared."""

    connection: Connection
    library: Library
    rounds: int
    cores: int

    @cached_property
    def matrix(self) -> Vectors:
        """All panel vectors, (panels, 512) float32 of unit length, rounded as the table rounds them."""
        found = self.library.panel_matrix()
        for start in range(0, len(found), 100_000):
            part = found[start : start + 100_000]
            part[:] = unit(part.astype(np.float16).astype(np.float32))
        return found

    def sampled_rows(self, count: int, seed: int = 7) -> NDArray[np.int64]:
        """Rows of the matrix, by chance."""
        return np.random.default_rng(seed).integers(0, self.library.panels, count)

    def nearest_by_numpy(self, queries: Vectors, rows: NDArray[np.int64] | None = None) -> NDArray[np.int64]:
        """Ids of the panels truly nearest to each query, (queries, at most 20); rows: only among these."""
        among = self.matrix if rows is None else self.matrix[rows]
        found = np.empty((len(queries), min(LIMIT, len(among))), np.int64)
        for start in range(0, len(queries), 8):
            part = -(queries[start : start + 8] @ among.T)
            count = found.shape[1]
            top = (
                np.argpartition(part, count - 1, axis=1)[:, :count] if count < len(among) else part.argsort()
            )
            found[start : start + 8] = top
        return (found if rows is None else rows[found]) + 1

    def ids(self, query: str, *values: object) -> list[int]:
        """The first column of what a query returns."""
        return [row[0] for row in self.connection.execute(query, values).fetchall()]


def recall(found: list[int], truth: NDArray[np.int64]) -> float:
    return len(set(found) & set(truth.tolist())) / len(truth)


def half(v: Vectors) -> HalfVector:
    return HalfVector(v)


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
