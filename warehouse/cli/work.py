"""`warehouse work`: what failed or hangs, try it again, or leave it out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from warehouse.database.connection import Connection
    from warehouse.status_records import WorkItem

STATES = ("waiting", "ready", "leased", "done", "failed", "quarantined")
TOLD = ("failed", "quarantined", "leased")
SHOWN = 50


@click.group()
def work() -> None:
    """Stages of books that failed, were given up, or are under way."""


@work.command()
@click.argument("book", required=False)
@click.option("--code", help="Only what failed with this error code, see docs/errors.md.")
@click.option("--state", type=click.Choice(STATES), help="Only what is in this state.")
@click.option("--limit", type=click.IntRange(1), default=SHOWN, show_default=True, help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")
def show(book: str | None, code: str | None, state: str | None, limit: int, as_json: bool) -> None:
    """Show work that failed, was given up or is under way; of one BOOK, all of its stages.

    BOOK is its path, the name of its file, or its id. What changed last comes first.

    \b
    Example:
      warehouse work show --code worker-crashed
      warehouse work show "Red Sonja 001.cbz"
    """
    from warehouse.cli.output import echo_json
    from warehouse.cli.session import reading
    from warehouse.database.queries import the_book_named
    from warehouse.database.work import WorkQuestion, check_code, counted_work, listed_work

    with reading() as connection:
        book_ids = None if book is None else [the_book_named(connection, book)[0]]
        if code is not None:
            check_code(connection, code)
        states = (state,) if state else STATES if book_ids else TOLD
        question = WorkQuestion(states, book_ids, code)
        found = listed_work(connection, question, limit)
        count = counted_work(connection, question)
    if as_json:
        echo_json({"count": count, "work": found})
    else:
        _echo(found, count)


@work.command()
@click.argument("books", nargs=-1)
@click.option("--code", help="Everything that failed with this error code.")
@click.option("--all", "everything", is_flag=True, help="Everything that failed or was given up.")
def retry(books: tuple[str, ...], code: str | None, everything: bool) -> None:
    """Make failed and given up work ready again, with all its attempts, and tell the workers.

    BOOK is its path, the name of its file, or its id. Without a worker, 'warehouse ingest' does the work.

    \b
    Example:
      warehouse work retry --code worker-memory
      warehouse work retry "Red Sonja 001.cbz"
    """
    from warehouse.cli.session import current_database
    from warehouse.config import load_settings
    from warehouse.database.connection import translated_errors
    from warehouse.database.ledger import Ledger
    from warehouse.database.work import books_given_up
    from workers.sending import wake_workers

    if sum((bool(books), code is not None, everything)) != 1:
        raise click.UsageError("give books, or --code, or --all")
    settings = load_settings()
    database = current_database()
    with translated_errors():
        with database.connect(autocommit=True) as connection:
            book_ids = _named(connection, books) if books else books_given_up(connection, code)
        with Ledger(database, settings.work) as ledger:
            count = ledger.retry_failed(book_ids)
        click.echo(f"{_stages(count)} ready again")
        told = wake_workers(settings, database, again=False) if count else 0
    if told is None:
        click.echo("no worker is running here: start one with 'warehouse worker', or run 'warehouse ingest'")


@work.command()
@click.argument("books", nargs=-1, required=True)
@click.option("--yes", is_flag=True, help="Do not ask.")
def drop(books: tuple[str, ...], yes: bool) -> None:
    """Take the unfinished work of books out of the way; nothing that was stored is deleted.

    What is under way is given up and writes nothing. What is done stays, and answers questions. Enqueuing
    or ingesting the book again brings the rest back, with all its attempts. BOOK is its path, the name of
    its file, or its id.

    \b
    Example:
      warehouse work drop "Red Sonja 001.cbz"
    """
    from warehouse.cli.session import current_database
    from warehouse.database.connection import translated_errors
    from warehouse.database.store.dropping import drop_work

    if not yes and not sys.stdin.isatty():
        raise click.UsageError("give --yes where nobody can be asked")
    database = current_database()
    with translated_errors(), database.connect(autocommit=True, steady=True) as connection:
        book_ids = _named(connection, books)
        if not yes and not _confirmed(connection, book_ids):
            click.echo("nothing was dropped", err=True)
            return
        count = sum(drop_work(connection, book_id) for book_id in book_ids)
    click.echo(f"{_stages(count)} dropped")


def _named(connection: Connection, books: tuple[str, ...]) -> list[int]:
    from warehouse.database.queries import the_book_named

    return list(dict.fromkeys(the_book_named(connection, name)[0] for name in books))


def _confirmed(connection: Connection, book_ids: list[int]) -> bool:
    from warehouse.database.work import WorkQuestion, listed_work

    unfinished = [state for state in STATES if state != "done"]
    found = listed_work(connection, WorkQuestion(unfinished, book_ids), None)
    _echo(found, len(found))
    return bool(found) and click.confirm("Take these out of the ledger?")


def _stages(count: int) -> str:
    return "1 stage" if count == 1 else f"{count} stages"


def _echo(found: list[WorkItem], count: int) -> None:
    """A table, and beneath it what was said of each failure, in full."""
    from warehouse.cli.output import echo_table
    from warehouse.cli.status_text import duration, place_of

    if not found:
        click.echo("no such work")
        return
    rows = [
        (
            i.book_id,
            place_of(i),
            i.stage,
            i.state,
            i.attempts,
            f"{duration(i.seconds)} ago",
            i.worker,
            i.error_code,
        )
        for i in found
    ]
    echo_table(("id", "book", "stage", "state", "attempts", "since", "worker", "error code"), rows)
    said = dict.fromkeys((item.book_id, item.error) for item in found if item.error)
    for book_id, error in said:
        click.echo(f"book {book_id}: {error}")
    if count > len(found):
        click.echo(f"… and {count - len(found)} more: --limit {count}")
