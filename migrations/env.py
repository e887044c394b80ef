"""Alembic's environment: one transaction under an advisory lock, SQL objects re-applied at head."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine, pool, text

from warehouse.config import load_settings
from warehouse.database.connection import open_database
from warehouse.database.sql_objects import apply_sql_objects, drop_sql_objects
from warehouse.database.tables import metadata

UPGRADE_LOCK = 0x636F6D6963  # 'comic'


def _url() -> str:
    url = context.config.attributes.get("url") or open_database(load_settings()).url
    return url.replace("postgresql://", "postgresql+psycopg://", 1).replace(
        "postgres://", "postgresql+psycopg://", 1
    )


def run() -> None:
    engine = create_engine(_url(), poolclass=pool.NullPool)
    with engine.begin() as connection:
        connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": UPGRADE_LOCK})
        connection.execute(text("create extension if not exists vector"))
        context.configure(connection=connection, target_metadata=metadata, compare_server_default=False)
        driver = connection.connection.driver_connection
        assert driver is not None
        if context.config.attributes.get("downgrade"):
            drop_sql_objects(driver)
        with context.begin_transaction():
            context.run_migrations()
        head = context.get_head_revision()
        if head is not None and context.get_context().get_current_revision() == head:
            apply_sql_objects(driver)


run()
