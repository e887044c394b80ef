"""Rows of a snapshot's arrays into memory that is there already.

zarr-python makes new memory for every chunk and copies it twice.  A shard whose chunks lie one behind the
other without compression, as the warehouse writes them, is its rows: they are read from its file in one go.
"""

from __future__ import annotations

import math
import mmap
import os
import sys
from io import FileIO
from pathlib import Path
from typing import Any

import numpy as np
import zarr
from numpy.typing import NDArray
from zarr.codecs import BytesCodec, Crc32cCodec, ShardingCodec, ShardingCodecIndexLocation
from zarr.storage import LocalStore


class ArrayRows:
    """One array.  rows: how many.  together: how many lie in a shard, or in a chunk where there are none."""

    def __init__(self, group: zarr.Group, name: str) -> None:
        found = group[name]
        assert isinstance(found, zarr.Array)
        self._array: zarr.Array[Any] = found
        self.rows = int(found.shape[0])
        self.together = int((found.shards or found.chunks)[0])
        self._folder = _folder(found)

    def empty(self, rows: int) -> NDArray[Any]:
        """Memory for so many rows."""
        shape = (rows, *self._array.shape[1:])
        memory = _aligned(math.prod(shape) * self._array.dtype.itemsize)
        return memory.view(self._array.dtype).reshape(shape)

    def read(self, first: int, out: NDArray[Any]) -> None:
        """Fill `out` with the rows from `first` on."""
        if not (self._folder and self._read_file(self._folder, first, out)):
            out[:] = self._array[first : first + len(out)]

    def _read_file(self, folder: Path, first: int, out: NDArray[Any]) -> bool:
        """Whether the rows were read, all of them, from the one shard that they lie in."""
        shard, skipped = divmod(first, self.together)
        if skipped + len(out) > self.together:
            return False
        key = self._array.metadata.encode_chunk_key((shard, *(0 for _ in out.shape[1:])))
        width = math.prod(out.shape[1:]) * out.itemsize
        chunk_rows = self._array.chunks[0]
        wanted = slice(skipped // chunk_rows, -(-(skipped + len(out)) // chunk_rows))
        try:
            with open(folder / key, "rb", buffering=0) as file:
                places = _places(file, self.together // chunk_rows)[wanted]
                if places.tolist() != _behind_each_other(wanted, chunk_rows * width):
                    return False
                file.seek(skipped * width)
                return file.readinto(out.reshape(-1).view(np.uint8).data) == out.nbytes
        except FileNotFoundError:  # rows that are all zero need no file
            return False


def _aligned(size: int) -> NDArray[np.uint8]:
    """Memory that begins with a page: into NumPy's own, 16 bytes off, files were read four times slower."""
    memory = np.empty(size + mmap.PAGESIZE, np.uint8)
    skipped = -memory.ctypes.data % mmap.PAGESIZE
    return memory[skipped : skipped + size]


def _folder(array: zarr.Array[Any]) -> Path | None:
    """Where the files lie, if rows lie in them as they lie in memory."""
    [codec, *more] = array.metadata.codecs
    plain = (
        isinstance(array.store, LocalStore)
        and isinstance(codec, ShardingCodec)
        and not more
        and codec.codecs == (BytesCodec(endian=sys.byteorder),)
        and codec.index_codecs == (BytesCodec(endian="little"), Crc32cCodec())
        and codec.index_location == ShardingCodecIndexLocation.end
        and array.chunks[1:] == array.shape[1:]
    )
    return array.store.root / array.path if plain else None


def _places(file: FileIO, chunks: int) -> NDArray[np.uint64]:
    """(chunks, 2) where each chunk of a shard begins, and how long it is."""
    file.seek(-16 * chunks - 4, os.SEEK_END)
    return np.frombuffer(file.read(16 * chunks), "<u8").reshape(chunks, 2)


def _behind_each_other(chunks: slice, size: int) -> list[list[int]]:
    return [[place * size, size] for place in range(chunks.start, chunks.stop)]
