"""`warehouse status`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warehouse.records import Coverage, MissingFiles, ModelStatus, WarehouseStatus

SHOWN = 5


@click.command()
@click.option("--missing", "all_missing", is_flag=True, help="List every file that is not where it was.")
@click.option("--quick", is_flag=True, help="Leave out the vectors: looking at each takes a while.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")
def status(all_missing: bool, quick: bool, as_json: bool) -> None:
    """How the warehouse stands: books, pages, stages, failures, models, vectors, missing files.

    A vector is stale when its page or text has changed since it was made; 'warehouse models refresh' makes
    those again, and only those.

    The rows of a book whose file is missing stay: 'warehouse ingest' finds it where it is now, 'warehouse
    forget' deletes it.

    \b
    Example:
      warehouse status --json
    """
    from dataclasses import asdict, replace

    from warehouse.cli.output import echo_json
    from warehouse.cli.session import reading
    from warehouse.database.queries import warehouse_status
    from warehouse.missing import missing_files

    with reading() as connection:
        found = warehouse_status(connection, with_coverage=not quick)
        missing = missing_files(connection)
    if as_json:
        files = missing.files if all_missing else missing.files[:SHOWN]
        echo_json({**asdict(found), "missing": replace(missing, files=files)})
    elif all_missing:
        _echo_missing(missing, len(missing.files))
    else:
        _echo(found)
        _echo_missing(missing, SHOWN)


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
    if found.coverage:
        _echo_vectors(found.coverage, found.models)


def _echo_vectors(coverage: Sequence[Coverage], models: Sequence[ModelStatus]) -> None:
    """What is missing or stale, and the command that makes it."""
    from warehouse.cli.output import echo_table

    lacking = [row for row in coverage if (row.missing or row.stale) and row.status != "retired"]
    if not lacking:
        click.echo("\nvectors: all there, none stale")
        return
    click.echo()
    echo_table(
        ("vectors", "model", "status", "owners", "with vector", "missing", "stale"),
        [
            (r.vector_table, f"{r.model_id} {r.name}", r.status, r.owners, r.with_vector, r.missing, r.stale)
            for r in lacking
        ],
    )
    of = {row.model_id for row in lacking}
    profiles = sorted({profile for model in models if model.id in of for profile in model.profiles})
    for profile in profiles:
        click.echo(f"to make these, and only these: WAREHOUSE_PROFILE={profile} warehouse models refresh")


def _echo_missing(missing: MissingFiles, most: int) -> None:
    """Paths in full, however wide: they are to be copied."""
    if missing.count:
        alone = "1 book has" if missing.books == 1 else f"{missing.books} books have"
        books = f"; {alone} no other copy" if missing.books else ""
        click.echo(f"\nmissing files: {missing.count}{books}")
        for file in missing.files[:most]:
            copies = f" (also at {file.copies[0]})" if file.copies else ""
            reason = " (holds another book now)" if file.reason == "overwritten" else copies
            click.echo(f"  book {file.book_id}: {file.path}{reason}")
        if missing.count > most:
            click.echo(f"  … and {missing.count - most} more: warehouse status --missing")
        click.echo(
            "  ingest them where they are now, or 'warehouse forget' them; nothing is deleted by itself"
        )
    else:
        click.echo("\nmissing files: none")
    if missing.unknown:
        click.echo(f"files on disks that do not answer: {missing.unknown}")
