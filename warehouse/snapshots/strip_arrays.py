"""The arrays of `strips/`: runs of panels, padded to 16."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from warehouse.database.connection import Connection
from warehouse.database.snapshot_session import strip_rows
from warehouse.snapshots.layout import BLOCK_ROWS, GroupSpec
from warehouse.snapshots.padding import Runs, write_padded_vectors
from warehouse.snapshots.plan import PagePlan
from warehouse.snapshots.since import EarlierSnapshot
from warehouse.snapshots.store_writer import StoreWriter, shards

Ids = NDArray[np.int64]

PAGES_AT_ONCE = 16_384


@dataclass(frozen=True, slots=True)
class Strips:
    """One row a strip, (n,) each.  starts: the row of its first panel in panels/.  counts: its panels."""

    ids: Ids
    page_rows: Ids
    starts: Ids
    counts: Ids


def read_strips(connection: Connection, plan: PagePlan) -> Strips:
    """The strips of all pages of the plan, in the order of pages and of reading."""
    parts = [
        (
            rows["strip_id"].astype(np.int64),
            pages := rows["page"].astype(np.int64) - 1 + first,
            plan.starts[pages] + rows["skipped"].astype(np.int64),
            rows["panels"].astype(np.int64),
        )
        for first, end in shards(len(plan.rows), PAGES_AT_ONCE)
        for rows in strip_rows(connection, plan.page_ids[first:end])
    ]
    if not parts:
        return Strips(*(np.empty(0, np.int64) for _ in range(4)))
    return Strips(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def write_strip_numbers(writer: StoreWriter, strips: Strips) -> None:
    """Where each strip lies."""
    columns = {
        "strip_id": strips.ids,
        "page_row": strips.page_rows,
        "panel_start": strips.starts,
        "panel_count": strips.counts,
    }
    for name, values in columns.items():
        for first, end in shards(len(values), BLOCK_ROWS):
            writer.write(f"strips/{name}", first, values[first:end])


def write_padded(
    writer: StoreWriter, strips: Strips, group: GroupSpec, earlier: EarlierSnapshot | None
) -> None:
    """The fused vectors of each strip's panels, taken from panels/, which is written by now."""
    spec = next(spec for spec in group.arrays if spec.name == "panel_embeddings")
    mask = write_padded_vectors(writer, group.name, spec, Runs(strips.starts, strips.counts), earlier)
    for first, end in shards(len(mask), BLOCK_ROWS):
        writer.write("strips/panel_mask", first, mask[first:end])
