"""Exporting, and keeping in the database that it was done."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from warehouse.database.connection import Database
from warehouse.database.store.snapshots import record_snapshot
from warehouse.records import SnapshotRecord
from warehouse.snapshots.export import Exported, Progress, export_snapshot
from warehouse.snapshots.request import SnapshotRequest


def export_and_record(
    database: Database,
    target: str | Path,
    request: SnapshotRequest,
    progress: Progress = lambda done, all_: None,
    since: str | Path | None = None,
) -> Exported:
    """Export a snapshot and add its row to table `snapshot`.  Raises as export_snapshot does."""
    exported = export_snapshot(database, target, request, progress, since)
    manifest = exported.manifest
    record = SnapshotRecord(
        target=exported.target,
        taken_at=datetime.fromisoformat(manifest.taken.at),
        wal_position=manifest.taken.wal_position,
        content_sha256=manifest.content_sha256,
        pages=manifest.counts["pages"],
        panels=manifest.counts["panels"],
        strips=manifest.counts["strips"],
        bytes=manifest.bytes,
        seconds=exported.seconds,
        options={**manifest.options, "models": [model["id"] for model in manifest.models.values()]},
    )
    with database.connect(autocommit=True) as connection:
        record_snapshot(connection, record)
    return exported
