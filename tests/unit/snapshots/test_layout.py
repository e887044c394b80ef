"""How arrays are cut."""

from __future__ import annotations

import math

import numpy as np
import pytest

from warehouse.database.snapshot_session import SnapshotModel
from warehouse.snapshots.layout import CHUNK_BYTES, TEXT, snapshot_groups
from warehouse.snapshots.padded_layout import padded_group
from warehouse.snapshots.request import Dtype, SnapshotRequest

DIMS = {"panel_encoder": 512, "sentence_encoder": 384, "strip_encoder": 512, "visual_backbone": 1280}


@pytest.mark.parametrize("dtype", ["float16", "float32"])
def test_chunks_are_of_a_mebibyte_at_least(dtype: Dtype) -> None:
    models = {kind: SnapshotModel(1, kind, "m", "1", dim, "", False) for kind, dim in DIMS.items()}
    groups = snapshot_groups(models, SnapshotRequest(features=True, dtype=dtype))
    groups += (padded_group(groups[0], models, dtype),)
    for spec in (spec for group in groups for spec in group.arrays if spec.rows is None):
        word = np.dtypes.StringDType() if spec.dtype == TEXT else np.dtype(spec.dtype)
        chunk = spec.chunk_rows * math.prod(spec.tail) * word.itemsize
        assert CHUNK_BYTES <= chunk <= 8 * CHUNK_BYTES, spec.name
        assert spec.shard_rows % spec.chunk_rows == 0
