"""SQL typed by a person, run as given in a read-only transaction."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg

from warehouse.database.connection import Connection
from warehouse.errors import QueryError

STATEMENT_SECONDS = 300


@dataclass(frozen=True, slots=True)
class SqlResult:
    """columns: names.  rows: values as Python has them.  tag: what the server says it did."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    tag: str


def run_sql(connection: Connection, query: str) -> SqlResult:
    """Run one query, or several of which the last one answers.

    connection: autocommit.  Raises QueryError with the server's words and the place in the query, and
    MissingQueryVector where a text searched for has no vector yet.
    """
    from warehouse.database.answers import missing_vector

    try:
        with connection.transaction():
            connection.execute("set transaction read only")
            connection.execute(f"set local statement_timeout = '{STATEMENT_SECONDS}s'")
            cursor = connection.execute(query.encode())
            while cursor.nextset():
                pass
            columns = tuple(column.name for column in cursor.description or ())
            rows = tuple(cursor.fetchall()) if columns else ()
            return SqlResult(columns, rows, cursor.statusmessage or "")
    except psycopg.Error as error:
        missing = missing_vector(error)
        if missing is not None:
            raise missing from error
        raise _refused(query, error) from error


def _refused(query: str, error: psycopg.Error) -> QueryError:
    words = error.diag.message_primary or str(error).strip().splitlines()[0]
    place = error.diag.statement_position
    if place is not None:
        words += f", at line {query[: int(place)].count(chr(10)) + 1}: …{query[int(place) - 1 :][:30]!r}"
    return QueryError(words, code="sql-refused", remedy=error.diag.message_hint)
