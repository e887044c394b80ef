"""How exact the HNSW indexes are, as measured."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def add_index_checks() -> None:
    op.create_table(
        "index_check",
        sa.Column(
            "id",
            sa.BigInteger(),
            sa.Identity(always=True),
            nullable=False,
            comment="the row's own number",
        ),
        sa.Column(
            "checked_at",
            sa.DateTime(timezone=True),
            server_default=sa.func.now(),
            nullable=False,
            comment="when it was measured",
        ),
        sa.Column("scope", sa.Text(), nullable=False, comment="panels, pages or strips"),
        sa.Column("space", sa.Text(), nullable=False, comment="of vectors, as in search_space()"),
        sa.Column("model_id", sa.SmallInteger(), nullable=False, comment="whose vectors"),
        sa.Column("vectors", sa.BigInteger(), nullable=False, comment="of the model, when it was measured"),
        sa.Column("queries", sa.Text(), nullable=False, comment="rows, or means of several rows' vectors"),
        sa.Column("asked", sa.Integer(), nullable=False, comment="how many queries"),
        sa.Column(
            "hits", sa.Integer(), nullable=False, comment="how many nearest of each, as in recall@hits"
        ),
        sa.Column("ef_search", sa.Integer(), nullable=False, comment="hnsw.ef_search, at least"),
        sa.Column("mean_recall", sa.REAL(), nullable=False, comment="share of the exact answer, 0 to 1"),
        sa.Column("min_recall", sa.REAL(), nullable=False, comment="of the worst query, 0 to 1"),
        sa.Column("exact_seconds", sa.REAL(), nullable=False, comment="a query, median"),
        sa.Column("index_seconds", sa.REAL(), nullable=False, comment="a query, median"),
        sa.CheckConstraint("queries in ('rows', 'means')", name=op.f("index_check_queries_check")),
        sa.ForeignKeyConstraint(
            ["model_id"], ["model.id"], name=op.f("index_check_model_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("index_check_pkey")),
        comment="Recall of searches by HNSW index against exact ones, as measured by 'warehouse index check'",
    )


def drop_index_checks() -> None:
    op.drop_table("index_check")
