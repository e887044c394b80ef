"""`warehouse status`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from warehouse.records import WarehouseStatus


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")
def status(as_json: bool) -> None:
    """How the warehouse stands: books, pages, stages, failures, models.

    \b
    Example:
      warehouse status --json
    """
    from warehouse.cli.output import echo_json
    from warehouse.cli.session import reading
    from warehouse.database.queries import warehouse_status

    with reading() as connection:
        found = warehouse_status(connection)
    if as_json:
        echo_json(found)
    else:
        _echo(found)


def _echo(found: WarehouseStatus) -> None:
    from warehouse.cli.output import echo_table
    from warehouse.records import STAGES

    books = ", ".join(f"{count} {name}" for name, count in found.books.items()) or "none yet"
    click.echo(f"books: {books}")
    unreadable = f" ({found.unreadable_pages} unreadable)" if found.unreadable_pages else ""
    click.echo(
        f"pages: {found.pages}{unreadable}, panels: {found.panels}, lines of text: {found.lines},"
        f" strips: {found.strips}\n"
    )
    states = ("done", "ready", "leased", "failed", "quarantined")
    echo_table(
        ("stage", *states),
        [(stage, *(found.stages.get(stage, {}).get(state, 0) for state in states)) for stage in STAGES],
    )
    if found.failures:
        click.echo()
        echo_table(("error code", "books"), list(found.failures.items()))
    if found.models:
        click.echo()
        echo_table(
            ("model", "kind", "revision", "dim", "trained", "status"),
            [(m.name, m.kind, m.revision, m.dim, m.trained, m.status) for m in found.models],
        )
