"""Which Zarr snapshots were exported."""

from __future__ import annotations

from sqlalchemy import REAL, BigInteger, Column, DateTime, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from warehouse.database.tables.parts import id_column, metadata

snapshot = Table(
    "snapshot",
    metadata,
    id_column(),
    Column("target", Text, nullable=False, comment="where it was written: a path or a URL"),
    Column(
        "taken_at",
        DateTime(timezone=True),
        nullable=False,
        comment="when the MVCC snapshot was taken: the state the store shows",
    ),
    Column("wal_position", Text, nullable=False, comment="of the server's log then"),
    Column(
        "content_sha256",
        Text,
        nullable=False,
        comment="over all arrays and options: equal for equal contents",
    ),
    Column("pages", BigInteger, nullable=False, comment="rows of pages/"),
    Column("panels", BigInteger, nullable=False, comment="rows of panels/"),
    Column("strips", BigInteger, nullable=False, comment="rows of strips/"),
    Column("bytes", BigInteger, nullable=False, comment="of all its files"),
    Column("seconds", REAL, nullable=False, comment="the export took"),
    Column(
        "options",
        JSONB,
        nullable=False,
        comment="filters, models, dtype and splits it was asked for with",
    ),
    comment="Every Zarr snapshot that was exported; the stores themselves are files",
)
