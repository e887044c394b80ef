"""How exact the HNSW indexes are."""

from __future__ import annotations

from sqlalchemy import (
    REAL,
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    SmallInteger,
    Table,
    Text,
    func,
)

from warehouse.database.tables.parts import id_column, metadata

index_check = Table(
    "index_check",
    metadata,
    id_column(),
    Column(
        "checked_at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.now(),
        comment="when it was measured",
    ),
    Column("scope", Text, nullable=False, comment="panels, pages or strips"),
    Column("space", Text, nullable=False, comment="of vectors, as in search_space()"),
    Column(
        "model_id",
        SmallInteger,
        ForeignKey("model.id", ondelete="CASCADE"),
        nullable=False,
        comment="whose vectors",
    ),
    Column("vectors", BigInteger, nullable=False, comment="of the model, when it was measured"),
    Column("queries", Text, nullable=False, comment="rows, or means of several rows' vectors"),
    Column("asked", Integer, nullable=False, comment="how many queries"),
    Column("hits", Integer, nullable=False, comment="how many nearest of each, as in recall@hits"),
    Column("ef_search", Integer, nullable=False, comment="hnsw.ef_search, at least"),
    Column("mean_recall", REAL, nullable=False, comment="share of the exact answer, 0 to 1"),
    Column("min_recall", REAL, nullable=False, comment="of the worst query, 0 to 1"),
    Column("exact_seconds", REAL, nullable=False, comment="a query, median"),
    Column("index_seconds", REAL, nullable=False, comment="a query, median"),
    CheckConstraint("queries in ('rows', 'means')", name="queries"),
    comment="Recall of searches by HNSW index against exact ones, as measured by 'warehouse index check'",
)
