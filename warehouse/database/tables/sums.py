"""Sums of vectors by book, and which books' sums hold."""

from __future__ import annotations

from pgvector.sqlalchemy import VECTOR
from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    SmallInteger,
    Table,
    Text,
    func,
)

from warehouse.database.tables.parts import metadata

book_vector_sum = Table(
    "book_vector_sum",
    metadata,
    Column("vector_table", Text, primary_key=True, comment="which table's vectors"),
    Column(
        "model_id",
        SmallInteger,
        ForeignKey("model.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        comment="the model that made them",
    ),
    Column(
        "book_id",
        BigInteger,
        ForeignKey("book.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
        comment="the book whose vectors they are",
    ),
    Column("page_type", Text, primary_key=True, comment="of their pages; empty where unknown"),
    Column("pages", Integer, nullable=False, comment="pages with a vector"),
    Column("vectors", Integer, nullable=False, comment="how many were summed"),
    Column("total", VECTOR(), nullable=False, comment="their sum, each of length 1"),
    comment="Sums of vectors by book and page type, low-information pages left out; see summed_book",
)

summed_book = Table(
    "summed_book",
    metadata,
    Column(
        "book_id",
        BigInteger,
        ForeignKey("book.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        comment="the book",
    ),
    Column(
        "summed_at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.now(),
        comment="when its vectors were summed",
    ),
    comment="Books whose rows in book_vector_sum hold; of any other book the vectors themselves count",
)
