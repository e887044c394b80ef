"""A Zarr snapshot as a PyTorch data set: batches in shuffled order, in constant memory.

Shards come in an order of the epoch's own, and rows are shuffled among a few shards at a time: reading stays
sequential, and what is held is those shards, however large the snapshot is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
import zarr
from numpy.typing import NDArray
from torch import Tensor
from torch.utils.data import IterableDataset, get_worker_info

from models.snapshot_rows import ArrayRows
from warehouse.errors import SnapshotError

Memory = Mapping[str, NDArray[Any]]

SHARDS_MIXED = 4
"""Held at once, and shuffled together."""


class SnapshotDataset(IterableDataset[dict[str, Tensor]]):
    """Batches of rows of one group of a snapshot (`warehouse snapshot export`).

    target: the snapshot's folder or URL.  group: 'pages', 'panels', 'strips' or 'padded'.  arrays: names in
    the group, each of which comes as a tensor (rows, ...) of its own type; `row` says which rows they are.
    split: only pages of it ('train', 'validation', 'test').  complete: only rows that have all these vectors.
    batch: rows at once, now and then fewer.  shuffle: False for the order of the store.
    Give it to a DataLoader with `batch_size=None`; workers share the shards among them.

    Raises SnapshotError where there is no such snapshot, group or array.
    """

    def __init__(
        self,
        target: str | Path,
        group: str,
        arrays: Sequence[str],
        *,
        split: str | None = None,
        complete: bool = True,
        batch: int = 256,
        shuffle: bool = True,
        seed: int = 0,
    ) -> None:
        self._place = f"{target}/{group}"
        self._arrays = tuple(arrays)
        self._batch, self._shuffle, self._seed = batch, shuffle, seed
        self._epoch = 0
        held = _open(target, group)
        missing = [name for name in arrays if name not in held]
        if missing:
            raise SnapshotError(
                f"there is no {missing[0]} in {self._place}",
                code="snapshot-array-unknown",
                remedy=f"choose among {', '.join(sorted(held))}, or export it again with what is missing",
            )
        found = [ArrayRows(held, name) for name in arrays]
        self._rows = found[0].rows
        self._shard = min(array.together for array in found)
        self._chosen = _chosen(target, held, self._arrays, split, complete)

    def __len__(self) -> int:
        """How many rows an epoch has, over all workers."""
        return int(self._chosen.sum())

    def set_epoch(self, epoch: int) -> None:
        """Which order comes next; every epoch has its own."""
        self._epoch = epoch

    def __iter__(self) -> Iterator[dict[str, Tensor]]:
        worker = get_worker_info()
        first, step = (worker.id, worker.num_workers) if worker else (0, 1)
        chance = np.random.default_rng((self._seed, self._epoch))
        starts = np.arange(0, self._rows, self._shard)
        if self._shuffle:
            chance.shuffle(starts)
        own = starts[first::step]
        chance = np.random.default_rng((self._seed, self._epoch, first))
        together = SHARDS_MIXED if self._shuffle else 1
        held = zarr.open_group(self._place, mode="r")
        arrays = {name: ArrayRows(held, name) for name in self._arrays}
        memory = {name: array.empty(together * self._shard) for name, array in arrays.items()}
        for place in range(0, len(own), together):
            rows = self._read(arrays, memory, own[place : place + together])
            yield from self._batches(memory, rows, chance)

    def _read(
        self, arrays: Mapping[str, ArrayRows], memory: Memory, starts: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Read these shards into memory, one behind the other; which rows lie there now."""
        spans = [(int(start), min(int(start) + self._shard, self._rows)) for start in starts]
        place = 0
        for first, end in spans:
            for name, array in arrays.items():
                array.read(first, memory[name][place : place + end - first])
            place += end - first
        return np.concatenate([np.arange(*span) for span in spans])

    def _batches(
        self, memory: Memory, rows: NDArray[np.int64], chance: np.random.Generator
    ) -> Iterator[dict[str, Tensor]]:
        """The chosen rows of those in memory, batch by batch."""
        order = np.flatnonzero(self._chosen[rows])
        if self._shuffle:
            chance.shuffle(order)
        kept = {name: torch.from_numpy(values) for name, values in memory.items()}
        kept["row"] = torch.from_numpy(rows)
        for place in range(0, len(order), self._batch):
            taken = torch.from_numpy(order[place : place + self._batch])
            yield {name: values.index_select(0, taken) for name, values in kept.items()}


def _open(target: str | Path, group: str) -> zarr.Group:
    try:
        return zarr.open_group(f"{target}/{group}", mode="r")
    except (OSError, ValueError) as error:
        raise SnapshotError(
            f"there is no group {group} of a snapshot at {target}",
            code="snapshot-missing",
            remedy="name the folder that 'warehouse snapshot export' wrote, and one of pages, panels, strips",
        ) from error


def _chosen(
    target: str | Path, held: zarr.Group, arrays: Sequence[str], split: str | None, complete: bool
) -> NDArray[np.bool_]:
    """(rows,) whether a row is wanted."""
    chosen = np.ones(held[arrays[0]].shape[0], np.bool_)
    if split is not None:
        of_page = _open(target, "pages")["split"][:] == split
        chosen &= of_page[held["page_row"][:]] if "page_row" in held else of_page
    if complete:
        for name in arrays:
            if f"{name}_mask" in held:
                chosen &= held[f"{name}_mask"][:].reshape(len(chosen), -1).any(axis=1)
    return chosen
