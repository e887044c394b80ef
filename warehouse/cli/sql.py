"""`warehouse sql`."""

from __future__ import annotations

import csv
import json
import sys
from typing import TYPE_CHECKING, TextIO

import click

if TYPE_CHECKING:
    from warehouse.database.free_sql import SqlResult


@click.command()
@click.argument("query", required=False)
@click.option(
    "-f", "--file", type=click.File(encoding="utf-8"), help="Read the query from a file ('-': stdin)."
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array of objects and nothing else.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV with a heading.")
@click.option(
    "--timeout", type=click.IntRange(0, 86_400), default=300, show_default=True,
    help="Seconds after which the query is given up; 0: never.",
)  # fmt: skip
def sql(query: str | None, file: TextIO | None, as_json: bool, as_csv: bool, timeout: int) -> None:
    """Ask the database in SQL, in a read-only transaction: what writes is refused.

    Text searched for inside the query, as in search_panels('castle at night'), is turned into its vector
    on the way. In a table a vector prints as its width and length, halfvec(512) |v|=1.000, and long text
    is cut; --json and --csv have all of it, vectors as arrays of numbers; null is an empty field in CSV.

    \b
    Example:
      warehouse sql "select series, number, distance, text from search_panels('castle at night')"
    """
    from warehouse.cli.output import echo_json, echo_table
    from warehouse.cli.questions import answering
    from warehouse.database.free_sql import run_sql

    if (query is None) == (file is None):
        raise click.UsageError("give a query, or a file of one with -f")
    if as_json and as_csv:
        raise click.UsageError("--json and --csv exclude each other")
    text = query if query is not None else file.read()  # type: ignore[union-attr]
    with answering() as desk:
        result = desk.ask(lambda: run_sql(desk.connection, text, seconds=timeout))
    if as_json:
        echo_json([dict(zip(result.columns, map(_in_full, row), strict=True)) for row in result.rows])
    elif as_csv:
        _echo_csv(result)
    elif not result.columns:
        click.echo(result.tag)
    else:
        echo_table(result.columns, result.rows, null="NULL")
        click.echo(f"({len(result.rows)} row{'' if len(result.rows) == 1 else 's'})")


def _echo_csv(result: SqlResult) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(result.columns)
    writer.writerows([_field(value) for value in row] for row in result.rows)


def _field(value: object) -> object:
    from warehouse.cli.output import plain

    found = plain(_in_full(value))
    if isinstance(found, list | dict | bool):
        return json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return found


def _in_full(value: object) -> object:
    """A vector as its numbers, everything else as it is."""
    from warehouse.cli.output import vector_numbers

    numbers = vector_numbers(value)
    return value if numbers is None else numbers
