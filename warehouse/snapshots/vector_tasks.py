"""Stored vectors into their arrays: a shard a task, read by one COPY and written once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
from numpy.typing import NDArray

from warehouse.database.connection import Connection
from warehouse.database.snapshot_session import SnapshotModel, vector_rows
from warehouse.database.vector_tables import VECTOR_TABLES
from warehouse.snapshots.layout import ArraySpec, GroupSpec
from warehouse.snapshots.shard_file import empty_shard
from warehouse.snapshots.since import EarlierSnapshot
from warehouse.snapshots.store_writer import StoreWriter, shards

Ids = NDArray[np.int64]


def vector_tasks(
    writer: StoreWriter,
    group: GroupSpec,
    ids: Ids,
    models: Mapping[str, SnapshotModel],
    earlier: EarlierSnapshot | None,
) -> list[Callable[[Connection], None]]:
    """One task a shard of every array of stored vectors in the group; ids: of the owners, by row."""
    stored = [(spec, VECTOR_TABLES[spec.table].kind) for spec in group.arrays if spec.table is not None]
    size = max((spec.shard_rows for spec, _ in stored), default=1)
    return [
        partial(_write_shard, writer, group.name, spec, models[kind], ids, shard, earlier)
        for shard in shards(len(ids), size)
        for spec, kind in stored
    ]


def fill_stored(
    connection: Connection, table: str, model: SnapshotModel, ids: Ids, vectors: NDArray[np.floating]
) -> NDArray[np.bool_]:
    """Put the vectors of these owners into `vectors` (n, dim), which are zero; (n,) whether there is one."""
    present = np.zeros(len(ids), np.bool_)
    order = np.argsort(ids, kind="stable")
    for owners, found in vector_rows(connection, table, model, ids):
        places = order[np.searchsorted(ids, owners, sorter=order)]
        vectors[places] = found
        present[places] = True
    return present


def _write_shard(
    writer: StoreWriter,
    group: str,
    spec: ArraySpec,
    model: SnapshotModel,
    ids: Ids,
    shard: tuple[int, int],
    earlier: EarlierSnapshot | None,
    connection: Connection,
) -> None:
    assert spec.table is not None
    first, end = shard
    present = None
    if earlier is not None:
        present = earlier.copied_vectors(connection, writer, group, spec, model, ids, shard)
    if present is None:
        made = empty_shard(spec, end - first)
        present = fill_stored(connection, spec.table, model, ids[first:end], made.rows)
        writer.write_shard(f"{group}/{spec.name}", first, made)
    writer.write(f"{group}/{spec.name}_mask", first, present)
