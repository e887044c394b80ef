"""`warehouse edit`."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from warehouse.database.connection import Connection
    from warehouse.database.store.editing import BookEdits

TAGS, ORDER = "tags", "order"
FIELDS = (
    "series",
    "number",
    "volume",
    "title",
    "year",
    "month",
    "publisher",
    "language",
    "direction",
    "format",
)


@click.command()
@click.argument("book")
@click.option("--series", help="Name of the series.")
@click.option("--number", help="Issue number as printed, such as 7, ½ or 1.MU.")
@click.option("--volume", help="Volume of the series, a number or the year it began.")
@click.option("--title", help="Title of the issue.")
@click.option("--year", help="Year of publication.")
@click.option("--month", help="Month of publication, 1 to 12.")
@click.option("--publisher", help="Publisher, of the whole series.")
@click.option("--language", help="Language, such as en or ja.")
@click.option("--direction", help="Reading direction: ltr, rtl or vertical.")
@click.option("--format", help="Format of the publication, such as Annual or TPB.")
@click.option(
    "--page-type", "page_types", multiple=True, metavar="PAGE=TYPE", help="Label a page; 1=none unlabels."
)
@click.option(
    "--add-tag", "added", multiple=True, metavar="KIND=NAME", help="Add a tag, such as genre=Horror."
)
@click.option("--remove-tag", "removed", multiple=True, metavar="KIND=NAME", help="Take a tag away.")
@click.option("--order", metavar="0,2,1", help="Of a PAGE: its panels' numbers as they are to be read.")
@click.option(
    "--clear",
    "cleared",
    multiple=True,
    type=click.Choice([*FIELDS, TAGS, ORDER]),
    help="Go back to what the file says; 'order', of a PAGE: to the order that is found.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what is known of the book as JSON.")
def edit(
    book: str,
    page_types: tuple[str, ...],
    added: tuple[str, ...],
    removed: tuple[str, ...],
    order: str | None,
    cleared: tuple[str, ...],
    as_json: bool,
    **values: str | None,
) -> None:
    """Correct what is known of a book, or show it. BOOK is its path, the name of its file, or its id.

    With BOOK:PAGE (or, with --order, a page's id) the same for the reading order of a page's panels: it is
    kept while the picture and its panels stay the same.

    What you say beats every other source, and stays when the file is read again or changed; the file itself
    is never written to. Pages are counted from 1. Without options, shows each value and where it is from.

    \b
    Example:
      warehouse edit "Red Sonja 001.cbz" --series "Red Sonja" --number 1 --page-type 3=advertisement
      warehouse edit "Red Sonja 001.cbz" --clear number
      warehouse edit "Red Sonja 001.cbz:12" --order 0,2,1
    """
    from warehouse.cli.edit_page import edit_page, page_named, show_page
    from warehouse.cli.session import current_database
    from warehouse.database.connection import translated_errors
    from warehouse.database.queries import the_book_named
    from warehouse.database.store.editing import edit_book

    ordered = order is not None or ORDER in cleared
    edits = _typed(values, page_types, added, removed, [name for name in cleared if name != ORDER])
    database = current_database()
    with translated_errors(), database.connect(autocommit=True, steady=True) as connection:
        page = page_named(connection, book, by_id=ordered)
        _check_meaning(book, page is not None, ordered, edits is not None)
        stale: list[str] = []
        if page is not None:
            book_id, path, seq = page
            if ordered:
                stale = edit_page(connection, book_id, seq, order, ORDER in cleared)
            show_page(connection, book_id, path, seq, as_json)
        else:
            book_id, path = the_book_named(connection, book)
            if edits is not None:
                with connection.transaction():
                    stale = edit_book(connection, book_id, edits)
            show(connection, book_id, path, as_json)
    if stale:
        again = f"warehouse ingest {shlex.quote(path)}"
        click.echo(f"to redo {', '.join(stale)} with this, run: {again}", err=True)


def _check_meaning(name: str, is_page: bool, ordered: bool, edited: bool) -> None:
    """An order is of a page, everything else of a book.  Raises QueryError 'edit-unusable'."""
    from warehouse.errors import QueryError

    if ordered and not is_page:
        raise QueryError(
            f"{name!r} is no page, and an order is one of the panels of a page",
            code="edit-unusable",
            remedy="name it BOOK:PAGE, the first page is 1, or by its id",
        )
    if is_page and edited:
        raise QueryError(
            f"{name!r} is a page, of which only the order can be said",
            code="edit-unusable",
            remedy="name the book for everything else",
        )


def _typed(
    values: Mapping[str, str | None],
    page_types: tuple[str, ...],
    added: tuple[str, ...],
    removed: tuple[str, ...],
    cleared: Sequence[str],
) -> BookEdits | None:
    """What is to be changed, checked; None if nothing is.  Raises QueryError."""
    from warehouse.books.edit_values import typed_page_type, typed_tag, typed_value
    from warehouse.books.facts import FIELDS as NAMES
    from warehouse.database.store.editing import BookEdits

    given = {name: text for name, text in values.items() if text is not None}
    if not (given or page_types or added or removed or cleared):
        return None
    return BookEdits(
        values={NAMES[name]: typed_value(name, text) for name, text in given.items()},
        cleared=[NAMES[name] for name in cleared if name != TAGS],
        added_tags=[typed_tag(text) for text in added],
        removed_tags=[typed_tag(text) for text in removed],
        clear_tags=TAGS in cleared,
        page_types=dict(typed_page_type(text) for text in page_types),
    )


def show(connection: Connection, book_id: int, path: str, as_json: bool) -> None:
    """What is known of a book: each value with its source, and what the file says where a person spoke."""
    from warehouse.books.facts import FIELDS as NAMES
    from warehouse.cli.output import echo_json, echo_table
    from warehouse.database.queries import (
        book_edits,
        labelled_pages,
        said_orders,
        tags_of_book,
        told_facts,
    )

    told = told_facts(connection, book_id)
    tags = tags_of_book(connection, book_id)
    labels = labelled_pages(connection, book_id)
    if as_json:
        edits = sorted(book_edits(connection, book_id))
        pages = [{"page": seq + 1, "type": label} for seq, label in labels]
        echo_json({"book_id": book_id, "path": path, "facts": told.facts, "found": told.found,
                   "edited": edits, "tags": tags, "labelled_pages": pages})  # fmt: skip
        return
    click.echo(f"book {book_id}: {path}")
    rows = []
    for name, key in NAMES.items():
        source = told.facts.sources.get(key)
        found = getattr(told.found, key) if source == "person" else None
        rows.append((name, getattr(told.facts, key), source, found))
    for tag in tags:
        rows.append((tag.kind.replace("_", " "), tag.name, tag.source, None))
    for seq, label in labels:
        rows.append((f"page {seq + 1}", label, "person", None))
    for seq in sorted({order.page for order in said_orders(connection, book_id)}):
        rows.append((f"order of page {seq + 1}", f"see {path}:{seq + 1}", "person", None))
    echo_table(("", "value", "source", "the file says"), rows)
