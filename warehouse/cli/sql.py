"""`warehouse sql`."""

from __future__ import annotations

import csv
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
def sql(query: str | None, file: TextIO | None, as_json: bool, as_csv: bool) -> None:
    """Ask the database in SQL, in a read-only transaction.

    Text searched for inside the query, as in search_panels('castle at night'), is turned into its vector
    on the way. Vectors print as their width and length.

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
        result = desk.ask(lambda: run_sql(desk.connection, text))
    if as_json:
        echo_json([dict(zip(result.columns, row, strict=True)) for row in result.rows])
    elif as_csv:
        _echo_csv(result)
    elif not result.columns:
        click.echo(result.tag)
    else:
        echo_table(result.columns, result.rows)
        click.echo(f"({len(result.rows)} row{'' if len(result.rows) == 1 else 's'})")


def _echo_csv(result: SqlResult) -> None:
    from warehouse.cli.output import plain

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(result.columns)
    writer.writerows([plain(value) for value in row] for row in result.rows)
