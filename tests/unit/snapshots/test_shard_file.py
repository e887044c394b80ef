"""A shard is to the byte what zarr-python writes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import zarr

from warehouse.snapshots.layout import CHUNKS, ArraySpec
from warehouse.snapshots.shard_file import empty_shard


@pytest.mark.parametrize("dtype", ["float16", "float32"])
@pytest.mark.parametrize("tail", [(6,), (16, 3)])
@pytest.mark.parametrize("count", [1, 23, 24, 25, 192])
def test_bytes_are_those_of_zarr(tmp_path: Path, dtype: str, tail: tuple[int, ...], count: int) -> None:
    spec = ArraySpec("v", ("row", "a", "b")[: 1 + len(tail)], tail, dtype, "", CHUNKS * 24, chunks=CHUNKS)
    array = zarr.create_array(
        tmp_path / "a.zarr", shape=(count, *tail), dtype=dtype, chunks=(24, *tail), shards=(192, *tail),
        compressors=None, config={"write_empty_chunks": True},
    )  # fmt: skip
    shard = empty_shard(spec, count)
    assert not shard.rows.any()
    shard.rows[:] = np.random.default_rng(1).standard_normal((count, *tail))
    array[:] = shard.rows
    [file] = (path for path in (tmp_path / "a.zarr/c").rglob("*") if path.is_file())
    assert file.read_bytes() == shard.data.tobytes()
