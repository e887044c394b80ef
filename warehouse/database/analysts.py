"""Logins that only read: the group role `analyst` and its members.  See sql/roles.sql."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

import psycopg

from warehouse.database.connection import Connection
from warehouse.database.free_sql import STATEMENT_SECONDS
from warehouse.database.statements import statement
from warehouse.errors import DatabaseError

LONGEST_NAME = 63
"""Bytes; PostgreSQL cuts longer names, so that two could become one."""
PASSWORD_BYTES = 18


@dataclass(frozen=True, slots=True)
class Analyst:
    """A login that reads.  created: just now.  password: as set now, None where left alone."""

    name: str
    created: bool
    password: str | None = field(repr=False)


def grant_analyst(
    connection: Connection, name: str, password: str | None = None, *, generate: bool = False
) -> Analyst:
    """Make a login of this name that can read everything and write nothing; safe to run twice.

    connection: of who owns the warehouse and may create roles; autocommit.  password: to be set.
    generate: make one for a new login where none is given.
    Raises DatabaseError: `role-taken` where the name is somebody else's, `name-unusable`.
    """
    _check_name(name)
    with connection.transaction():
        connection.execute(statement("create_analyst"))
        if connection.execute(statement("analyst_is_harmless")).fetchone() != (True,):
            raise _taken("analyst", "is there for something else, and may do more than read")
        grant_reading(connection)
        found = connection.execute(statement("login_of"), {"name": name}).fetchone()
        if found is not None and not found[0]:
            raise _taken(name, "is there already and is no analyst's login")
        if found is None:
            _run_made(connection, "create_login", {"name": name})
            password = password or (secrets.token_urlsafe(PASSWORD_BYTES) if generate else None)
        _run_made(
            connection,
            "set_login",
            {
                "name": name,
                "timeout": f"{STATEMENT_SECONDS}s",
                "verifier": _hashed(connection, name, password) if password else None,
            },
        )
    return Analyst(name, found is None, password)


def grant_reading(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """Let the role analyst read all tables, views and functions of the warehouse, as they are now."""
    from warehouse.database.sql_objects import sql_objects
    from warehouse.database.tables import metadata

    objects = sql_objects()
    relations = [*metadata.tables, *(item.name for item in objects if item.kind == "view")]
    functions = [item.name for item in objects if item.kind == "function"]
    _run_made(connection, "analyst_grants", {"relations": relations, "functions": functions})


def restore_reading(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """As grant_reading(), where analysts may read this database: for views and functions made anew."""
    if connection.execute(statement("analysts_read_here")).fetchone() == (True,):
        grant_reading(connection)


def url_as(url: str, name: str) -> str:
    """The database's URL for this login, without any password."""
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    query = [pair for pair in parse_qsl(parts.query) if pair[0] not in {"user", "password"}]
    return urlunsplit(
        parts._replace(netloc=f"{quote(name, safe='')}@{place}", query=urlencode(query, safe="/"))
    )


def _run_made(
    connection: psycopg.Connection[tuple[object, ...]], name: str, values: dict[str, object]
) -> None:
    for (made,) in connection.execute(statement(name), values).fetchall():
        connection.execute(str(made).encode())


def _hashed(connection: Connection, name: str, password: str) -> str:
    """As the server stores it, so that the password itself never reaches its log."""
    algorithm = b"scram-sha-256"
    return connection.pgconn.encrypt_password(password.encode(), name.encode(), algorithm).decode()


def _check_name(name: str) -> None:
    try:
        length = len(name.encode())
    except UnicodeEncodeError:
        length = 0
    if not 0 < length <= LONGEST_NAME or "\0" in name:
        raise DatabaseError(
            f"{name[:80]!r} cannot be the name of a login",
            code="name-unusable",
            remedy=f"take one of 1 to {LONGEST_NAME} bytes of UTF-8",
        )


def _taken(name: str, why: str) -> DatabaseError:
    return DatabaseError(
        f"the role {name!r} {why}",
        code="role-taken",
        remedy="choose another name, or rename or drop that role",
    )
