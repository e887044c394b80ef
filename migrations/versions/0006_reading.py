"""Reading: lines in balloons and captions, of which kind they are, and what language a book's text is in.

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
    _add_blocks()
    _add_language()


def downgrade() -> None:
    op.drop_column("book", "text_sidecar")
    op.drop_column("book", "language_confidence")
    op.alter_column("text_line", "source", comment=SOURCE_BEFORE, existing_comment=SOURCE)
    for name, (now, before) in SPOKEN.items():
        op.alter_column("panel", name, comment=before, existing_comment=now)
    op.drop_column("text_line", "kind_confidence")
    op.drop_column("text_line", "block")


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
