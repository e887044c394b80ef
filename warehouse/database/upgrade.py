"""Bringing the database to this program's schema; safe to run twice and from two processes at once."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import psycopg

from warehouse.database.connection import Connection, Database
from warehouse.database.sql_objects import sql_fingerprint
from warehouse.database.store.sums import sum_all_books
from warehouse.errors import DatabaseError


def upgrade(database: Database) -> None:
    """Run the missing migrations and re-apply functions and views, then sum what lacks sums."""
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(files("migrations")).replace("%", "%%"))
    config.attributes["url"] = database.url
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise DatabaseError(
            f"the database cannot be upgraded ({error})",
            code="schema-unknown",
            remedy="it may have been made by a newer comic-warehouse: install that one",
        ) from error
    with database.connect(autocommit=True) as connection:
        sum_all_books(connection)


def ensure_current(database: Database) -> None:
    """Upgrade our own embedded database where needed; ask for it on somebody's server."""
    with database.connect(autocommit=True) as connection:
        current = is_current(connection)
    if current:
        return
    if not database.embedded:
        raise DatabaseError(
            "the database's schema is not this program's",
            code="schema-outdated",
            remedy="run 'warehouse db upgrade'",
        )
    upgrade(database)


def is_current(connection: Connection) -> bool:
    """True when tables, functions and views are those of this program."""
    try:
        row = connection.execute(
            "select (select version_num from alembic_version), (select sha256 from sql_objects)"
        ).fetchone()
    except psycopg.errors.UndefinedTable:
        return False
    return row == (head_revision(), sql_fingerprint())


def head_revision() -> str:
    """The newest revision: migrations are numbered, 0001_… up."""
    versions = Path(str(files("migrations"))) / "versions"
    return max(file.name.partition("_")[0] for file in versions.glob("[0-9]*_*.py"))
