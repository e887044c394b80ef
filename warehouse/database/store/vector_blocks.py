"""Vectors as blocks of PostgreSQL's binary COPY format, made whole by NumPy: no Python per row."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from warehouse.records import VectorRows

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"
ROWS = 4096
"""Of one block: 4 MiB of vectors of 512 numbers."""


def copy_blocks(vectors: VectorRows, model_id: int) -> Iterator[bytes]:
    """The rows (owner id, model_id, input_hash, v) as the bytes of one COPY, in blocks.

    A halfvec goes over the wire as int16 dim, int16 0, dim x float16, all big-endian (halfvec_recv).
    Raises ValueError where ids, hashes and vectors are not of one length.
    """
    count = len(vectors.owner_ids)
    if not count == len(vectors.input_hashes) == len(vectors.v):
        raise ValueError(
            f"{count} owners, {len(vectors.input_hashes)} hashes and {len(vectors.v)} vectors "
            f"for {vectors.table}"
        )
    yield HEADER
    for start in range(0, count, ROWS):
        yield _block(vectors, model_id, slice(start, start + ROWS))
    yield TRAILER


def _block(vectors: VectorRows, model_id: int, part: slice) -> bytes:
    v = vectors.v[part]
    dim = v.shape[1]
    rows = np.empty(len(v), _row_type(dim))
    rows["fields"] = 4
    rows["owner_size"], rows["owner"] = 8, vectors.owner_ids[part]
    rows["model_size"], rows["model"] = 2, model_id
    rows["hash_size"], rows["hash"] = 16, np.frombuffer(_hash_bytes(vectors, part), "V16")
    rows["v_size"], rows["dim"], rows["unused"], rows["v"] = 4 + 2 * dim, dim, 0, v
    return rows.tobytes()


def _hash_bytes(vectors: VectorRows, part: slice) -> bytes:
    return b"".join([input_hash.bytes for input_hash in vectors.input_hashes[part]])


def _row_type(dim: int) -> np.dtype[np.void]:
    """Every field has its length before it, as int32."""
    return np.dtype(
        [
            ("fields", ">i2"),
            ("owner_size", ">i4"),
            ("owner", ">i8"),
            ("model_size", ">i4"),
            ("model", ">i2"),
            ("hash_size", ">i4"),
            ("hash", "V16"),
            ("v_size", ">i4"),
            ("dim", ">i2"),
            ("unused", ">i2"),
            ("v", ">f2", (dim,)),
        ]
    )
