"""The questions of docs/sql.md, asked again: `make cookbook` writes their answers into the document.

A question is a fenced block of SQL and, after it, a fenced block of output whose first line names the
columns.  The library is that of tests/sql/scholars.py.
"""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.sql.scholars import plant
from warehouse.cli.output import echo_table
from warehouse.database.connection import Connection, Database
from warehouse.database.embedded import start_embedded
from warehouse.database.free_sql import SqlResult, run_sql
from warehouse.database.upgrade import upgrade

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs/sql.md"
BLOCK = re.compile(r"^```sql\n(?P<sql>.*?)^```\n+```text\n(?P<output>.*?)^```$", re.M | re.S)
SHOWN = 10
"""Rows of an answer that are printed."""


@dataclass(frozen=True)
class Question:
    """One question of the document; columns: those its output shows."""

    title: str
    sql: str
    columns: tuple[str, ...]


def questions() -> list[Question]:
    """Every question of the document, in its order."""
    text = DOCUMENT.read_text("utf-8")
    found = []
    for match in BLOCK.finditer(text):
        title = re.findall(r"^### (.*)$", text[: match.start()], re.M)[-1]
        heading = match["output"].partition("\n")[0]
        columns = tuple(re.split(r" {3,}", heading.strip())) if heading.strip() else ()
        found.append(Question(title, match["sql"], columns))
    return found


def printed(result: SqlResult) -> str:
    """An answer as `warehouse sql` prints it, its first rows."""
    with redirect_stdout(io.StringIO()) as out:
        echo_table(result.columns, result.rows[:SHOWN], null="NULL")
    rest = len(result.rows) - SHOWN
    return out.getvalue() + (f"... {rest} more\n" if rest > 0 else "")


@contextmanager
def planted_library(server_url: str, name: str) -> Iterator[Connection]:
    """A new database of this name with the planted library in it, duplicate pages grouped; autocommit."""
    from warehouse.duplicates.refreshing import refresh_groups

    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"create database {name}".encode())
    before, _, query = server_url.partition("?")
    database = Database(f"{before.rpartition('/')[0]}/{name}?{query}", embedded=True)
    upgrade(database)
    with database.connect() as connection:
        plant(connection)
        connection.commit()
    with database.connect(autocommit=True) as connection:
        row = connection.execute("select duplicate_distance()").fetchone()
        assert row is not None
        refresh_groups(connection, int(row[0]))
        connection.execute("analyze")
        yield connection


def answered(text: str, connection: Connection) -> str:
    """The document with each output as it is now."""

    def fresh(match: re.Match[str]) -> str:
        output = printed(run_sql(connection, match["sql"]))
        return f"```sql\n{match['sql']}```\n\n```text\n{output}```"

    return BLOCK.sub(fresh, text)


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        planted_library(start_embedded(Path(folder)), "cookbook") as connection,
    ):
        DOCUMENT.write_text(answered(DOCUMENT.read_text("utf-8"), connection), "utf-8")


if __name__ == "__main__":
    main()
