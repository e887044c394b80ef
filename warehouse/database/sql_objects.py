"""The functions and views of sql/: applied anew as a whole whenever one of them changed.

Old ones are dropped first, so that a signature may change from one version to the next.  What somebody else's
view or function builds on is not dropped but replaced, which PostgreSQL allows where the signature stays.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import psycopg

from warehouse.database.analysts import restore_reading
from warehouse.database.statements import statement
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
    """Create every object anew, each after those it builds on.  Runs in the caller's transaction."""
    _drop_where_nothing_depends(connection)
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
    _inherit_comments(connection)
    restore_reading(connection)
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


def _existing(connection: psycopg.Connection[Any]) -> list[tuple[str, str, str]]:
    """(kind, name, name with arguments) of our objects that are there, whatever their signature."""
    names: dict[str, list[str]] = {"function": [], "view": []}
    for item in sql_objects():
        names[item.kind].append(item.name)
    return connection.execute(
        "select 'view', relname, format('%%I', relname) from pg_class"
        " where relkind = 'v' and relname = any(%(view)s) and relnamespace = current_schema()::regnamespace"
        " union all"
        " select 'function', proname, oid::regprocedure::text from pg_proc"
        " where proname = any(%(function)s) and pronamespace = current_schema()::regnamespace",
        names,
    ).fetchall()


def _drop_where_nothing_depends(connection: psycopg.Connection[Any]) -> None:
    waiting = _existing(connection)
    while waiting:
        kept = []
        for kind, name, signature in waiting:
            try:
                with connection.transaction():
                    connection.execute(f"drop {kind} {signature}".encode())
            except psycopg.errors.DependentObjectsStillExist:
                kept.append((kind, name, signature))
        if len(kept) == len(waiting):
            return
        waiting = kept


def _inherit_comments(connection: psycopg.Connection[Any]) -> None:
    views = {"views": [item.name for item in sql_objects() if item.kind == "view"]}
    while made := connection.execute(statement("inherited_comments"), views).fetchall():
        for (comment,) in made:
            connection.execute(str(comment).encode())


def _refused(item: SqlObject, error: psycopg.Error) -> DatabaseError:
    return DatabaseError(
        f"sql/{item.kind}s/{item.name}.sql was refused: {str(error).splitlines()[0]}",
        code="sql-object",
        remedy="if a view or function of yours builds on it, drop that one, upgrade, and create it again",
    )
