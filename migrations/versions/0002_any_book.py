"""Several paths a book, a person's edits, spreads and slices.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"

FORMATS = "by content: zip, rar, 7z, tar, pdf, epub, folder, image"
PATH = "where it is read from, or was last"
OLD_FORMATS = "zip, folder, pdf, epub, by content"
SAID_BY = "which metadata says so: comicinfo, metroninfo, calibre..."


def upgrade() -> None:
    op.add_column(
        "book",
        sa.Column(
            "direction_confidence",
            sa.REAL(),
            nullable=True,
            comment="0 to 1; 1 where the book or a person says so, else a guess",
        ),
    )
    op.alter_column("book", "format", comment=FORMATS, existing_comment=OLD_FORMATS)
    op.alter_column("book", "path", comment=PATH)
    _create_book_path()
    _create_book_edit()
    op.execute(
        "update book set metadata = metadata || jsonb_build_object("
        "'problem', jsonb_build_object('code', error_code, 'error', error)) where status = 'partial'"
    )
    _add_page_columns()
    _add_panel_columns()
    op.add_column("credit", sa.Column("source", sa.Text(), nullable=True, comment=SAID_BY))
    op.add_column("identifier", sa.Column("said_by", sa.Text(), nullable=True, comment=SAID_BY))


def downgrade() -> None:
    op.drop_column("identifier", "said_by")
    op.drop_column("credit", "source")
    op.drop_column("panel", "to_next")
    op.drop_column("panel", "from_previous")
    for name in ("chain_y", "chain", "fold_x", "double_page"):
        op.drop_column("page", name)
    op.drop_table("book_edit")
    op.drop_index(op.f("book_path_idx"), table_name="book")
    op.execute(
        "update book set path = path || ' (gone, book ' || id || ')'"
        " where exists (select from book o where o.path = book.path and o.id < book.id)"
    )
    op.create_unique_constraint(op.f("book_path_key"), "book", ["path"])
    op.drop_index(op.f("book_path_file_sha256_idx"), table_name="book_path")
    op.drop_index(op.f("book_path_book_id_idx"), table_name="book_path")
    op.drop_table("book_path")
    op.alter_column("book", "path", comment=None, existing_comment=PATH)
    op.alter_column("book", "format", comment=OLD_FORMATS, existing_comment=FORMATS)
    op.drop_column("book", "direction_confidence")


def _create_book_path() -> None:
    op.create_table(
        "book_path",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("book_id", sa.BigInteger(), nullable=False),
        sa.Column("file_bytes", sa.BigInteger(), nullable=True),
        sa.Column(
            "file_modified", sa.BigInteger(), nullable=True, comment="modification time, ns since the epoch"
        ),
        sa.Column("file_sha256", sa.Text(), nullable=True, comment="of what lies there, when last looked at"),
        sa.Column("added_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.ForeignKeyConstraint(
            ["book_id"], ["book.id"], name=op.f("book_path_book_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("path", name=op.f("book_path_pkey")),
        comment="Every path a book's bytes lie at; book.path is the one it is read from",
    )
    op.create_index(op.f("book_path_book_id_idx"), "book_path", ["book_id"])
    op.create_index(op.f("book_path_file_sha256_idx"), "book_path", ["file_sha256"])
    op.execute(
        "insert into book_path (path, book_id, file_bytes, file_modified, file_sha256, added_at)"
        " select path, id, file_bytes, file_modified, file_sha256, added_at from book"
    )
    # A path belongs to the book whose bytes lie there; another book may have been read from it last.
    op.drop_constraint(op.f("book_path_key"), "book", type_="unique")
    op.create_index(op.f("book_path_idx"), "book", ["path"])


def _create_book_edit() -> None:
    op.create_table(
        "book_edit",
        sa.Column("book_id", sa.BigInteger(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", postgresql.JSONB(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.ForeignKeyConstraint(
            ["book_id"], ["book.id"], name=op.f("book_edit_book_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("book_id", "field", name=op.f("book_edit_pkey")),
        comment="What a person says of a book: beats every other source, and survives another ingest",
    )


def _add_page_columns() -> None:
    op.add_column(
        "page",
        sa.Column(
            "double_page",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="two pages of the book in one picture",
        ),
    )
    for name, comment in (
        ("fold_x", "where the two pages of a spread part, in pixels; null: one drawing"),
        ("chain", "the run of webtoon slices it belongs to, 0-based; null: no slice"),
        ("chain_y", "its top in the run, in pixels of the run's first slice"),
    ):
        op.add_column("page", sa.Column(name, sa.Integer(), nullable=True, comment=comment))


def _add_panel_columns() -> None:
    for name, comment in (
        ("from_previous", "goes on from the last panel of the slice before"),
        ("to_next", "goes on in the first panel of the next slice"),
    ):
        op.add_column(
            "panel",
            sa.Column(name, sa.Boolean(), server_default=sa.text("false"), nullable=False, comment=comment),
        )
