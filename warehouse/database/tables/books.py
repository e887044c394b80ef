"""Books and what is said of them."""

from __future__ import annotations

from sqlalchemy import (
    REAL,
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Numeric,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from warehouse.database.tables.parts import id_column, metadata, owner_column

series = Table(
    "series",
    metadata,
    id_column(),
    Column("name", Text, nullable=False),
    Column("volume", Integer),
    Column("start_year", Integer),
    Column("publisher", Text),
    UniqueConstraint("name", "volume", postgresql_nulls_not_distinct=True),
    comment="A run of books under one name",
)

book = Table(
    "book",
    metadata,
    id_column(),
    Column("series_id", BigInteger, ForeignKey("series.id"), index=True),
    Column("number", Text, comment="the issue number as printed: '1', '½', '1.MU'"),
    Column("number_sort", Numeric, comment="the number as a quantity, where it is one"),
    Column("title", Text),
    Column("year", Integer),
    Column("month", Integer),
    Column("language", Text, comment="ISO 639-1"),
    Column("reading_direction", Text, nullable=False, server_default=text("'ltr'")),
    Column(
        "direction_confidence", REAL, comment="0 to 1; 1 where the book or a person says so, else a guess"
    ),
    Column("path", Text, nullable=False, index=True, comment="where it is read from, or was last"),
    Column("format", Text, comment="by content: zip, rar, 7z, tar, pdf, epub, folder, image"),
    Column("file_sha256", Text, index=True),
    Column("file_bytes", BigInteger),
    Column("file_modified", BigInteger, comment="modification time, ns since the epoch"),
    Column("page_count", Integer),
    Column("status", Text, nullable=False, server_default=text("'new'")),
    Column("error_code", Text),
    Column("error", Text),
    Column("metadata", JSONB, nullable=False, server_default=text("'{}'::jsonb")),
    Column("added_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    CheckConstraint("status in ('new', 'ready', 'partial', 'error')", name="status"),
    CheckConstraint("reading_direction in ('ltr', 'rtl', 'vertical')", name="reading_direction"),
    comment="One file or folder; 'partial' can be used, error_code says what of it could not be read",
)

book_path = Table(
    "book_path",
    metadata,
    Column("path", Text, primary_key=True),
    owner_column("book", index=True),
    Column("file_bytes", BigInteger),
    Column("file_modified", BigInteger, comment="modification time, ns since the epoch"),
    Column("file_sha256", Text, index=True, comment="of what lies there, when last looked at"),
    Column("added_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    comment="Every path a book's bytes lie at; book.path is the one it is read from",
)

book_edit = Table(
    "book_edit",
    metadata,
    owner_column("book", key=True),
    Column("field", Text, primary_key=True),
    Column("value", JSONB, nullable=False),
    Column("edited_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    comment="What a person says of a book: beats every other source, and survives another ingest",
)

credit = Table(
    "credit",
    metadata,
    owner_column("book", key=True),
    Column("role", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("source", Text, comment="which metadata says so: comicinfo, metroninfo, calibre..."),
    comment="Who did what in a book",
)

tag = Table(
    "tag",
    metadata,
    owner_column("book", key=True),
    Column("kind", Text, primary_key=True, comment="genre, character, team, location, story_arc, tag"),
    Column("name", Text, primary_key=True),
    Column("source", Text, nullable=False),
    Index(None, "kind", "name"),
    comment="What a book is about",
)

identifier = Table(
    "identifier",
    metadata,
    owner_column("book", key=True),
    Column("source", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Column("said_by", Text, comment="which metadata says so: comicinfo, metroninfo, calibre..."),
    comment="A book's names elsewhere: web address, GTIN",
)
