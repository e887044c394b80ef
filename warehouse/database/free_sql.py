"""SQL typed by a person, run as given in a read-only transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg

from warehouse.database.connection import Connection
from warehouse.database.question import check_text
from warehouse.errors import QueryError

STATEMENT_SECONDS = 300
NEAR = 30
"""Characters of the query shown where it is wrong."""


@dataclass(frozen=True, slots=True)
class SqlResult:
    """columns: names.  rows: values as Python has them.  tag: what the server says it did."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    tag: str


def run_sql(connection: Connection, query: str, *, seconds: int = STATEMENT_SECONDS) -> SqlResult:
    """Run one query, or several of which the last one answers.

    connection: autocommit.  seconds: after which a statement is given up, 0: never.
    Raises QueryError with the server's words and the place in the query, and MissingQueryVector where a text
    searched for has no vector yet.
    """
    from warehouse.database.answers import missing_vector

    check_text(query)
    try:
        with _only_reading(connection, seconds):
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


@contextmanager
def _only_reading(connection: Connection, seconds: int) -> Iterator[None]:
    """A transaction that cannot be made to write: neither by ending it nor by asking for another mode in it.

    The session's default is read-only too, for what follows a `commit` in the query; the first statement
    takes a snapshot, after which the mode is fixed.
    """
    connection.execute("set default_transaction_read_only = on")
    connection.execute(f"set statement_timeout = '{int(seconds)}s'")
    try:
        connection.execute("begin read only")
        connection.execute("select 1")
        yield
    finally:
        if not connection.closed:
            connection.rollback()
            connection.execute("reset statement_timeout")
            connection.execute("reset default_transaction_read_only")


def _refused(query: str, error: psycopg.Error) -> QueryError:
    words = error.diag.message_primary or str(error).strip().splitlines()[0]
    code, remedy = "sql-refused", error.diag.message_hint
    if isinstance(error, psycopg.errors.ReadOnlySqlTransaction):
        remedy = "queries here only read; 'warehouse edit' and its like change things"
    elif isinstance(error, psycopg.errors.QueryCanceled):
        code, remedy = "query-timeout", "narrow the question, or give it more time with --timeout"
    if error.diag.statement_position is not None:
        before = query[: int(error.diag.statement_position) - 1]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        near = " ".join(query[len(before) :][:NEAR].split())
        words += f", at line {line}, column {column}: {near!r}"
    return QueryError(" ".join(words.split()), code=code, remedy=remedy and " ".join(remedy.split()))
