"""The tables, as SQLAlchemy metadata: what `alembic check` holds the migrations against.

Nothing queries through these objects; rows are written in `warehouse.database.store` and read in
`warehouse.database.queries`.
"""

from __future__ import annotations

from pgvector.sqlalchemy import HALFVEC
from sqlalchemy import (
    REAL,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, BIT, JSONB, TSVECTOR

from warehouse.contracts import PANEL_DIM, SENTENCE_DIM

metadata = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_N_name)s_idx",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s_check",
        "fk": "%(table_name)s_%(column_0_name)s_fkey",
        "pk": "%(table_name)s_pkey",
    }
)


def _id() -> Column[int]:
    return Column("id", BigInteger, Identity(always=True), primary_key=True)


def _owner(name: str, *, key: bool = False, index: bool = False, null: bool = False) -> Column[int]:
    """A foreign key called NAME_id to table NAME; its rows go with their owner."""
    return Column(
        f"{name}_id",
        BigInteger,
        ForeignKey(f"{name}.id", ondelete="CASCADE"),
        primary_key=key,
        nullable=null,
        index=index,
    )


series = Table(
    "series",
    metadata,
    _id(),
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
    _id(),
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
    _owner("book", index=True),
    Column("file_bytes", BigInteger),
    Column("file_modified", BigInteger, comment="modification time, ns since the epoch"),
    Column("file_sha256", Text, index=True, comment="of what lies there, when last looked at"),
    Column("added_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    comment="Every path a book's bytes lie at; book.path is the one it is read from",
)

book_edit = Table(
    "book_edit",
    metadata,
    _owner("book", key=True),
    Column("field", Text, primary_key=True),
    Column("value", JSONB, nullable=False),
    Column("edited_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    comment="What a person says of a book: beats every other source, and survives another ingest",
)

credit = Table(
    "credit",
    metadata,
    _owner("book", key=True),
    Column("role", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("source", Text, comment="which metadata says so: comicinfo, metroninfo, calibre..."),
    comment="Who did what in a book",
)

tag = Table(
    "tag",
    metadata,
    _owner("book", key=True),
    Column("kind", Text, primary_key=True, comment="genre, character, team, location, story_arc, tag"),
    Column("name", Text, primary_key=True),
    Column("source", Text, nullable=False),
    Index(None, "kind", "name"),
    comment="What a book is about",
)

identifier = Table(
    "identifier",
    metadata,
    _owner("book", key=True),
    Column("source", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Column("said_by", Text, comment="which metadata says so: comicinfo, metroninfo, calibre..."),
    comment="A book's names elsewhere: web address, GTIN",
)

page_type = Table(
    "page_type",
    metadata,
    Column("name", Text, primary_key=True),
    Column("comicinfo", Text, nullable=False, comment="the nearest type of ComicInfo.xml"),
    Column("cosmo", Text, comment="the nearest class of CoSMo"),
    Column("is_narrative", Boolean, nullable=False, comment="part of the story: stages 3 and 4 see it"),
    comment="Crosswalk of page types",
)

page = Table(
    "page",
    metadata,
    _id(),
    _owner("book"),
    Column("seq", Integer, nullable=False, comment="0-based"),
    Column("entry", Text, nullable=False, comment="name inside the book's file"),
    Column("width", Integer),
    Column("height", Integer),
    Column("md5", Text, index=True),
    Column("phash", BIT(64), comment="perceptual hash; compare with <~>"),
    Column("low_information", Boolean, nullable=False, server_default=text("false")),
    Column(
        "double_page",
        Boolean,
        nullable=False,
        server_default=text("false"),
        comment="two pages of the book in one picture",
    ),
    Column("fold_x", Integer, comment="where the two pages of a spread part, in pixels; null: one drawing"),
    Column("chain", Integer, comment="the run of webtoon slices it belongs to, 0-based; null: no slice"),
    Column("chain_y", Integer, comment="its top in the run, in pixels of the run's first slice"),
    Column("saturation", REAL, comment="mean colour saturation, 0 to 1"),
    Column("brightness", REAL, comment="mean brightness, 0 to 1"),
    Column("paper", REAL, comment="share of near-white pixels, 0 to 1"),
    Column("status", Text, nullable=False, server_default=text("'ready'")),
    Column("error_code", Text),
    Column("error", Text),
    Column("labelled_type", Text, ForeignKey("page_type.name"), comment="by a person"),
    Column("declared_type", Text, ForeignKey("page_type.name"), comment="by the book's metadata"),
    Column("predicted_type", Text, ForeignKey("page_type.name"), comment="by the model"),
    Column("predicted_probability", REAL),
    Column(
        "page_type",
        Text,
        Computed("coalesce(labelled_type, declared_type, predicted_type)", persisted=True),
        comment="what counts: a person's label, else the declared type, else the predicted one",
    ),
    Column("story_start", Boolean, nullable=False, server_default=text("false")),
    Column("words", Integer, nullable=False, server_default=text("0")),
    Column("text", Text, nullable=False, server_default=text("''")),
    Column("text_search", TSVECTOR),
    UniqueConstraint("book_id", "seq"),
    CheckConstraint("status in ('ready', 'error')", name="status"),
    Index("page_text_search_idx", "text_search", postgresql_using="gin"),
    comment="One page of a book",
)

page_thumbnail = Table(
    "page_thumbnail",
    metadata,
    _owner("page", key=True),
    Column("jpeg", LargeBinary, nullable=False),
    comment="A small JPEG of each page, apart so that page stays narrow",
)

page_grouping = Table(
    "page_grouping",
    metadata,
    Column(
        "max_distance",
        SmallInteger,
        primary_key=True,
        autoincrement=False,
        comment="of pHashes in one group, bits",
    ),
    Column("state", Text, nullable=False, comment="library_state() of the pages that were compared"),
    Column("pages", Integer, nullable=False, comment="how many were compared"),
    Column("computed_at", DateTime(timezone=True), nullable=False),
    comment="When page_group was filled, one row a distance asked for",
)

page_group = Table(
    "page_group",
    metadata,
    _owner("page", key=True),
    Column(
        "max_distance",
        SmallInteger,
        ForeignKey("page_grouping.max_distance", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column(
        "canonical_page_id",
        BigInteger,
        ForeignKey("page.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("distance", SmallInteger, nullable=False, comment="of its pHash from the canonical page's"),
    comment="Groups of pages that show the same picture; pages in no group have no row",
)

panel = Table(
    "panel",
    metadata,
    _id(),
    _owner("page"),
    Column("seq", Integer, nullable=False, comment="0-based, in reading order"),
    Column("x", Integer, nullable=False),
    Column("y", Integer, nullable=False),
    Column("w", Integer, nullable=False),
    Column("h", Integer, nullable=False),
    Column("score", REAL, nullable=False),
    Column("detector", Text, nullable=False),
    Column(
        "from_previous",
        Boolean,
        nullable=False,
        server_default=text("false"),
        comment="goes on from the last panel of the slice before",
    ),
    Column(
        "to_next",
        Boolean,
        nullable=False,
        server_default=text("false"),
        comment="goes on in the first panel of the next slice",
    ),
    Column("words", Integer, nullable=False, server_default=text("0")),
    Column("text", Text, nullable=False, server_default=text("''")),
    Column("dialogue", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    Column("narration", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    Column("sfx", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    Column("text_search", TSVECTOR),
    UniqueConstraint("page_id", "seq"),
    Index("panel_text_search_idx", "text_search", postgresql_using="gin"),
    comment="One panel of a page, in pixels of the page",
)

text_line = Table(
    "text_line",
    metadata,
    _id(),
    _owner("page"),
    _owner("panel", index=True, null=True),
    Column("seq", Integer, nullable=False, comment="0-based, in reading order of the page"),
    Column("x", Integer, nullable=False),
    Column("y", Integer, nullable=False),
    Column("w", Integer, nullable=False),
    Column("h", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("confidence", REAL, nullable=False),
    Column("kind", Text, comment="dialogue, narration or sfx, where known"),
    Column("source", Text, nullable=False, comment="which reader read it"),
    UniqueConstraint("page_id", "seq"),
    comment="One line of text on a page",
)

strip = Table(
    "strip",
    metadata,
    _id(),
    _owner("page"),
    Column("seq", Integer, nullable=False),
    Column("first_panel", Integer, nullable=False, comment="panel.seq of its first panel"),
    Column("last_panel", Integer, nullable=False, comment="panel.seq of its last panel"),
    UniqueConstraint("page_id", "seq"),
    comment="A run of at most 16 consecutive panels of one page, in reading order",
)

model = Table(
    "model",
    metadata,
    Column("id", SmallInteger, Identity(always=True), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("revision", Text, nullable=False),
    Column("dim", Integer, nullable=False),
    Column("weights_sha256", Text, nullable=False),
    Column("config", JSONB, nullable=False, server_default=text("'{}'::jsonb"), comment='{"trained": …}'),
    Column("status", Text, nullable=False, server_default=text("'candidate'")),
    UniqueConstraint("kind", "name", "revision", "weights_sha256"),
    CheckConstraint("status in ('candidate', 'live', 'retired')", name="status"),
    Index("model_live_idx", "kind", unique=True, postgresql_where=text("status = 'live'")),
    comment="Which model made a vector; at most one a kind is live",
)


def _vectors(name: str, owner: str, dim: int | None, about: str) -> Table:
    return Table(
        name,
        metadata,
        _owner(owner, key=True),
        Column("model_id", SmallInteger, ForeignKey("model.id"), primary_key=True),
        Column("input_hash", Uuid, nullable=False, comment="of what the vector was made from"),
        Column("v", HALFVEC(dim), nullable=False),
        comment=about,
    )


VECTOR_TABLES = (
    _vectors("page_embedding", "page", PANEL_DIM, "Pooled over the fused vectors of the page's panels"),
    _vectors("panel_embedding", "panel", PANEL_DIM, "Vision, text and composition fused (Stage 3)"),
    _vectors("panel_vision", "panel", PANEL_DIM, "The picture alone, in the panel encoder's space"),
    _vectors("panel_text", "panel", PANEL_DIM, "The words alone, in the panel encoder's space"),
    _vectors("panel_composition", "panel", PANEL_DIM, "Shape and place alone, in the panel encoder's space"),
    _vectors("panel_context", "panel", PANEL_DIM, "The panel in the context of its strip (Stage 4)"),
    _vectors("strip_embedding", "strip", PANEL_DIM, "The strip as a whole (Stage 4)"),
    _vectors("page_semantic", "page", SENTENCE_DIM, "Sentence vector of the page's text"),
    _vectors("panel_semantic", "panel", SENTENCE_DIM, "Sentence vector of the panel's text"),
    _vectors("strip_semantic", "strip", SENTENCE_DIM, "Sentence vector of the strip's text"),
    _vectors("page_visual", "page", None, "Visual backbone features of the whole page"),
    _vectors("panel_feature", "panel", None, "Visual backbone features of the panel"),
)

work = Table(
    "work",
    metadata,
    _owner("book", key=True),
    Column("stage", Text, primary_key=True),
    Column("revision", Text, comment="of the stage that did it"),
    Column("state", Text, nullable=False, server_default=text("'ready'")),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("lease_token", Uuid),
    Column("lease_until", DateTime(timezone=True)),
    Column("lease_pid", Integer, comment="database session of the holder: gone means free"),
    Column("lease_session", DateTime(timezone=True), comment="start of that session"),
    Column("error_code", Text),
    Column("error", Text),
    Column("seconds", REAL, comment="of the last run"),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    CheckConstraint("state in ('ready', 'leased', 'done', 'failed', 'quarantined')", name="state"),
    Index("work_state_stage_idx", "state", "stage"),
    comment="The ledger: every stage of every book",
)

concept = Table(
    "concept",
    metadata,
    Column("name", Text, primary_key=True),
    Column("text_query", Text, comment="pages whose text matches, in web search syntax"),
    Column("series", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    Column("characters", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    Column("genres", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    comment="A named set of pages to average and compare",
)

query_embedding = Table(
    "query_embedding",
    metadata,
    Column("text", Text, primary_key=True),
    Column("model_id", SmallInteger, ForeignKey("model.id"), primary_key=True),
    Column("v", HALFVEC(SENTENCE_DIM), nullable=False),
    comment="Sentence vectors of typed queries, so that plain SQL can search by text",
)

sql_objects = Table(
    "sql_objects",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("applied_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    comment="Which set of functions and views from sql/ is in place",
)
