"""Runs of panels side by side, padded to 16: vectors from panels/, which is written by then."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from warehouse.contracts import STRIP_LENGTH
from warehouse.snapshots.layout import ArraySpec
from warehouse.snapshots.shard_file import empty_shard
from warehouse.snapshots.store_writer import StoreWriter, shards

Ids = NDArray[np.int64]
Mask = NDArray[np.bool_]

WRITERS = 2
"""Threads that write padded shards."""


@dataclass(frozen=True, slots=True)
class Runs:
    """One row a run, (n,) each.  starts: the row of its first panel in panels/.  panels: how many it has.

    The first 16 of them are put side by side.
    """

    starts: Ids
    panels: Ids

    def __len__(self) -> int:
        return len(self.starts)

    def part(self, first: int, end: int) -> Runs:
        """Some of them."""
        return Runs(self.starts[first:end], self.panels[first:end])

    @property
    def counts(self) -> Ids:
        """(n,) how many are put side by side."""
        return np.minimum(self.panels, STRIP_LENGTH)

    @property
    def span(self) -> tuple[int, int]:
        """Between which rows of panels/ they lie."""
        return int(self.starts.min()), int((self.starts + self.counts).max())

    @property
    def inside(self) -> Mask:
        """(n, 16) where a panel is."""
        return np.arange(STRIP_LENGTH) < self.counts[:, None]

    @property
    def rows(self) -> Ids:
        """(panels,) the row of each panel, in the order of `inside`."""
        return (self.starts[:, None] + np.arange(STRIP_LENGTH))[self.inside]


class EarlierRuns(Protocol):
    """An earlier snapshot that shards of padded vectors can be copied from."""

    def copied_runs(
        self, writer: StoreWriter, group: str, spec: ArraySpec, runs: Runs, first: int
    ) -> bool: ...


def write_padded_vectors(
    writer: StoreWriter, group: str, spec: ArraySpec, runs: Runs, earlier: EarlierRuns | None
) -> Mask:
    """Write the fused vectors of each run; (n, 16) where a panel has one."""
    with ThreadPoolExecutor(WRITERS) as pool:
        masks = list(
            pool.map(
                lambda cut: _write_shard(writer, group, spec, runs.part(*cut), cut[0], earlier),
                shards(len(runs), spec.shard_rows),
            )
        )
    return np.concatenate(masks) if masks else np.zeros((0, STRIP_LENGTH), np.bool_)


def _write_shard(
    writer: StoreWriter, group: str, spec: ArraySpec, runs: Runs, first: int, earlier: EarlierRuns | None
) -> Mask:
    low, high = runs.span
    inside, rows = runs.inside, runs.rows - low
    if earlier is None or not earlier.copied_runs(writer, group, spec, runs, first):
        vectors = writer.read("panels/panel_embeddings", low, high)
        padded = empty_shard(spec, len(runs))
        padded.rows[inside] = vectors[rows]
        writer.write_shard(f"{group}/{spec.name}", first, padded)
    mask = np.zeros(inside.shape, np.bool_)
    mask[inside] = writer.read("panels/panel_embeddings_mask", low, high)[rows]
    return mask
