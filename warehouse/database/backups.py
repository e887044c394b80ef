"""The whole database in one file and back, by pg_dump and pg_restore of the embedded server's package."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from warehouse.config import environment_with
from warehouse.database.connection import Connection, Database
from warehouse.database.embedded import server_program
from warehouse.database.statements import statement
from warehouse.database.tables import metadata
from warehouse.database.upgrade import upgrade
from warehouse.errors import DatabaseError

FORMAT = ("--format=custom", "--no-owner", "--no-privileges")


def dump_database(database: Database, file: Path) -> int:
    """Write a dump beside FILE, then rename it; returns its bytes.  Raises DatabaseError."""
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        _run(database, "pg_dump", *FORMAT, f"--file={unfinished}")
        _sync(unfinished)
        os.replace(unfinished, file)
    except OSError as error:
        raise DatabaseError(
            f"the dump {file} was not written ({error.strerror})",
            code="dump-failed",
            remedy="choose another place",
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return file.stat().st_size


def restore_database(database: Database, file: Path) -> int:
    """Fill a database that holds no books from a dump, and upgrade it; returns how many books it has then.

    All of it or nothing.  Raises DatabaseError.
    """
    with database.connect(autocommit=True) as connection:
        _make_room(connection)
    _run(database, "pg_restore", *FORMAT[1:], "--exit-on-error", "--single-transaction", str(file))
    upgrade(database)
    with database.connect(autocommit=True) as connection:
        row = connection.execute(statement("count_books")).fetchone()
    assert row is not None
    return int(row[0])


def _make_room(connection: Connection) -> None:
    """Drop the empty tables that looking at a new warehouse has made; anything else is in the way."""
    tables = {name for (name,) in connection.execute(statement("own_tables")).fetchall()}
    if not tables:
        return
    ours = tables <= {*metadata.tables, "alembic_version"}
    if ours and "book" in tables and connection.execute(statement("count_books")).fetchone() == (0,):
        connection.execute(statement("drop_everything"))
        return
    raise DatabaseError(
        f"there are tables in this database already ({len(tables)})",
        code="database-not-empty",
        remedy="restore into a new WAREHOUSE_HOME, or set WAREHOUSE_DATABASE_URL to an empty database",
    )


def _run(database: Database, program: str, *arguments: str) -> None:
    """Run a program on the database; its password is not among the arguments, which others can see."""
    url, password = _without_password(database.url)
    done = subprocess.run(
        [server_program(program), *arguments, f"--dbname={url}"],
        env=environment_with(PGPASSWORD=password) if password else None,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
        raise DatabaseError(
            f"{program} failed ({lines[0]})", code="dump-failed", remedy="see docs/operations.md, Backup"
        )


def _without_password(url: str) -> tuple[str, str | None]:
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    user = f"{parts.username}@" if parts.username else ""
    password = unquote(parts.password) if parts.password else None
    return urlunsplit(parts._replace(netloc=f"{user}{place}")), password


def _sync(file: Path) -> None:
    with open(file, "rb") as written:
        os.fsync(written.fileno())
