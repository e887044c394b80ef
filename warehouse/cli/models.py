"""`warehouse models`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warehouse.records import Coverage, ModelStatus

KINDS = ("visual_backbone", "sentence_encoder", "panel_encoder", "strip_encoder")


@click.group()
def models() -> None:
    """The models that made the vectors. Several lie side by side; answers come from the live of a kind."""


@models.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")
def list_models(as_json: bool) -> None:
    """Every model: whether it is trained and live, and how complete its vectors are.

    Coverage is vectors there are out of vectors there should be, over all tables of the model's kind.

    \b
    Example:
      warehouse models list
    """
    from dataclasses import asdict

    from warehouse.cli.output import echo_json, echo_table
    from warehouse.cli.session import reading
    from warehouse.database.coverage import coverage
    from warehouse.database.queries import models as registered

    with reading() as connection:
        found = registered(connection)
        rows = coverage(connection)
    if as_json:
        echo_json([{**asdict(m), "coverage": [row for row in rows if row.model_id == m.id]} for m in found])
    elif not found:
        click.echo("no models yet: they are registered when books are ingested")
    else:
        echo_table(
            ("id", "model", "kind", "revision", "dim", "trained", "status", "coverage", "missing", "stale"),
            [
                (m.id, m.name, m.kind, m.revision, m.dim, m.trained, m.status, *_covered(m, rows))
                for m in found
            ],
        )


@models.command()
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="No progress, only the result.")
def refresh(as_json: bool, quiet: bool) -> None:
    """Make the vectors that the models of WAREHOUSE_PROFILE lack, and those that are stale; only those.

    Boxes, texts and page types stay as they are, and so do other models' vectors. Can be stopped at any
    moment and goes on where it ended.

    \b
    Example:
      WAREHOUSE_PROFILE=offline warehouse models refresh
    """
    from warehouse.cli.ingest import counts_line, echo_summary_json
    from warehouse.cli.progress import ingest_progress
    from warehouse.cli.session import chosen_profile, current_database
    from warehouse.config import load_settings
    from warehouse.database.connection import translated_errors
    from warehouse.ingest import refresh_vectors

    database = current_database()
    with translated_errors(), ingest_progress(quiet) as progress:
        summary = refresh_vectors(database, chosen_profile(), progress, load_settings().limits)
    if as_json:
        echo_summary_json(summary)
    else:
        click.echo(counts_line(summary) if summary.outcomes else "nothing is missing or stale")
    click.get_current_context().exit(summary.exit_code if summary.outcomes else 0)


@models.command()
@click.argument("model")
def promote(model: str) -> None:
    """Make a model live, once its vectors are complete. MODEL is an id, a name or name@revision.

    Models made with each other go together: a panel encoder with the backbone and the sentence encoder it
    takes vectors from, and a strip encoder with its panel encoder. All switch in one moment; what was live
    is retired and keeps its vectors. Where the live model is searched by an index, the new one's must be
    built and checked first.

    \b
    Example:
      warehouse models promote 5
    """
    from warehouse.cli.session import reading
    from warehouse.database.queries import the_model_named
    from warehouse.database.store.promoting import promote as switch

    with reading() as connection:
        chosen = the_model_named(connection, model)
        with connection.transaction():
            changed = switch(connection, chosen.id)
    _echo_live(changed)
    if not changed:
        click.echo(f"{chosen.kind} {chosen.label} is live already")


@models.command()
@click.argument("kind", type=click.Choice(KINDS))
def rollback(kind: str) -> None:
    """Make the model live that was before the last promotion of its kind, with all that were switched along.

    \b
    Example:
      warehouse models rollback panel_encoder
    """
    from warehouse.cli.session import reading
    from warehouse.database.coverage import coverage, incomplete
    from warehouse.database.store.promoting import roll_back

    with reading() as connection:
        with connection.transaction():
            back = roll_back(connection, kind)
        lacking = incomplete(coverage(connection), [model.id for model in back])
    _echo_live(back)
    if lacking:
        count = sum(row.missing + row.stale for row in lacking)
        click.echo(f"{count} of their vectors are missing or stale: see 'warehouse status'", err=True)


@models.command()
@click.argument("model")
def retire(model: str) -> None:
    """Say that a model is no candidate any more; its vectors stay.

    \b
    Example:
      warehouse models retire 5
    """
    from warehouse.cli.session import reading
    from warehouse.database.queries import the_model_named
    from warehouse.database.store.promoting import retire as switch_off

    with reading() as connection:
        chosen = the_model_named(connection, model)
        switch_off(connection, chosen)
    click.echo(f"{chosen.kind} {chosen.label} is retired")


@models.command("forget-vectors")
@click.argument("model")
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget_vectors(model: str, yes: bool) -> None:
    """Delete all vectors of a model that is not live.

    \b
    Example:
      warehouse models forget-vectors 5
    """
    from warehouse.cli.session import reading
    from warehouse.database.coverage import coverage
    from warehouse.database.queries import the_model_named
    from warehouse.database.store.promoting import forget_vectors as forget

    if not yes and not sys.stdin.isatty():
        raise click.UsageError("give --yes where nobody can be asked")
    with reading() as connection:
        chosen = the_model_named(connection, model)
        if not yes:
            count = sum(row.with_vector for row in coverage(connection) if row.model_id == chosen.id)
            if not click.confirm(f"Delete {count} vectors of {chosen.kind} {chosen.label}?"):
                click.echo("nothing was forgotten", err=True)
                return
        with connection.transaction():
            gone = forget(connection, chosen)
    click.echo(f"{gone} vectors forgotten")


def _echo_live(changed: Sequence[ModelStatus]) -> None:
    for model in changed:
        click.echo(f"live: {model.kind} {model.label} (id {model.id})")


def _covered(model: ModelStatus, rows: Sequence[Coverage]) -> tuple[str, int, int]:
    own = [row for row in rows if row.model_id == model.id]
    having, owners = sum(row.with_vector for row in own), sum(row.owners for row in own)
    return f"{having}/{owners}", sum(row.missing for row in own), sum(row.stale for row in own)
