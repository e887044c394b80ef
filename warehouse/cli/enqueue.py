"""`warehouse enqueue`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from warehouse.config import load_settings

if TYPE_CHECKING:
    from warehouse.queueing import Queued


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--resume", is_flag=True, help="Tell workers again of everything that is ready.")
@click.option("--limit", type=click.IntRange(min=1), help="Stop after so many books that need work.")
@click.option("--dry-run", is_flag=True, help="List the books that would be looked at; change nothing.")
@click.option(
    "--skip-existing/--refresh",
    default=True,
    show_default=True,
    help="Skip what is done; --refresh redoes what an older version or another model has done.",
)
@click.option("--retry-failed", is_flag=True, help="Try books again that failed or were given up.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="No progress, only the result.")
def enqueue(
    paths: tuple[Path, ...],
    resume: bool,
    limit: int | None,
    dry_run: bool,
    skip_existing: bool,
    retry_failed: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Register books and leave their stages to the workers; what is done is skipped.

    Takes what 'warehouse ingest' takes, and returns at once: 'warehouse worker' does the work, here or on
    other machines that reach the same database, broker and files. 'warehouse status --watch' shows how far
    it is. Exit code 0 all good, 1 no book found.

    \b
    Example:
      warehouse enqueue ~/Comics
    """
    if not paths and not resume:
        raise click.UsageError("give files or folders, or --resume")
    if dry_run:
        from warehouse.cli.ingest import list_books

        list_books(paths)
        return
    from warehouse.cli.output import echo_json
    from warehouse.cli.register_progress import register_progress
    from warehouse.cli.session import chosen_profile, current_database
    from warehouse.database.connection import translated_errors
    from warehouse.ingest import IngestOptions
    from warehouse.queueing import queue_books
    from workers.sending import wake_workers

    settings = load_settings()
    database = current_database()
    options = IngestOptions(
        limit, retry_failed, not skip_existing, settings.limits, settings.work, settings.sidecars
    )
    with translated_errors(), register_progress(quiet) as progress:
        queued = queue_books(paths, database, chosen_profile(), progress, options)
        told = wake_workers(settings, database, again=resume)
    if as_json:
        echo_json({"outcomes": queued.outcomes, "waiting": len(queued.waiting), "messages": told})
    else:
        _echo(queued, told, resume)
    click.get_current_context().exit(0 if queued.outcomes or resume else 1)


def _echo(queued: Queued, told: int | None, resume: bool) -> None:
    """What was found, and who knows of it."""
    if queued.outcomes:
        click.echo(", ".join(f"{count} {name}" for name, count in sorted(queued.outcomes.items())))
    elif not resume:
        click.echo("no books found there: give files or folders that hold CBZ, CBR, PDF or EPUB")
    if told is None:
        click.echo("no worker is running here: start one with 'warehouse worker'")
    elif told or resume:
        click.echo(f"{told} messages sent to the workers; what does not fit now follows by itself")
