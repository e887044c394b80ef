"""Models and the vectors they made: narrow tables, one vector a row."""

from __future__ import annotations

from pgvector.sqlalchemy import HALFVEC
from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from warehouse.contracts import PANEL_DIM, SENTENCE_DIM
from warehouse.database.tables.parts import metadata, owner_column

model = Table(
    "model",
    metadata,
    Column("id", SmallInteger, Identity(always=True), primary_key=True, comment="the row's own number"),
    Column(
        "kind",
        Text,
        nullable=False,
        comment="what it makes: panel_encoder, strip_encoder, sentence_encoder, visual_backbone",
    ),
    Column("name", Text, nullable=False, comment="the architecture or checkpoint"),
    Column("revision", Text, nullable=False, comment="of the code and recipe around the weights"),
    Column("dim", Integer, nullable=False, comment="numbers in one of its vectors"),
    Column("weights_sha256", Text, nullable=False, comment="SHA-256 of the weights file"),
    Column("config", JSONB, nullable=False, server_default=text("'{}'::jsonb"), comment='{"trained": …}'),
    Column(
        "status",
        Text,
        nullable=False,
        server_default=text("'candidate'"),
        comment="live: answers come from it; candidate: not yet; retired: no longer",
    ),
    Column(
        "made_with",
        ARRAY(SmallInteger),
        nullable=False,
        server_default=text("'{}'"),
        comment="ids of the models whose vectors it takes",
    ),
    UniqueConstraint("kind", "name", "revision", "weights_sha256", "made_with"),
    CheckConstraint("status in ('candidate', 'live', 'retired')", name="status"),
    Index("model_live_idx", "kind", unique=True, postgresql_where=text("status = 'live'")),
    comment="Which model made a vector; at most one a kind is live",
)

stage_model = Table(
    "stage_model",
    metadata,
    Column("stage", Text, primary_key=True, comment="as in work.stage"),
    Column("revision", Text, primary_key=True, comment="as in work.revision"),
    Column(
        "model_id", SmallInteger, ForeignKey("model.id"), primary_key=True, comment="one of those it uses"
    ),
    Column("profile", Text, primary_key=True, comment="of the models, by its name"),
    comment="Which models a stage's revision makes vectors with",
)

promotion = Table(
    "promotion",
    metadata,
    Column("promoted_at", DateTime(timezone=True), primary_key=True, comment="one for a whole set"),
    Column("kind", Text, primary_key=True, comment="as in model.kind"),
    Column("model_id", SmallInteger, ForeignKey("model.id"), nullable=False, comment="live from then on"),
    Column("replaced_id", SmallInteger, ForeignKey("model.id"), comment="live until then"),
    Column("rolled_back_at", DateTime(timezone=True), comment="null: it still counts"),
    comment="Which model was live when: one row a kind that was switched",
)


def _vectors(name: str, owner: str, dim: int | None, about: str) -> Table:
    return Table(
        name,
        metadata,
        owner_column(owner, key=True),
        Column(
            "model_id",
            SmallInteger,
            ForeignKey("model.id"),
            primary_key=True,
            comment="the model that made it",
        ),
        Column("input_hash", Uuid, nullable=False, comment="of what the vector was made from"),
        Column("v", HALFVEC(dim), nullable=False, comment="the vector, in half precision"),
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

query_embedding = Table(
    "query_embedding",
    metadata,
    Column("text", Text, primary_key=True, comment="the query as typed, outer spaces off"),
    Column(
        "model_id",
        SmallInteger,
        ForeignKey("model.id"),
        primary_key=True,
        comment="the sentence model that made the vector",
    ),
    Column("v", HALFVEC(SENTENCE_DIM), nullable=False, comment="the vector, in half precision"),
    comment="Sentence vectors of typed queries, so that plain SQL can search by text",
)
