"""Pages, and what is found on them."""

from __future__ import annotations

from sqlalchemy import (
    REAL,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, BIT, TSVECTOR

from warehouse.database.tables.parts import id_column, metadata, owner_column

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
    id_column(),
    owner_column("book"),
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
    owner_column("page", key=True),
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
    owner_column("page", key=True),
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
    id_column(),
    owner_column("page"),
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
    id_column(),
    owner_column("page"),
    owner_column("panel", index=True, null=True),
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
    id_column(),
    owner_column("page"),
    Column("seq", Integer, nullable=False),
    Column("first_panel", Integer, nullable=False, comment="panel.seq of its first panel"),
    Column("last_panel", Integer, nullable=False, comment="panel.seq of its last panel"),
    UniqueConstraint("page_id", "seq"),
    comment="A run of at most 16 consecutive panels of one page, in reading order",
)
