"""`warehouse models`."""

from __future__ import annotations

import click


@click.group()
def models() -> None:
    """The models that made the vectors."""


@models.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")
def list_models(as_json: bool) -> None:
    """Every registered model, whether it is trained, and whether it is live.

    \b
    Example:
      warehouse models list
    """
    from warehouse.cli.output import echo_json, echo_table
    from warehouse.cli.session import reading
    from warehouse.database.queries import models as registered

    with reading() as connection:
        found = registered(connection)
    if as_json:
        echo_json(found)
    elif not found:
        click.echo("no models yet: they are registered when books are ingested")
    else:
        echo_table(
            ("id", "model", "kind", "revision", "dim", "trained", "status"),
            [(m.id, m.name, m.kind, m.revision, m.dim, m.trained, m.status) for m in found],
        )
