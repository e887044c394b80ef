"""Training's reading, shuffled through a DataLoader, beside reading the same arrays in order."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import zarr
from numpy.typing import NDArray
from torch.utils.data import DataLoader

from models.snapshot_dataset import SnapshotDataset

ARRAYS = ("panel_embeddings", "panel_vision", "panel_text", "contextualized_panels")


def shuffled(target: Path, workers: int) -> float:
    """Bytes a second of an epoch of all panels in batches of 256, shuffled."""
    data = SnapshotDataset(target, "panels", ARRAYS, complete=False)
    start, size, rows = time.perf_counter(), 0, 0
    for batch in DataLoader(data, batch_size=None, num_workers=workers):
        size += sum(batch[name].nbytes for name in ARRAYS)
        rows += len(batch["row"])
    seconds = time.perf_counter() - start
    assert rows == len(data)
    return size / seconds


def in_order(target: Path) -> float:
    """Bytes a second, a shard at a time, by zarr-python."""
    held = zarr.open_group(target / "panels", mode="r")
    return _speed(_by_zarr(held[name]) for name in ARRAYS)


def raw(target: Path) -> float:
    """Bytes a second, a file at a time, into NumPy: no index, no checksum, no Zarr."""
    return _speed(_by_numpy(target / "panels" / name) for name in ARRAYS)


def _by_zarr(array: Any) -> Iterator[NDArray[Any]]:
    for first in range(0, array.shape[0], array.shards[0]):
        yield array[first : first + array.shards[0]]


def _by_numpy(array: Path) -> Iterator[NDArray[Any]]:
    for number in range(len(list((array / "c").iterdir()))):
        yield np.fromfile(array / "c" / str(number) / "0", np.float16)


def _speed(arrays: Iterator[Iterator[NDArray[Any]]]) -> float:
    start, size = time.perf_counter(), 0
    for parts in arrays:
        for part in parts:
            size += part.nbytes
    return size / (time.perf_counter() - start)
