"""Is a snapshot, row for row and bit for bit, what the database holds?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import zarr
from numpy.typing import NDArray
from psycopg import sql

from warehouse.database.connection import Connection
from warehouse.database.snapshot_session import snapshot_models
from warehouse.database.vector_tables import VECTOR_TABLES
from warehouse.snapshots.layout import snapshot_groups
from warehouse.snapshots.manifest import NAME
from warehouse.snapshots.request import SnapshotRequest
from warehouse.snapshots.verify import open_manifest

AT_ONCE = 16_384


def wrong_vectors(connection: Connection, target: Path) -> tuple[int, int]:
    """Vectors compared, and those that differ, are missing, or are there although the database has none.

    The server is asked for the bytes of each (halfvec_send), by another way than the export's.
    """
    compared = wrong = 0
    for group in snapshot_groups(snapshot_models(connection, ()), SnapshotRequest()):
        held = zarr.open_group(target / group.name, mode="r")
        for spec in group.arrays:
            if spec.table is not None:
                ids = held[f"{VECTOR_TABLES[spec.table].owner}_id"][:]
                counts = _compare(connection, spec.table, ids, held[spec.name], held[f"{spec.name}_mask"])
                compared, wrong = compared + counts[0], wrong + counts[1]
    return compared, wrong


def different_files(one: Path, other: Path) -> list[str]:
    """Names of files of which the bytes differ; of the manifests, all but when they were taken."""
    names = {path.relative_to(place).as_posix() for place in (one, other) for path in place.rglob("*")}
    found = [
        name
        for name in sorted(names - {NAME})
        if not (one / name).is_dir() and (one / name).read_bytes() != (other / name).read_bytes()
    ]
    manifests = [open_manifest(place) for place in (one, other)]
    return found + ([NAME] if manifests[0].content_sha256 != manifests[1].content_sha256 else [])


def _compare(
    connection: Connection, table: str, ids: NDArray[np.int64], array: Any, mask: Any
) -> tuple[int, int]:
    wrong = compared = 0
    command = "select {owner}, halfvec_send(v) from {table} where {owner} = any (%s) order by {owner}"
    query = sql.SQL(command).format(
        owner=sql.Identifier(f"{VECTOR_TABLES[table].owner}_id"), table=sql.Identifier(table)
    )
    for start in range(0, len(ids), AT_ONCE):
        end = min(start + AT_ONCE, len(ids))
        with connection.cursor(binary=True) as cursor:
            rows = cursor.execute(query, (ids[start:end].tolist(),)).fetchall()
        owners = np.asarray([row[0] for row in rows], np.int64)
        sent = np.frombuffer(b"".join(row[1] for row in rows), ">u2").reshape(len(rows), -1)[:, 2:]
        order = np.argsort(ids[start:end])
        places = order[np.searchsorted(ids[start:end], owners, sorter=order)]
        expected = np.zeros((end - start, array.shape[1]), np.uint16)
        expected[places] = sent
        present = np.zeros(end - start, np.bool_)
        present[places] = True
        differs = (array[start:end].view(np.uint16) != expected).any(axis=1)
        wrong += int((differs | (mask[start:end] != present)).sum())
        compared += len(rows)
    return compared, wrong
