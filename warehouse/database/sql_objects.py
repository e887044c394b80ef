"""The functions and views of sql/: re-applied as a whole whenever one of them changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import psycopg

from warehouse.errors import DatabaseError


@dataclass(frozen=True, slots=True)
class SqlObject:
    """One object: its kind ('function' or 'view'), its name, and the statements of its file."""

    kind: str
    name: str
    body: str


def sql_objects() -> list[SqlObject]:
    """Every object in sql/functions and sql/views, by kind and name."""
    found = []
    for folder, kind in (("functions", "function"), ("views", "view")):
        for file in sorted(files("sql").joinpath(folder).iterdir(), key=lambda file: file.name):
            if file.name.endswith(".sql"):
                found.append(SqlObject(kind, file.name.removesuffix(".sql"), file.read_text("utf-8")))
    return found


def sql_fingerprint() -> str:
    """SHA-256 over all objects."""
    digest = hashlib.sha256()
    for item in sql_objects():
        digest.update(f"{item.kind} {item.name}\n{item.body}\n".encode())
    return digest.hexdigest()


def apply_sql_objects(connection: psycopg.Connection[Any]) -> None:
    """Create or replace every object, each after those it builds on.  Runs in the caller's transaction."""
    waiting = sql_objects()
    while waiting:
        failed: list[tuple[SqlObject, psycopg.Error]] = []
        for item in waiting:
            try:
                with connection.transaction():
                    connection.execute(item.body.encode())
            except (psycopg.errors.UndefinedFunction, psycopg.errors.UndefinedTable) as error:
                failed.append((item, error))
            except psycopg.Error as error:
                raise _refused(item, error) from error
        if len(failed) == len(waiting):
            raise _refused(*failed[0]) from failed[0][1]
        waiting = [item for item, _ in failed]
    connection.execute("delete from sql_objects")
    connection.execute("insert into sql_objects (sha256) values (%s)", (sql_fingerprint(),))


def drop_sql_objects(connection: psycopg.Connection[Any]) -> None:
    """Drop every object, so that tables can be downgraded.  Runs in the caller's transaction."""
    kinds = {"function": "routine", "view": "view"}
    for item in sql_objects():
        statement = psycopg.sql.SQL("drop {} if exists {} cascade").format(
            psycopg.sql.SQL(kinds[item.kind]), psycopg.sql.Identifier(item.name)
        )
        connection.execute(statement)


def _refused(item: SqlObject, error: psycopg.Error) -> DatabaseError:
    return DatabaseError(
        f"sql/{item.kind}s/{item.name}.sql was refused: {str(error).splitlines()[0]}",
        code="sql-object",
        remedy="a changed signature needs a migration that drops the old one",
    )
