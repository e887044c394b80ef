"""Every table of the design.

Revision ID: 0001
Revises:

Tables only: functions and views of sql/ are applied anew after every migration.
"""

import pgvector.sqlalchemy
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

VECTOR_TABLES = (
    "page_embedding",
    "panel_embedding",
    "panel_vision",
    "panel_text",
    "panel_composition",
    "panel_context",
    "strip_embedding",
    "page_semantic",
    "panel_semantic",
    "strip_semantic",
    "page_visual",
    "panel_feature",
)

# name, nearest ComicInfo type, nearest CoSMo class, part of the story
PAGE_TYPES = (
    ("cover", "FrontCover", "cover", False),
    ("inner_cover", "InnerCover", "first-page", False),
    ("story", "Story", "story", True),
    ("text_story", "Story", "textstory", False),
    ("advertisement", "Advertisement", "advertisement", False),
    ("editorial", "Editorial", "text", False),
    ("letters", "Letters", "text", False),
    ("preview", "Preview", None, False),
    ("recap", "Roundup", None, False),
    ("credits", "Other", "credits", False),
    ("art", "Other", "art", False),
    ("back_cover", "BackCover", "back_cover", False),
    ("scanner_tag", "Deleted", None, False),
    ("blank", "Other", None, False),
    ("other", "Other", None, False),
)


def upgrade() -> None:
    op.create_table(
        "concept",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "text_query", sa.Text(), nullable=True, comment="pages whose text matches, in web search syntax"
        ),
        sa.Column("series", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("characters", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("genres", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("concept_pkey")),
        comment="A named set of pages to average and compare",
    )
    op.create_table(
        "model",
        sa.Column("id", sa.SmallInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("revision", sa.Text(), nullable=False),
        sa.Column("dim", sa.Integer(), nullable=False),
        sa.Column("weights_sha256", sa.Text(), nullable=False),
        sa.Column(
            "config",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
            comment='{"trained": …}',
        ),
        sa.Column("status", sa.Text(), server_default=sa.text("'candidate'"), nullable=False),
        sa.CheckConstraint("status in ('candidate', 'live', 'retired')", name=op.f("model_status_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("model_pkey")),
        sa.UniqueConstraint(
            "kind",
            "name",
            "revision",
            "weights_sha256",
            name=op.f("model_kind_name_revision_weights_sha256_key"),
        ),
        comment="Which model made a vector; at most one a kind is live",
    )
    op.create_index(
        "model_live_idx", "model", ["kind"], unique=True, postgresql_where=sa.text("status = 'live'")
    )
    op.create_table(
        "page_type",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("comicinfo", sa.Text(), nullable=False, comment="the nearest type of ComicInfo.xml"),
        sa.Column("cosmo", sa.Text(), nullable=True, comment="the nearest class of CoSMo"),
        sa.Column(
            "is_narrative", sa.Boolean(), nullable=False, comment="part of the story: stages 3 and 4 see it"
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("page_type_pkey")),
        comment="Crosswalk of page types",
    )
    op.create_table(
        "series",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("volume", sa.Integer(), nullable=True),
        sa.Column("start_year", sa.Integer(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("series_pkey")),
        sa.UniqueConstraint(
            "name", "volume", name=op.f("series_name_volume_key"), postgresql_nulls_not_distinct=True
        ),
        comment="A run of books under one name",
    )
    op.create_table(
        "sql_objects",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("sql_objects_pkey")),
        comment="Which set of functions and views from sql/ is in place",
    )
    op.create_table(
        "book",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("series_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "number", sa.Text(), nullable=True, comment="the issue number as printed: '1', '½', '1.MU'"
        ),
        sa.Column(
            "number_sort", sa.Numeric(), nullable=True, comment="the number as a quantity, where it is one"
        ),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("month", sa.Integer(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True, comment="ISO 639-1"),
        sa.Column("reading_direction", sa.Text(), server_default=sa.text("'ltr'"), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=True, comment="zip, folder, pdf, epub, by content"),
        sa.Column("file_sha256", sa.Text(), nullable=True),
        sa.Column("file_bytes", sa.BigInteger(), nullable=True),
        sa.Column(
            "file_modified", sa.BigInteger(), nullable=True, comment="modification time, ns since the epoch"
        ),
        sa.Column("page_count", sa.Integer(), nullable=True),
        sa.Column("status", sa.Text(), server_default=sa.text("'new'"), nullable=False),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column(
            "metadata",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("added_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "reading_direction in ('ltr', 'rtl', 'vertical')", name=op.f("book_reading_direction_check")
        ),
        sa.CheckConstraint("status in ('new', 'ready', 'partial', 'error')", name=op.f("book_status_check")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("book_series_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("book_pkey")),
        sa.UniqueConstraint("path", name=op.f("book_path_key")),
        comment="One file or folder; 'partial' can be used, error_code says what of it could not be read",
    )
    op.create_index(op.f("book_file_sha256_idx"), "book", ["file_sha256"], unique=False)
    op.create_index(op.f("book_series_id_idx"), "book", ["series_id"], unique=False)
    op.create_table(
        "query_embedding",
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("model_id", sa.SmallInteger(), nullable=False),
        sa.Column("v", pgvector.sqlalchemy.HALFVEC(dim=384), nullable=False),
        sa.ForeignKeyConstraint(["model_id"], ["model.id"], name=op.f("query_embedding_model_id_fkey")),
        sa.PrimaryKeyConstraint("text", "model_id", name=op.f("query_embedding_pkey")),
        comment="Sentence vectors of typed queries, so that plain SQL can search by text",
    )
    op.create_table(
        "credit",
        sa.Column("book_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["book_id"], ["book.id"], name=op.f("credit_book_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("book_id", "role", "person", name=op.f("credit_pkey")),
        comment="Who did what in a book",
    )
    op.create_table(
        "identifier",
        sa.Column("book_id", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["book_id"], ["book.id"], name=op.f("identifier_book_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("book_id", "source", "value", name=op.f("identifier_pkey")),
        comment="A book's names elsewhere: web address, GTIN",
    )
    op.create_table(
        "page",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("book_id", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False, comment="0-based"),
        sa.Column("entry", sa.Text(), nullable=False, comment="name inside the book's file"),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("md5", sa.Text(), nullable=True),
        sa.Column(
            "phash", postgresql.BIT(length=64), nullable=True, comment="perceptual hash; compare with <~>"
        ),
        sa.Column("low_information", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("saturation", sa.REAL(), nullable=True, comment="mean colour saturation, 0 to 1"),
        sa.Column("brightness", sa.REAL(), nullable=True, comment="mean brightness, 0 to 1"),
        sa.Column("paper", sa.REAL(), nullable=True, comment="share of near-white pixels, 0 to 1"),
        sa.Column("status", sa.Text(), server_default=sa.text("'ready'"), nullable=False),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("labelled_type", sa.Text(), nullable=True, comment="by a person"),
        sa.Column("declared_type", sa.Text(), nullable=True, comment="by the book's metadata"),
        sa.Column("predicted_type", sa.Text(), nullable=True, comment="by the model"),
        sa.Column("predicted_probability", sa.REAL(), nullable=True),
        sa.Column(
            "page_type",
            sa.Text(),
            sa.Computed("coalesce(labelled_type, declared_type, predicted_type)", persisted=True),
            nullable=True,
            comment="what counts: a person's label, else the declared type, else the predicted one",
        ),
        sa.Column("story_start", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("words", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("text", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("text_search", postgresql.TSVECTOR(), nullable=True),
        sa.CheckConstraint("status in ('ready', 'error')", name=op.f("page_status_check")),
        sa.ForeignKeyConstraint(["book_id"], ["book.id"], name=op.f("page_book_id_fkey"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["declared_type"], ["page_type.name"], name=op.f("page_declared_type_fkey")),
        sa.ForeignKeyConstraint(["labelled_type"], ["page_type.name"], name=op.f("page_labelled_type_fkey")),
        sa.ForeignKeyConstraint(
            ["predicted_type"], ["page_type.name"], name=op.f("page_predicted_type_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("page_pkey")),
        sa.UniqueConstraint("book_id", "seq", name=op.f("page_book_id_seq_key")),
        comment="One page of a book",
    )
    op.create_index(op.f("page_md5_idx"), "page", ["md5"], unique=False)
    op.create_index("page_text_search_idx", "page", ["text_search"], unique=False, postgresql_using="gin")
    op.create_table(
        "tag",
        sa.Column("book_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind", sa.Text(), nullable=False, comment="genre, character, team, location, story_arc, tag"
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["book_id"], ["book.id"], name=op.f("tag_book_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("book_id", "kind", "name", name=op.f("tag_pkey")),
        comment="What a book is about",
    )
    op.create_index(op.f("tag_kind_name_idx"), "tag", ["kind", "name"], unique=False)
    op.create_table(
        "work",
        sa.Column("book_id", sa.BigInteger(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("revision", sa.Text(), nullable=True, comment="of the stage that did it"),
        sa.Column("state", sa.Text(), server_default=sa.text("'ready'"), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("lease_token", sa.Uuid(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "lease_pid",
            sa.Integer(),
            nullable=True,
            comment="database session of the holder: gone means free",
        ),
        sa.Column(
            "lease_session", sa.DateTime(timezone=True), nullable=True, comment="start of that session"
        ),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("seconds", sa.REAL(), nullable=True, comment="of the last run"),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "state in ('ready', 'leased', 'done', 'failed', 'quarantined')", name=op.f("work_state_check")
        ),
        sa.ForeignKeyConstraint(["book_id"], ["book.id"], name=op.f("work_book_id_fkey"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("book_id", "stage", name=op.f("work_pkey")),
        comment="The ledger: every stage of every book",
    )
    op.create_index("work_state_stage_idx", "work", ["state", "stage"], unique=False)
    op.create_table(
        "page_embedding",
        sa.Column("page_id", sa.BigInteger(), nullable=False),
        sa.Column("model_id", sa.SmallInteger(), nullable=False),
        sa.Column("input_hash", sa.Uuid(), nullable=False, comment="of what the vector was made from"),
        sa.Column("v", pgvector.sqlalchemy.HALFVEC(dim=512), nullable=False),
        sa.ForeignKeyConstraint(["model_id"], ["model.id"], name=op.f("page_embedding_model_id_fkey")),
        sa.ForeignKeyConstraint(
            ["page_id"], ["page.id"], name=op.f("page_embedding_page_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("page_id", "model_id", name=op.f("page_embedding_pkey")),
        comment="Pooled over the fused vectors of the page's panels",
    )
    op.create_table(
        "page_semantic",
        sa.Column("page_id", sa.BigInteger(), nullable=False),
        sa.Column("model_id", sa.SmallInteger(), nullable=False),
        sa.Column("input_hash", sa.Uuid(), nullable=False, comment="of what the vector was made from"),
        sa.Column("v", pgvector.sqlalchemy.HALFVEC(dim=384), nullable=False),
        sa.ForeignKeyConstraint(["model_id"], ["model.id"], name=op.f("page_semantic_model_id_fkey")),
        sa.ForeignKeyConstraint(
            ["page_id"], ["page.id"], name=op.f("page_semantic_page_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("page_id", "model_id", name=op.f("page_semantic_pkey")),
        comment="Sentence vector of the page's text",
    )
    op.create_table(
        "page_thumbnail",
        sa.Column("page_id", sa.BigInteger(), nullable=False),
        sa.Column("jpeg", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["page_id"], ["page.id"], name=op.f("page_thumbnail_page_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("page_id", name=op.f("page_thumbnail_pkey")),
        comment="A small JPEG of each page, apart so that page stays narrow",
    )
    op.create_table(
        "page_visual",
        sa.Column("page_id", sa.BigInteger(), nullable=False),
        sa.Column("model_id", sa.SmallInteger(), nullable=False),
        sa.Column("input_hash", sa.Uuid(), nullable=False, comment="of what the vector was made from"),
        sa.Column("v", pgvector.sqlalchemy.HALFVEC(), nullable=False),
        sa.ForeignKeyConstraint(["model_id"], ["model.id"], name=op.f("page_visual_model_id_fkey")),
        sa.ForeignKeyConstraint(
            ["page_id"], ["page.id"], name=op.f("page_visual_page_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("page_id", "model_id", name=op.f("page_visual_pkey")),
        comment="Visual backbone features of the whole page",
    )
    op.create_table(
        "panel",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("page_id", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False, comment="0-based, in reading order"),
        sa.Column("x", sa.Integer(), nullable=False),
        sa.Column("y", sa.Integer(), nullable=False),
        sa.Column("w", sa.Integer(), nullable=False),
        sa.Column("h", sa.Integer(), nullable=False),
        sa.Column("score", sa.REAL(), nullable=False),
        sa.Column("detector", sa.Text(), nullable=False),
        sa.Column("words", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("text", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("dialogue", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("narration", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("sfx", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("text_search", postgresql.TSVECTOR(), nullable=True),
        sa.ForeignKeyConstraint(
            ["page_id"], ["page.id"], name=op.f("panel_page_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("panel_pkey")),
        sa.UniqueConstraint("page_id", "seq", name=op.f("panel_page_id_seq_key")),
        comment="One panel of a page, in pixels of the page",
    )
    op.create_index("panel_text_search_idx", "panel", ["text_search"], unique=False, postgresql_using="gin")
    op.create_table(
        "strip",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("page_id", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("first_panel", sa.Integer(), nullable=False, comment="panel.seq of its first panel"),
        sa.Column("last_panel", sa.Integer(), nullable=False, comment="panel.seq of its last panel"),
        sa.ForeignKeyConstraint(
            ["page_id"], ["page.id"], name=op.f("strip_page_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("strip_pkey")),
        sa.UniqueConstraint("page_id", "seq", name=op.f("strip_page_id_seq_key")),
        comment="A run of at most 16 consecutive panels of one page, in reading order",
    )
    op.create_table(
        "panel_composition",
        sa.Column("panel_id", sa.BigInteger(), nullable=False),
        sa.Column("model_id", sa.SmallInteger(), nullable=False),
        sa.Column("input_hash", sa.Uuid(), nullable=False, comment="of what the vector was made from"),
        sa.Column("v", pgvector.sqlalchemy.HALFVEC(dim=512), nullable=False),
        sa.ForeignKeyConstraint(["model_id"], ["model.id"], name=op.f("panel_composition_model_id_fkey")),
        sa.ForeignKeyConstraint(
            ["panel_id"], ["panel.id"], name=op.f("panel_composition_panel_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("panel_id", "model_id", name=op.f("panel_composition_pkey")),
        comment="Shape and place alone, in the panel encoder's space",
    )
    op.create_table(
        "panel_context",
        sa.Column("panel_id", sa.BigInteger(), nullable=False),
        sa.Column("model_id", sa.SmallInteger(), nullable=False),
        sa.Column("input_hash", sa.Uuid(), nullable=False, comment="of what the vector was made from"),
        sa.Column("v", pgvector.sqlalchemy.HALFVEC(dim=512), nullable=False),
        sa.ForeignKeyConstraint(["model_id"], ["model.id"], name=op.f("panel_context_model_id_fkey")),
        sa.ForeignKeyConstraint(
            ["panel_id"], ["panel.id"], name=op.f("panel_context_panel_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("panel_id", "model_id", name=op.f("panel_context_pkey")),
        comment="The panel in the context of its strip (Stage 4)",
    )
    op.create_table(
        "panel_embedding",
        sa.Column("panel_id", sa.BigInteger(), nullable=False),
        sa.Column("model_id", sa.SmallInteger(), nullable=False),
        sa.Column("input_hash", sa.Uuid(), nullable=False, comment="of what the vector was made from"),
        sa.Column("v", pgvector.sqlalchemy.HALFVEC(dim=512), nullable=False),
        sa.ForeignKeyConstraint(["model_id"], ["model.id"], name=op.f("panel_embedding_model_id_fkey")),
        sa.ForeignKeyConstraint(
            ["panel_id"], ["panel.id"], name=op.f("panel_embedding_panel_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("panel_id", "model_id", name=op.f("panel_embedding_pkey")),
        comment="Vision, text and composition fused (Stage 3)",
    )
    op.create_table(
        "panel_feature",
        sa.Column("panel_id", sa.BigInteger(), nullable=False),
        sa.Column("model_id", sa.SmallInteger(), nullable=False),
        sa.Column("input_hash", sa.Uuid(), nullable=False, comment="of what the vector was made from"),
        sa.Column("v", pgvector.sqlalchemy.HALFVEC(), nullable=False),
        sa.ForeignKeyConstraint(["model_id"], ["model.id"], name=op.f("panel_feature_model_id_fkey")),
        sa.ForeignKeyConstraint(
            ["panel_id"], ["panel.id"], name=op.f("panel_feature_panel_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("panel_id", "model_id", name=op.f("panel_feature_pkey")),
        comment="Visual backbone features of the panel",
    )
    op.create_table(
        "panel_semantic",
        sa.Column("panel_id", sa.BigInteger(), nullable=False),
        sa.Column("model_id", sa.SmallInteger(), nullable=False),
        sa.Column("input_hash", sa.Uuid(), nullable=False, comment="of what the vector was made from"),
        sa.Column("v", pgvector.sqlalchemy.HALFVEC(dim=384), nullable=False),
        sa.ForeignKeyConstraint(["model_id"], ["model.id"], name=op.f("panel_semantic_model_id_fkey")),
        sa.ForeignKeyConstraint(
            ["panel_id"], ["panel.id"], name=op.f("panel_semantic_panel_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("panel_id", "model_id", name=op.f("panel_semantic_pkey")),
        comment="Sentence vector of the panel's text",
    )
    op.create_table(
        "panel_text",
        sa.Column("panel_id", sa.BigInteger(), nullable=False),
        sa.Column("model_id", sa.SmallInteger(), nullable=False),
        sa.Column("input_hash", sa.Uuid(), nullable=False, comment="of what the vector was made from"),
        sa.Column("v", pgvector.sqlalchemy.HALFVEC(dim=512), nullable=False),
        sa.ForeignKeyConstraint(["model_id"], ["model.id"], name=op.f("panel_text_model_id_fkey")),
        sa.ForeignKeyConstraint(
            ["panel_id"], ["panel.id"], name=op.f("panel_text_panel_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("panel_id", "model_id", name=op.f("panel_text_pkey")),
        comment="The words alone, in the panel encoder's space",
    )
    op.create_table(
        "panel_vision",
        sa.Column("panel_id", sa.BigInteger(), nullable=False),
        sa.Column("model_id", sa.SmallInteger(), nullable=False),
        sa.Column("input_hash", sa.Uuid(), nullable=False, comment="of what the vector was made from"),
        sa.Column("v", pgvector.sqlalchemy.HALFVEC(dim=512), nullable=False),
        sa.ForeignKeyConstraint(["model_id"], ["model.id"], name=op.f("panel_vision_model_id_fkey")),
        sa.ForeignKeyConstraint(
            ["panel_id"], ["panel.id"], name=op.f("panel_vision_panel_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("panel_id", "model_id", name=op.f("panel_vision_pkey")),
        comment="The picture alone, in the panel encoder's space",
    )
    op.create_table(
        "strip_embedding",
        sa.Column("strip_id", sa.BigInteger(), nullable=False),
        sa.Column("model_id", sa.SmallInteger(), nullable=False),
        sa.Column("input_hash", sa.Uuid(), nullable=False, comment="of what the vector was made from"),
        sa.Column("v", pgvector.sqlalchemy.HALFVEC(dim=512), nullable=False),
        sa.ForeignKeyConstraint(["model_id"], ["model.id"], name=op.f("strip_embedding_model_id_fkey")),
        sa.ForeignKeyConstraint(
            ["strip_id"], ["strip.id"], name=op.f("strip_embedding_strip_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("strip_id", "model_id", name=op.f("strip_embedding_pkey")),
        comment="The strip as a whole (Stage 4)",
    )
    op.create_table(
        "strip_semantic",
        sa.Column("strip_id", sa.BigInteger(), nullable=False),
        sa.Column("model_id", sa.SmallInteger(), nullable=False),
        sa.Column("input_hash", sa.Uuid(), nullable=False, comment="of what the vector was made from"),
        sa.Column("v", pgvector.sqlalchemy.HALFVEC(dim=384), nullable=False),
        sa.ForeignKeyConstraint(["model_id"], ["model.id"], name=op.f("strip_semantic_model_id_fkey")),
        sa.ForeignKeyConstraint(
            ["strip_id"], ["strip.id"], name=op.f("strip_semantic_strip_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("strip_id", "model_id", name=op.f("strip_semantic_pkey")),
        comment="Sentence vector of the strip's text",
    )
    op.create_table(
        "text_line",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("page_id", sa.BigInteger(), nullable=False),
        sa.Column("panel_id", sa.BigInteger(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False, comment="0-based, in reading order of the page"),
        sa.Column("x", sa.Integer(), nullable=False),
        sa.Column("y", sa.Integer(), nullable=False),
        sa.Column("w", sa.Integer(), nullable=False),
        sa.Column("h", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("confidence", sa.REAL(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True, comment="dialogue, narration or sfx, where known"),
        sa.Column("source", sa.Text(), nullable=False, comment="which reader read it"),
        sa.ForeignKeyConstraint(
            ["page_id"], ["page.id"], name=op.f("text_line_page_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["panel_id"], ["panel.id"], name=op.f("text_line_panel_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("text_line_pkey")),
        sa.UniqueConstraint("page_id", "seq", name=op.f("text_line_page_id_seq_key")),
        comment="One line of text on a page",
    )
    op.create_index(op.f("text_line_panel_id_idx"), "text_line", ["panel_id"], unique=False)
    # Inline halfvec: an exact scan of out-of-line vectors is about nine times slower (docs/architecture.md).
    for table in VECTOR_TABLES:
        op.execute(f"alter table {table} alter column v set storage plain")
    page_types = sa.table(
        "page_type",
        sa.column("name"),
        sa.column("comicinfo"),
        sa.column("cosmo"),
        sa.column("is_narrative"),
    )
    names = ("name", "comicinfo", "cosmo", "is_narrative")
    op.bulk_insert(page_types, [dict(zip(names, row, strict=True)) for row in PAGE_TYPES])


def downgrade() -> None:
    op.drop_index(op.f("text_line_panel_id_idx"), table_name="text_line")
    op.drop_table("text_line")
    op.drop_table("strip_semantic")
    op.drop_table("strip_embedding")
    op.drop_table("panel_vision")
    op.drop_table("panel_text")
    op.drop_table("panel_semantic")
    op.drop_table("panel_feature")
    op.drop_table("panel_embedding")
    op.drop_table("panel_context")
    op.drop_table("panel_composition")
    op.drop_table("strip")
    op.drop_index("panel_text_search_idx", table_name="panel", postgresql_using="gin")
    op.drop_table("panel")
    op.drop_table("page_visual")
    op.drop_table("page_thumbnail")
    op.drop_table("page_semantic")
    op.drop_table("page_embedding")
    op.drop_index("work_state_stage_idx", table_name="work")
    op.drop_table("work")
    op.drop_index(op.f("tag_kind_name_idx"), table_name="tag")
    op.drop_table("tag")
    op.drop_index("page_text_search_idx", table_name="page", postgresql_using="gin")
    op.drop_index(op.f("page_md5_idx"), table_name="page")
    op.drop_table("page")
    op.drop_table("identifier")
    op.drop_table("credit")
    op.drop_table("query_embedding")
    op.drop_index(op.f("book_series_id_idx"), table_name="book")
    op.drop_index(op.f("book_file_sha256_idx"), table_name="book")
    op.drop_table("book")
    op.drop_table("sql_objects")
    op.drop_table("series")
    op.drop_table("page_type")
    op.drop_index("model_live_idx", table_name="model", postgresql_where=sa.text("status = 'live'"))
    op.drop_table("model")
    op.drop_table("concept")
