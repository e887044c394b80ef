"""Pages that show the same picture, in groups.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "page_grouping",
        sa.Column("max_distance", sa.SmallInteger(), nullable=False, comment="of pHashes in one group, bits"),
        sa.Column(
            "state", sa.Text(), nullable=False, comment="library_state() of the pages that were compared"
        ),
        sa.Column("pages", sa.Integer(), nullable=False, comment="how many were compared"),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("max_distance", name=op.f("page_grouping_pkey")),
        comment="When page_group was filled, one row a distance asked for",
    )
    op.create_table(
        "page_group",
        sa.Column("page_id", sa.BigInteger(), nullable=False),
        sa.Column("max_distance", sa.SmallInteger(), nullable=False),
        sa.Column("canonical_page_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "distance", sa.SmallInteger(), nullable=False, comment="of its pHash from the canonical page's"
        ),
        sa.ForeignKeyConstraint(
            ["page_id"], ["page.id"], name=op.f("page_group_page_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["canonical_page_id"],
            ["page.id"],
            name=op.f("page_group_canonical_page_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["max_distance"],
            ["page_grouping.max_distance"],
            name=op.f("page_group_max_distance_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("page_id", "max_distance", name=op.f("page_group_pkey")),
        comment="Groups of pages that show the same picture; pages in no group have no row",
    )
    op.create_index(op.f("page_group_canonical_page_id_idx"), "page_group", ["canonical_page_id"])


def downgrade() -> None:
    op.drop_index(op.f("page_group_canonical_page_id_idx"), table_name="page_group")
    op.drop_table("page_group")
    op.drop_table("page_grouping")
