"""Snapshots: which Zarr stores were exported, from which state.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "snapshot",
        sa.Column(
            "id", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment="the row's own number"
        ),
        sa.Column("target", sa.Text(), nullable=False, comment="where it was written: a path or a URL"),
        sa.Column(
            "taken_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when the MVCC snapshot was taken: the state the store shows",
        ),
        sa.Column("wal_position", sa.Text(), nullable=False, comment="of the server's log then"),
        sa.Column(
            "content_sha256",
            sa.Text(),
            nullable=False,
            comment="over all arrays and options: equal for equal contents",
        ),
        sa.Column("pages", sa.BigInteger(), nullable=False, comment="rows of pages/"),
        sa.Column("panels", sa.BigInteger(), nullable=False, comment="rows of panels/"),
        sa.Column("strips", sa.BigInteger(), nullable=False, comment="rows of strips/"),
        sa.Column("bytes", sa.BigInteger(), nullable=False, comment="of all its files"),
        sa.Column("seconds", sa.REAL(), nullable=False, comment="the export took"),
        sa.Column(
            "options",
            postgresql.JSONB(),
            nullable=False,
            comment="filters, models, dtype and splits it was asked for with",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("snapshot_pkey")),
        comment="Every Zarr snapshot that was exported; the stores themselves are files",
    )


def downgrade() -> None:
    op.drop_table("snapshot")
