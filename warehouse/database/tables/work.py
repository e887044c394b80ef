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
    Column("stage", Text, primary_key=True, comment="pages, panels, text, page_types, panel_vectors, strips"),
    Column("revision", Text, comment="of the stage that did it"),
    Column(
        "state",
        Text,
        nullable=False,
        server_default=text("'waiting'"),
        comment="waiting (for an earlier stage), ready, leased (under way), done, failed (said why: tried"
        " again when asked), quarantined (given up after several attempts)",
    ),
    Column("attempts", Integer, nullable=False, server_default=text("0"), comment="runs begun"),
    Column("lease_token", Uuid, comment="who holds it: only the holder of the token may finish it"),
    Column("lease_until", DateTime(timezone=True), comment="when the lease ends unless renewed"),
    Column("lease_pid", Integer, comment="database session of the holder: gone means free"),
    Column("lease_session", DateTime(timezone=True), comment="start of that session"),
    Column("worker", Text, comment="host:pid of the process that holds it, or did it last"),
    Column("sent_at", DateTime(timezone=True), comment="when workers were last sent a message for it"),
    Column("error_code", Text, comment="stable code of what went wrong, see docs/errors.md"),
    Column("error", Text, comment="the same in words"),
    Column("seconds", REAL, comment="of the last run"),
    Column(
        "updated_at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.now(),
        comment="when the state last changed: of a leased row when its lease began",
    ),
    CheckConstraint("state in ('waiting', 'ready', 'leased', 'done', 'failed', 'quarantined')", name="state"),
    Index("work_state_stage_idx", "state", "stage"),
    Index(
        "work_ready_idx",
        "stage",
        text("sent_at nulls first"),
        postgresql_where=text("state = 'ready'"),
        postgresql_include=["updated_at"],
    ),
    Index("work_leased_idx", "book_id", postgresql_where=text("state = 'leased'")),
    Index("work_done_idx", "updated_at", postgresql_where=text("state = 'done'")),
    comment="The ledger: every stage of every book",
)

worker = Table(
    "worker",
    metadata,
    Column("name", Text, primary_key=True, comment="host:pid"),
    Column("host", Text, nullable=False, comment="name of its machine"),
    Column("pid", Integer, nullable=False, comment="process id there"),
    Column("queues", ARRAY(Text), nullable=False, comment="that it serves: io, cpu, gpu, export"),
    Column(
        "started_at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.now(),
        comment="when the process began",
    ),
    Column(
        "seen_at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.now(),
        comment="when it last gave a sign of life",
    ),
    comment="The worker processes: a row while one runs, and a while longer where it ended badly",
)

concept = Table(
    "concept",
    metadata,
    Column("name", Text, primary_key=True, comment="as it is asked for"),
    Column("text_query", Text, comment="pages whose text matches, in web search syntax"),
    Column(
        "series",
        ARRAY(Text),
        nullable=False,
        server_default=text("'{}'"),
        comment="names of series, matched as whole words",
    ),
    Column(
        "characters",
        ARRAY(Text),
        nullable=False,
        server_default=text("'{}'"),
        comment="names of characters, matched as whole words",
    ),
    Column(
        "genres",
        ARRAY(Text),
        nullable=False,
        server_default=text("'{}'"),
        comment="genres as tagged, case aside",
    ),
    Column(
        "created_at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.now(),
        comment="when it was first defined",
    ),
    *(
        Column(name, ARRAY(Text), nullable=False, server_default=text("'{}'"), comment="of books, as words")
        for name in ("titles", "story_arcs")
    ),
    comment="A named set of pages to average and compare",
)

sql_objects = Table(
    "sql_objects",
    metadata,
    Column("sha256", Text, primary_key=True, comment="SHA-256 over the files of sql/functions and sql/views"),
    Column(
        "applied_at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.now(),
        comment="when they were put in place",
    ),
    comment="Which set of functions and views from sql/ is in place",
)
