"""Arrays into a Zarr v3 store, shard by shard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import zarr
from numpy.typing import NDArray
from zarr.codecs import ZstdCodec

from warehouse.snapshots.layout import TEXT, ArraySpec, GroupSpec
from warehouse.snapshots.shard_file import ShardFile
from warehouse.snapshots.sums import FileSum, SummedStore

FORMAT = "comic-warehouse-snapshot"


class StoreWriter:
    """Makes the groups of a snapshot and fills their arrays; rows lie where the caller says."""

    def __init__(self, store: SummedStore) -> None:
        self._store = store
        self._root = zarr.create_group(store=store, zarr_format=3, attributes={"format": FORMAT})
        self._arrays: dict[str, Any] = {}
        self._gathered: dict[str, NDArray[Any]] = {}

    def add(self, group: GroupSpec, rows: int) -> None:
        """Make a group whose arrays have so many rows."""
        made = self._root.create_group(
            group.name, attributes={"about": group.about, "coordinates": " ".join(group.coordinates)}
        )
        for spec in group.arrays:
            path = f"{group.name}/{spec.name}"
            self._arrays[path] = _create(made, spec, rows if spec.rows is None else spec.rows)
            if spec.is_gathered:
                self._gathered[path] = np.zeros(rows, spec.dtype)

    def write(self, path: str, start: int, rows: NDArray[Any]) -> None:
        """Write whole shards: rows from `start`, a border of shards, to another border or the end.

        Of an array that is gathered, any rows.
        """
        held = self._gathered if path in self._gathered else self._arrays
        held[path][start : start + len(rows)] = rows

    def write_shard(self, path: str, start: int, shard: ShardFile) -> None:
        """Write one shard, made by `empty_shard` and filled, whose rows begin at `start`."""
        self._store.put(self.key(path, start), shard.data)

    def write_bytes(self, key: str, data: bytes, file: FileSum) -> None:
        """Write a file as it is, whose sum is known."""
        self._store.put(key, np.frombuffer(data, np.uint8), file)

    def key(self, path: str, start: int) -> str:
        """The name of the file that holds the rows from `start` on."""
        array = self._arrays[path]
        place = (start // (array.shards or array.chunks)[0], *(0 for _ in array.shape[1:]))
        return f"{path}/{array.metadata.encode_chunk_key(place)}"

    def metadata(self, path: str) -> dict[str, Any]:
        """How an array is cut and encoded."""
        return self._store.metadata(path)

    def read(self, path: str, start: int, end: int) -> NDArray[Any]:
        """Rows that were written before."""
        held = self._gathered if path in self._gathered else self._arrays
        return np.asarray(held[path][start:end])

    def finish(self) -> None:
        """Write what was gathered."""
        for path, rows in self._gathered.items():
            if len(rows):
                self._arrays[path][:] = rows


def shards(rows: int, size: int) -> list[tuple[int, int]]:
    """Where each shard begins and ends."""
    return [(start, min(start + size, rows)) for start in range(0, rows, size)]


def _create(group: Any, spec: ArraySpec, rows: int) -> Any:
    compressed: Mapping[str, Any] = (
        {"compressors": None} if spec.table or spec.is_sharded else {"compressors": [ZstdCodec(level=1)]}
    )
    return group.create_array(
        spec.name,
        shape=(rows, *spec.tail),
        dtype=str if spec.dtype == TEXT else np.dtype(spec.dtype),
        chunks=(spec.chunk_rows, *spec.tail),
        shards=(spec.shard_rows, *spec.tail) if spec.is_sharded else None,
        dimension_names=spec.dims,
        attributes={"about": spec.about},
        config={"write_empty_chunks": True},
        **compressed,
    )
