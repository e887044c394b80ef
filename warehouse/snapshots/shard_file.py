"""One shard of Zarr v3 as the bytes of its file: chunks one behind the other, then where each of them lies.

zarr-python puts a shard together from chunks that it copies and encodes one by one.  Without compression, and
cut along the rows alone, a shard is its rows as they lie in memory: they are filled in place, written once.
https://zarr-specs.readthedocs.io/en/latest/v3/codecs/sharding-indexed/index.html
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import google_crc32c
import numpy as np
from numpy.typing import NDArray

from warehouse.snapshots.layout import ArraySpec

_ABSENT = np.uint64(2**64 - 1)


@dataclass(frozen=True, slots=True)
class ShardFile:
    """rows: (n, *tail), zero at first, to be filled.  data: bytes of the file; the rows are part of it."""

    rows: NDArray[Any]
    data: NDArray[np.uint8]


def empty_shard(spec: ArraySpec, count: int) -> ShardFile:
    """A shard of so many rows, of an array that is sharded and not compressed."""
    dtype = np.dtype(spec.dtype).newbyteorder("<")
    row_bytes = math.prod(spec.tail) * dtype.itemsize
    chunks = -(-count // spec.chunk_rows)
    index = _index(spec.chunks, chunks, spec.chunk_rows * row_bytes)
    end = chunks * spec.chunk_rows * row_bytes
    data = np.zeros(end + len(index), np.uint8)
    data[end:] = np.frombuffer(index, np.uint8)
    return ShardFile(data[: count * row_bytes].view(dtype).reshape(count, *spec.tail), data)


def _index(all_: int, chunks: int, chunk_bytes: int) -> bytes:
    """Offset and size of each chunk, those beyond the end of the array absent, and a checksum of that."""
    places = np.full((all_, 2), _ABSENT, "<u8")
    places[:chunks, 0] = np.arange(chunks) * chunk_bytes
    places[:chunks, 1] = chunk_bytes
    index = places.tobytes()
    return index + int(google_crc32c.value(index)).to_bytes(4, "little")
