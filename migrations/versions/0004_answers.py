"""What answers in SQL keep: sums of vectors by book, how exact indexes are, which model was live when.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.book_sums import add_book_sums, drop_book_sums
from migrations.column_comments import COLUMN_COMMENTS
from migrations.index_checks import add_index_checks, drop_index_checks
from migrations.input_hashes import rewrite_input_hashes

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _comment_on_columns()
    _add_models_side_by_side()
    add_book_sums()
    add_index_checks()


def downgrade() -> None:
    _comment_on_columns(remove=True)
    drop_index_checks()
    drop_book_sums()
    _drop_models_side_by_side()


def _add_models_side_by_side() -> None:
    op.add_column(
        "model",
        sa.Column(
            "made_with",
            postgresql.ARRAY(sa.SmallInteger()),
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="ids of the models whose vectors it takes",
        ),
    )
    op.drop_constraint("model_kind_name_revision_weights_sha256_key", "model")
    op.create_unique_constraint(
        "model_kind_name_revision_weights_sha256_made_with_key",
        "model",
        ["kind", "name", "revision", "weights_sha256", "made_with"],
    )
    for kind, inputs in (
        ("panel_encoder", "('visual_backbone', 'sentence_encoder')"),
        ("strip_encoder", "('panel_encoder')"),
    ):
        op.execute(
            "update model set made_with = array(select i.id from model i where i.status = 'live'"
            f" and i.kind in {inputs} order by i.id) where kind = '{kind}'"
        )
    op.create_table(
        "stage_model",
        sa.Column("stage", sa.Text(), nullable=False, comment="as in work.stage"),
        sa.Column("revision", sa.Text(), nullable=False, comment="as in work.revision"),
        sa.Column("model_id", sa.SmallInteger(), nullable=False, comment="one of those it uses"),
        sa.Column("profile", sa.Text(), nullable=False, comment="of the models, by its name"),
        sa.ForeignKeyConstraint(["model_id"], ["model.id"], name=op.f("stage_model_model_id_fkey")),
        sa.PrimaryKeyConstraint("stage", "revision", "model_id", "profile", name=op.f("stage_model_pkey")),
        comment="Which models a stage's revision makes vectors with",
    )
    op.create_table(
        "promotion",
        sa.Column("promoted_at", sa.DateTime(timezone=True), nullable=False, comment="one for a whole set"),
        sa.Column("kind", sa.Text(), nullable=False, comment="as in model.kind"),
        sa.Column("model_id", sa.SmallInteger(), nullable=False, comment="live from then on"),
        sa.Column("replaced_id", sa.SmallInteger(), comment="live until then"),
        sa.Column("rolled_back_at", sa.DateTime(timezone=True), comment="null: it still counts"),
        sa.ForeignKeyConstraint(["model_id"], ["model.id"], name=op.f("promotion_model_id_fkey")),
        sa.ForeignKeyConstraint(["replaced_id"], ["model.id"], name=op.f("promotion_replaced_id_fkey")),
        sa.PrimaryKeyConstraint("promoted_at", "kind", name=op.f("promotion_pkey")),
        comment="Which model was live when: one row a kind that was switched",
    )
    rewrite_input_hashes()


def _drop_models_side_by_side() -> None:
    op.drop_table("promotion")
    op.drop_table("stage_model")
    op.drop_constraint("model_kind_name_revision_weights_sha256_made_with_key", "model")
    op.drop_column("model", "made_with")
    op.create_unique_constraint(
        "model_kind_name_revision_weights_sha256_key", "model", ["kind", "name", "revision", "weights_sha256"]
    )


def _comment_on_columns(*, remove: bool = False) -> None:
    for table, columns in COLUMN_COMMENTS.items():
        for column, comment in columns.items():
            quoted = "null" if remove else "'" + comment.replace("'", "''") + "'"
            op.execute(f"comment on column {table}.{column} is {quoted}")
