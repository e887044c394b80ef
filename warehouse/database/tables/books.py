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
    Column("name", Text, nullable=False, comment="as the books' metadata or names have it"),
    Column("volume", Integer, comment="tells series of one name apart; often the year it began"),
    Column("start_year", Integer, comment="year of the first issue"),
    Column("publisher", Text, comment="as the metadata has it"),
    UniqueConstraint("name", "volume", postgresql_nulls_not_distinct=True),
    comment="A run of books under one name",
)

book = Table(
    "book",
    metadata,
    id_column(),
    Column(
        "series_id",
        BigInteger,
        ForeignKey("series.id"),
        index=True,
        comment="the series it is an issue of; null: none known",
    ),
    Column("number", Text, comment="the issue number as printed: '1', '½', '1.MU'"),
    Column("number_sort", Numeric, comment="the number as a quantity, where it is one"),
    Column("title", Text, comment="of the issue itself, not of the series"),
    Column("year", Integer, comment="of publication, by the cover date"),
    Column("month", Integer, comment="of publication, 1 to 12"),
    Column("language", Text, comment="ISO 639-1"),
    Column(
        "reading_direction",
        Text,
        nullable=False,
        server_default=text("'ltr'"),
        comment="ltr, rtl or vertical: how panels and pages follow each other",
    ),
    Column(
        "direction_confidence", REAL, comment="0 to 1; 1 where the book or a person says so, else a guess"
    ),
    Column("path", Text, nullable=False, index=True, comment="where it is read from, or was last"),
    Column("format", Text, comment="by content: zip, rar, 7z, tar, pdf, epub, folder, image"),
    Column("file_sha256", Text, index=True, comment="SHA-256 of the file; null for folders"),
    Column("file_bytes", BigInteger, comment="size of the file in bytes"),
    Column("file_modified", BigInteger, comment="modification time, ns since the epoch"),
    Column("page_count", Integer, comment="pages found, unreadable ones too"),
    Column(
        "status",
        Text,
        nullable=False,
        server_default=text("'new'"),
        comment="new: not read yet; ready; partial: can be used, not all was read; error: cannot be used",
    ),
    Column("error_code", Text, comment="stable code of what went wrong, see docs/errors.md"),
    Column("error", Text, comment="the same in words"),
    Column(
        "metadata",
        JSONB,
        nullable=False,
        server_default=text("'{}'::jsonb"),
        comment="everything the sources said, as found",
    ),
    Column(
        "added_at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.now(),
        comment="when it was first seen",
    ),
    Column(
        "language_confidence",
        REAL,
        comment="0 to 1, of a language seen in the text; null where somebody says so, or nobody knows",
    ),
    Column("text_sidecar", Text, comment="SHA-256 of the files beside it that gave text"),
    CheckConstraint("status in ('new', 'ready', 'partial', 'error')", name="status"),
    Index("book_status_idx", "status", "error_code"),
    CheckConstraint("reading_direction in ('ltr', 'rtl', 'vertical')", name="reading_direction"),
    comment="One file or folder; 'partial' can be used, error_code says what of it could not be read",
)

book_path = Table(
    "book_path",
    metadata,
    Column("path", Text, primary_key=True, comment="absolute path"),
    owner_column("book", index=True),
    Column("file_bytes", BigInteger, comment="size in bytes, when last looked at"),
    Column("file_modified", BigInteger, comment="modification time, ns since the epoch"),
    Column("file_sha256", Text, index=True, comment="of what lies there, when last looked at"),
    Column(
        "added_at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.now(),
        comment="when it was first seen there",
    ),
    comment="Every path a book's bytes lie at; book.path is the one it is read from",
)

book_edit = Table(
    "book_edit",
    metadata,
    owner_column("book", key=True),
    Column(
        "field", Text, primary_key=True, comment="which field of the book: series, number, title, year..."
    ),
    Column("value", JSONB, nullable=False, comment="what the person says it is"),
    Column("edited_at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="when"),
    comment="What a person says of a book: beats every other source, and survives another ingest",
)

credit = Table(
    "credit",
    metadata,
    owner_column("book", key=True),
    Column(
        "role",
        Text,
        primary_key=True,
        comment="writer, penciller, inker, colorist, letterer, cover_artist, editor...",
    ),
    Column("person", Text, primary_key=True, comment="the name as the metadata has it"),
    Column("source", Text, comment="which metadata says so: comicinfo, metroninfo, calibre..."),
    comment="Who did what in a book",
)

tag = Table(
    "tag",
    metadata,
    owner_column("book", key=True),
    Column("kind", Text, primary_key=True, comment="genre, character, team, location, story_arc, tag"),
    Column("name", Text, primary_key=True, comment="the genre, character, team... itself"),
    Column(
        "source", Text, nullable=False, comment="which metadata says so: comicinfo, metroninfo, calibre..."
    ),
    Index(None, "kind", "name"),
    comment="What a book is about",
)

identifier = Table(
    "identifier",
    metadata,
    owner_column("book", key=True),
    Column("source", Text, primary_key=True, comment="whose name it is: web, gtin, comicvine..."),
    Column("value", Text, primary_key=True, comment="the name or address itself"),
    Column("said_by", Text, comment="which metadata says so: comicinfo, metroninfo, calibre..."),
    comment="A book's names elsewhere: web address, GTIN",
)
