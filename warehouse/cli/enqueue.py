"""`warehouse enqueue`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from warehouse.config import load_settings


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--resume", is_flag=True, help="Send everything again that is ready and not at work.")
def enqueue(paths: tuple[Path, ...], resume: bool) -> None:
    """Register books and leave their stages to the workers; what is done is skipped.

    \b
    Example:
      warehouse enqueue ~/Comics
    """
    from warehouse.books.sources import find_books
    from warehouse.cli.session import current_database
    from warehouse.database.connection import translated_errors
    from warehouse.database.queries import unfinished_books
    from warehouse.ingest import register
    from workers.broker import reachable_broker
    from workers.sending import send_books

    if not paths and not resume:
        raise click.UsageError("give files or folders, or --resume")
    database = current_database()
    with translated_errors(), database.connect(autocommit=True, steady=True) as connection:
        found = [register(connection, source.path) for source in find_books(paths)]
        unfinished = unfinished_books(connection)
    asked = {registration.book_id for registration in found}
    waiting = [book_id for book_id in unfinished if resume or book_id in asked]
    counts = Counter(registration.outcome for registration in found)
    click.echo(", ".join(f"{count} {name}" for name, count in sorted(counts.items())) or "no new paths")
    broker = reachable_broker(load_settings())
    if broker is None:
        click.echo(f"{len(waiting)} books wait for a worker: start one with 'warehouse worker'")
    else:
        click.echo(f"{send_books(broker, waiting)} books queued")
