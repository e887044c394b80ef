"""Sums of vectors by book: two tables, and the triggers that forget sums when pages change what they say.

Whoever writes vectors forgets the sums of the book; pages, panels and strips that change or go do it here.
"""

from __future__ import annotations

import pgvector.sqlalchemy
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

FORGET_BY_PAGE = """
create function forget_by_page() returns trigger language plpgsql as $$
begin
  delete from summed_book where book_id = old.book_id;
  if tg_op = 'UPDATE' and new.book_id <> old.book_id then
    delete from summed_book where book_id = new.book_id;
  end if;
  return null;
end
$$
"""
FORGET_BY_PART = """
create function forget_by_part() returns trigger language plpgsql as $$
begin
  delete from summed_book where book_id in (select p.book_id from page p join gone on p.id = gone.page_id);
  return null;
end
$$
"""
TRIGGERS = {
    "page_changed": "after update on page for each row when ("
    "old.page_type is distinct from new.page_type or old.low_information <> new.low_information"
    " or old.book_id <> new.book_id) execute function forget_by_page()",
    "page_gone": "after delete on page for each row execute function forget_by_page()",
    "panel_gone": "after delete on panel referencing old table as gone execute function forget_by_part()",
    "strip_gone": "after delete on strip referencing old table as gone execute function forget_by_part()",
}


def add_book_sums() -> None:
    """The tables, the triggers, and two more ways to define a concept."""
    op.create_table(
        "book_vector_sum",
        sa.Column("vector_table", sa.Text(), nullable=False, comment="which table's vectors"),
        sa.Column("model_id", sa.SmallInteger(), nullable=False, comment="the model that made them"),
        sa.Column("book_id", sa.BigInteger(), nullable=False, comment="the book whose vectors they are"),
        sa.Column("page_type", sa.Text(), nullable=False, comment="of their pages; empty where unknown"),
        sa.Column("pages", sa.Integer(), nullable=False, comment="pages with a vector"),
        sa.Column("vectors", sa.Integer(), nullable=False, comment="how many were summed"),
        sa.Column(
            "total", pgvector.sqlalchemy.VECTOR(), nullable=False, comment="their sum, each of length 1"
        ),
        sa.ForeignKeyConstraint(
            ["book_id"], ["book.id"], name=op.f("book_vector_sum_book_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["model_id"], ["model.id"], name=op.f("book_vector_sum_model_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(
            "vector_table", "model_id", "book_id", "page_type", name=op.f("book_vector_sum_pkey")
        ),
        comment="Sums of vectors by book and page type, low-information pages left out; see summed_book",
    )
    op.create_index(op.f("book_vector_sum_book_id_idx"), "book_vector_sum", ["book_id"])
    op.create_table(
        "summed_book",
        sa.Column("book_id", sa.BigInteger(), nullable=False, comment="the book"),
        sa.Column(
            "summed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="when its vectors were summed",
        ),
        sa.ForeignKeyConstraint(
            ["book_id"], ["book.id"], name=op.f("summed_book_book_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("book_id", name=op.f("summed_book_pkey")),
        comment="Books whose rows in book_vector_sum hold; of any other book the vectors themselves count",
    )
    op.execute("alter table book_vector_sum alter column total set storage main")
    op.execute(FORGET_BY_PAGE)
    op.execute(FORGET_BY_PART)
    for name, body in TRIGGERS.items():
        op.execute(f"create trigger {name} {body}")
    for name, comment in (("titles", "of books, as words"), ("story_arcs", "of books, as words")):
        op.add_column(
            "concept",
            sa.Column(
                name,
                postgresql.ARRAY(sa.Text()),
                server_default=sa.text("'{}'"),
                nullable=False,
                comment=comment,
            ),
        )


def drop_book_sums() -> None:
    """As it was before."""
    op.drop_column("concept", "story_arcs")
    op.drop_column("concept", "titles")
    for name, body in TRIGGERS.items():
        op.execute(f"drop trigger {name} on {body.split(' on ')[1].split()[0]}")
    op.execute("drop function forget_by_part()")
    op.execute("drop function forget_by_page()")
    op.drop_table("summed_book")
    op.drop_table("book_vector_sum")
