"""Workers: which work can be claimed, who holds it, who was told of it, who is there.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"

STATE = (
    "waiting (for an earlier stage), ready, leased (under way), done, failed (said why: tried again"
    " when asked), quarantined (given up after several attempts)"
)
STATE_BEFORE = "ready, leased (under way), done, failed (will be tried again), quarantined (given up)"
CHANGED = "when the state last changed: of a leased row when its lease began"
CHANGED_BEFORE = "when the row last changed"


def upgrade() -> None:
    _allow_states("waiting", "ready", "leased", "done", "failed", "quarantined")
    op.alter_column("work", "state", server_default=sa.text("'waiting'"), comment=STATE)
    op.alter_column("work", "updated_at", comment=CHANGED, existing_comment=CHANGED_BEFORE)
    op.add_column(
        "work",
        sa.Column("worker", sa.Text(), comment="host:pid of the process that holds it, or did it last"),
    )
    op.add_column(
        "work",
        sa.Column(
            "sent_at", sa.DateTime(timezone=True), comment="when workers were last sent a message for it"
        ),
    )
    _let_later_stages_wait()
    _add_indexes()
    op.execute(
        "alter table work set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0)"
    )
    _add_worker()


def downgrade() -> None:
    op.drop_table("worker")
    op.execute("alter table work reset (autovacuum_vacuum_scale_factor, autovacuum_vacuum_cost_delay)")
    op.drop_index("page_error_idx", table_name="page")
    op.drop_index("book_status_idx", table_name="book")
    for name in ("work_done_idx", "work_leased_idx", "work_ready_idx"):
        op.drop_index(name, table_name="work")
    op.drop_column("work", "sent_at")
    op.drop_column("work", "worker")
    op.execute("update work set state = 'ready' where state = 'waiting'")
    op.alter_column("work", "updated_at", comment=CHANGED_BEFORE)
    op.alter_column("work", "state", server_default=sa.text("'ready'"), comment=STATE_BEFORE)
    _allow_states("ready", "leased", "done", "failed", "quarantined")


def _allow_states(*states: str) -> None:
    listed = ", ".join(f"'{state}'" for state in states)
    op.drop_constraint(op.f("work_state_check"), "work")
    op.create_check_constraint(op.f("work_state_check"), "work", f"state in ({listed})")


def _let_later_stages_wait() -> None:
    """Ready has meant: not begun.  Now it means: everything before it is done."""
    op.execute(
        "with place (stage, number) as (values ('pages', 1), ('panels', 2), ('text', 3), ('page_types', 4),"
        " ('panel_vectors', 5), ('strips', 6))"
        " update work w set state = 'waiting' from place p where w.stage = p.stage and w.state = 'ready'"
        " and exists (select from work e join place q on q.stage = e.stage"
        " where e.book_id = w.book_id and q.number < p.number and e.state <> 'done')"
    )


def _add_indexes() -> None:
    op.create_index(
        "work_ready_idx",
        "work",
        ["stage", sa.text("sent_at nulls first")],
        postgresql_where=sa.text("state = 'ready'"),
        postgresql_include=["updated_at"],
    )
    op.create_index("work_leased_idx", "work", ["book_id"], postgresql_where=sa.text("state = 'leased'"))
    op.create_index("work_done_idx", "work", ["updated_at"], postgresql_where=sa.text("state = 'done'"))
    op.create_index("book_status_idx", "book", ["status", "error_code"])
    op.create_index("page_error_idx", "page", ["book_id"], postgresql_where=sa.text("status = 'error'"))


def _add_worker() -> None:
    moment = sa.DateTime(timezone=True)
    now = sa.text("now()")
    op.create_table(
        "worker",
        sa.Column("name", sa.Text(), nullable=False, comment="host:pid"),
        sa.Column("host", sa.Text(), nullable=False, comment="name of its machine"),
        sa.Column("pid", sa.Integer(), nullable=False, comment="process id there"),
        sa.Column(
            "queues",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="that it serves: io, cpu, gpu, export",
        ),
        sa.Column("started_at", moment, server_default=now, nullable=False, comment="when the process began"),
        sa.Column(
            "seen_at", moment, server_default=now, nullable=False, comment="when it last gave a sign of life"
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("worker_pkey")),
        comment="The worker processes: a row while one runs, and a while longer where it ended badly",
    )
