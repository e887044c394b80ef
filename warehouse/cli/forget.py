"""`warehouse forget`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from warehouse.records import BookStatus


@click.command()
@click.argument("books", nargs=-1, required=True)
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(books: tuple[str, ...], yes: bool) -> None:
    """Delete books from the warehouse, with all their rows; their files are not touched.

    A book is named by its path, the name of its file, or its id. What people said of it goes too. A book
    whose file is still there comes back when it is ingested again.

    \b
    Example:
      warehouse status --missing
      warehouse forget "Red Sonja 001.cbz"
    """
    from warehouse.cli.session import current_database
    from warehouse.database.connection import translated_errors
    from warehouse.database.queries import book_statuses, the_book_named
    from warehouse.database.store.forgetting import forget_book

    if not yes and not sys.stdin.isatty():
        raise click.UsageError("give --yes where nobody can be asked")
    database = current_database()
    with translated_errors(), database.connect(autocommit=True, steady=True) as connection:
        found = book_statuses(connection, [the_book_named(connection, name)[0] for name in books])
        if not yes and not _confirmed(found):
            click.echo("nothing was forgotten", err=True)
            return
        with connection.transaction():
            gone = sum(forget_book(connection, book.book_id) for book in found)
    click.echo(f"{gone} forgotten")


def _confirmed(books: list[BookStatus]) -> bool:
    for book in books:
        name = " ".join(part for part in (book.series, book.number) if part)
        click.echo(f"book {book.book_id}: {name or 'no name'}, {book.pages} pages, {book.path}")
    return click.confirm("Delete all rows of these from the warehouse?")
