"""The arrays of `padded/`, put together from those of pages/ and panels/, which are written by then."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from warehouse.contracts import STRIP_LENGTH
from warehouse.snapshots.layout import GroupSpec
from warehouse.snapshots.padded_layout import MASK_ROWS, PADDED_ROWS
from warehouse.snapshots.padding import Runs, write_padded_vectors
from warehouse.snapshots.plan import PagePlan
from warehouse.snapshots.since import EarlierSnapshot
from warehouse.snapshots.store_writer import StoreWriter, shards

_BEYOND = {"attention_weights": 0, "reading_order": -1, "text_content": "", "panel_coordinates": 0}


def write_padded_view(
    writer: StoreWriter, plan: PagePlan, group: GroupSpec, earlier: EarlierSnapshot | None
) -> dict[str, int]:
    """Write it; returns how many pages and panels lost something by it."""
    panels = np.diff(plan.starts)
    runs = Runs(plan.starts[:-1], panels)
    writer.write("padded/panel_id", 0, np.arange(STRIP_LENGTH, dtype=np.int32))
    _write_mask(writer, "panel_mask", runs.inside)
    for spec in group.arrays:
        if spec.name == "panel_embeddings":
            has_vector = write_padded_vectors(writer, "padded", spec, runs, earlier)
            _write_mask(writer, "panel_embeddings_mask", has_vector)
        elif spec.name in _BEYOND:
            for first, end in shards(len(runs), PADDED_ROWS):
                _write_panels(writer, spec.name, runs.part(first, end), first)
        elif spec.dims[0] == "page_id" and "panel_id" not in spec.dims:
            for first, end in shards(len(runs), spec.shard_rows):
                writer.write(f"padded/{spec.name}", first, writer.read(f"pages/{spec.name}", first, end))
    beyond = np.maximum(panels - STRIP_LENGTH, 0)
    return {"padded_pages_cut": int((beyond > 0).sum()), "padded_panels_cut": int(beyond.sum())}


def _write_panels(writer: StoreWriter, name: str, runs: Runs, first: int) -> None:
    low, high = runs.span
    values = writer.read(f"panels/{name}", low, high)
    padded: NDArray[Any] = np.full((*runs.inside.shape, *values.shape[1:]), _BEYOND[name], values.dtype)
    padded[runs.inside] = values[runs.rows - low]
    writer.write(f"padded/{name}", first, padded)


def _write_mask(writer: StoreWriter, name: str, mask: NDArray[np.bool_]) -> None:
    for first, end in shards(len(mask), MASK_ROWS):
        writer.write(f"padded/{name}", first, mask[first:end])
