"""Which snapshots were exported."""

from __future__ import annotations

from dataclasses import asdict

from psycopg.types.json import Jsonb

from warehouse.database.connection import Connection
from warehouse.database.statements import statement
from warehouse.records import SnapshotRecord


def record_snapshot(connection: Connection, record: SnapshotRecord) -> None:
    """Keep that a snapshot was exported."""
    connection.execute(
        statement("insert_snapshot"), asdict(record) | {"options": Jsonb(dict(record.options))}
    )
