"""Reaching the database: which one, is it new enough, and connections that know vectors."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from pgvector.psycopg import register_vector
from psycopg.abc import RV, PQGen

from warehouse.config import Settings, without_password
from warehouse.database.embedded import start_embedded
from warehouse.errors import DatabaseError
from warehouse.interruption import uninterrupted

Connection = psycopg.Connection[tuple[Any, ...]]

OLDEST_PGVECTOR = (0, 8, 4)
"""Older ones can corrupt an HNSW index in VACUUM."""
OLDEST_POSTGRES = 15
"""The first with `unique nulls not distinct`."""
CONNECT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Database:
    """A database that answers and is new enough.  embedded: it is our own server."""

    url: str
    embedded: bool

    def connect(self, *, autocommit: bool = False, steady: bool = False) -> Connection:
        """Open a connection with the vector types registered.  Raises DatabaseError.

        steady: for writing; Ctrl-C waits for the statement at work, a matter of milliseconds, and the
        server is told whose session it is.
        """
        connection = _connect(self.url, autocommit, _SteadyConnection if steady else psycopg.Connection)
        if _pgvector_version(connection) is not None:
            register_vector(connection)
        if not autocommit:
            connection.rollback()
        return connection


class _SteadyConnection(psycopg.Connection[tuple[Any, ...]]):
    """An interruption in the middle of a statement can leave a connection that neither works nor lets go."""

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        with uninterrupted():
            return super().wait(gen, interval, timeout)


def open_database(settings: Settings) -> Database:
    """Start or reach the database of these settings; raises DatabaseError if it cannot serve us."""
    if settings.database_url is None:
        database = Database(start_embedded(settings.home), embedded=True)
    else:
        database = Database(settings.database_url, embedded=False)
    with _connect(database.url, autocommit=True) as connection:
        check_versions(connection)
    return database


@contextmanager
def translated_errors() -> Iterator[None]:
    """Errors of the driver and the server, as a DatabaseError whose message is one line."""
    try:
        yield
    except psycopg.Error as error:
        lines = str(error).strip().splitlines() or [type(error).__name__]
        hint = error.diag.message_hint
        code = "database-lost" if isinstance(error, psycopg.OperationalError) else "sql-refused"
        raise DatabaseError(lines[0], code=code, remedy=hint) from error


def check_versions(connection: Connection) -> None:
    """Refuse a PostgreSQL or pgvector that is missing or too old."""
    if connection.info.server_version // 10000 < OLDEST_POSTGRES:
        raise DatabaseError(
            f"PostgreSQL {connection.info.server_version // 10000} is too old",
            code="postgres-too-old",
            remedy=f"use PostgreSQL {OLDEST_POSTGRES} or newer",
        )
    version = _pgvector_version(connection) or _pgvector_available(connection)
    if version is None:
        raise DatabaseError(
            "the server has no pgvector extension",
            code="pgvector-missing",
            remedy="install pgvector 0.8.4 or newer on the server",
        )
    if version_tuple(version) < OLDEST_PGVECTOR:
        raise DatabaseError(
            f"pgvector {version} is too old: before 0.8.4 its indexes can be corrupted by VACUUM",
            code="pgvector-too-old",
            remedy="install pgvector 0.8.4 or newer, then run 'alter extension vector update'",
        )


def version_tuple(version: str) -> tuple[int, ...]:
    """'0.8.5' as (0, 8, 5); parts that are not numbers end it."""
    parts: list[int] = []
    for part in version.split("."):
        if not part.isdecimal():
            break
        parts.append(int(part))
    return tuple(parts)


def process_name() -> str:
    """This process, as the ledger calls it: 'host:pid'."""
    return f"{socket.gethostname()}:{os.getpid()}"


def _connect(url: str, autocommit: bool, kind: type[Connection] = psycopg.Connection) -> Connection:
    name = process_name() if kind is _SteadyConnection else None
    try:
        return kind.connect(
            url, autocommit=autocommit, connect_timeout=CONNECT_SECONDS, application_name=name
        )
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[-1] if str(error).strip() else "no answer"
        raise DatabaseError(
            f"no connection to {without_password(url)} ({reason})",
            code="database-unreachable",
            remedy="check WAREHOUSE_DATABASE_URL and that the server runs, or unset it for the embedded one",
        ) from error


def _pgvector_version(connection: Connection) -> str | None:
    row = connection.execute("select extversion from pg_extension where extname = 'vector'").fetchone()
    return str(row[0]) if row else None


def _pgvector_available(connection: Connection) -> str | None:
    row = connection.execute(
        "select default_version from pg_available_extensions where name = 'vector'"
    ).fetchone()
    return str(row[0]) if row else None
