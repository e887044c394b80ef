"""The ledger, defined concepts, and which SQL is in place."""

from __future__ import annotations

from sqlalchemy import (
    REAL,
    CheckConstraint,
    Column,
    DateTime,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from warehouse.database.tables.parts import metadata, owner_column

work = Table(
    "work",
    metadata,
    owner_column("book", key=True),
    Column("stage", Text, primary_key=True),
    Column("revision", Text, comment="of the stage that did it"),
    Column("state", Text, nullable=False, server_default=text("'ready'")),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("lease_token", Uuid),
    Column("lease_until", DateTime(timezone=True)),
    Column("lease_pid", Integer, comment="database session of the holder: gone means free"),
    Column("lease_session", DateTime(timezone=True), comment="start of that session"),
    Column("error_code", Text),
    Column("error", Text),
    Column("seconds", REAL, comment="of the last run"),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    CheckConstraint("state in ('ready', 'leased', 'done', 'failed', 'quarantined')", name="state"),
    Index("work_state_stage_idx", "state", "stage"),
    comment="The ledger: every stage of every book",
)

concept = Table(
    "concept",
    metadata,
    Column("name", Text, primary_key=True),
    Column("text_query", Text, comment="pages whose text matches, in web search syntax"),
    Column("series", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    Column("characters", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    Column("genres", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    comment="A named set of pages to average and compare",
)

sql_objects = Table(
    "sql_objects",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("applied_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    comment="Which set of functions and views from sql/ is in place",
)
