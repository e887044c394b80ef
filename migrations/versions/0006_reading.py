"""Reading: panels that are no boxes, balloons, kinds and language of text.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

SPOKEN = {
    "dialogue": ("balloons of speech or thought, in reading order", "the lines known as speech"),
    "narration": ("captions, in reading order", "the lines known as captions"),
    "sfx": ("sound effects, in reading order", "the lines known as sound effects"),
}
SOURCE = "who read it: a reader's name, sidecar or epub"
SOURCE_BEFORE = "which reader read it"


def upgrade() -> None:
    _add_polygons()
    _add_blocks()
    _add_language()
    _create_panel_order()


def downgrade() -> None:
    op.drop_table("panel_order")
    op.drop_column("book", "text_sidecar")
    op.drop_column("book", "language_confidence")
    op.alter_column("text_line", "source", comment=SOURCE_BEFORE, existing_comment=SOURCE)
    for name, (now, before) in SPOKEN.items():
        op.alter_column("panel", name, comment=before, existing_comment=now)
    op.drop_column("text_line", "kind_confidence")
    op.drop_column("text_line", "block")
    op.drop_constraint(op.f("panel_polygon_check"), "panel")
    op.drop_column("panel", "polygon")


def _add_polygons() -> None:
    op.add_column(
        "panel",
        sa.Column(
            "polygon",
            sa.ARRAY(sa.Integer, dimensions=2),
            comment="its outline where it is not a box: x, y of each corner in pixels; null: the box",
        ),
    )
    op.create_check_constraint(
        op.f("panel_polygon_check"),
        "panel",
        "array_length(polygon, 1) >= 3 and array_length(polygon, 2) = 2",
    )


def _add_blocks() -> None:
    op.add_column(
        "text_line",
        sa.Column(
            "block", sa.Integer, comment="balloon, caption or sound it is part of, 0-based on its page"
        ),
    )
    op.add_column("text_line", sa.Column("kind_confidence", sa.REAL, comment="how sure the kind is, 0 to 1"))
    for name, (now, before) in SPOKEN.items():
        op.alter_column("panel", name, comment=now, existing_comment=before)
    op.alter_column("text_line", "source", comment=SOURCE, existing_comment=SOURCE_BEFORE)


def _add_language() -> None:
    op.add_column(
        "book",
        sa.Column(
            "language_confidence",
            sa.REAL,
            comment="0 to 1, of a language seen in the text; null where somebody says so, or nobody knows",
        ),
    )
    op.add_column(
        "book",
        sa.Column("text_sidecar", sa.Text, comment="SHA-256 of the files beside it that gave text"),
    )


def _create_panel_order() -> None:
    op.create_table(
        "panel_order",
        sa.Column("book_id", sa.BigInteger(), nullable=False, comment="the book it belongs to"),
        sa.Column("md5", sa.Text(), nullable=False, comment="of the picture whose panels are ordered"),
        sa.Column("page", sa.Integer(), nullable=False, comment="page.seq of that picture at the time"),
        sa.Column(
            "boxes",
            sa.ARRAY(sa.Integer(), dimensions=2),
            nullable=False,
            comment="x, y, w, h of each panel in pixels, in the order they are to be read",
        ),
        sa.Column(
            "edited_at",
            sa.DateTime(timezone=True),
            server_default=sa.func.now(),
            nullable=False,
            comment="when",
        ),
        sa.ForeignKeyConstraint(
            ["book_id"], ["book.id"], name=op.f("panel_order_book_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("book_id", "md5", name=op.f("panel_order_pkey")),
        comment="Reading orders of panels by a person: they hold while picture and panels are the same",
    )
