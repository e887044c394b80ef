"""`warehouse edit PAGE`: the reading order of the panels of one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warehouse.database.connection import Connection
    from warehouse.records import StoredPage, StoredPanel

FOUND, PERSON, OUTDATED = "found", "person", "outdated"

_SAID = {
    FOUND: "as found",
    PERSON: "as a person said",
    OUTDATED: "as found: what a person said is out of date, the picture or its panels are others since; "
    "say it again with --order, or take it back with --clear order",
}


def page_named(connection: Connection, name: str, *, by_id: bool) -> tuple[int, str, int] | None:
    """The page meant by BOOK:PAGE, or by its id: its book, the path of that, its seq.

    by_id: a bare number is the id of a page, not of a book.  None where `name` names no page; what it names
    is then for the caller to find.  Raises QueryError.
    """
    from warehouse.books.edit_values import typed_page
    from warehouse.database.queries import books_named, place_of_page, the_book_named

    if by_id and name.isascii() and name.isdecimal() and len(name) < 19:
        book_id, seq = place_of_page(connection, int(name))
        return book_id, the_book_named(connection, str(book_id))[1], seq
    named = typed_page(name)
    if named is None or books_named(connection, name):
        return None
    book_id, path = the_book_named(connection, named[0])
    return book_id, path, named[1]


def edit_page(connection: Connection, book_id: int, seq: int, order: str | None, cleared: bool) -> list[str]:
    """Keep or forget the order of a page's panels; returns the stages that must run again."""
    from warehouse.books.edit_values import typed_order
    from warehouse.database.store.panel_orders import say_order, unsay_order

    with connection.transaction():
        stale = unsay_order(connection, book_id, seq) if cleared else []
        if order is not None:
            stale = say_order(connection, book_id, seq, typed_order(order)) or stale
    return stale


def show_page(connection: Connection, book_id: int, path: str, seq: int, as_json: bool) -> None:
    """The panels of a page in reading order, and who says that this is the order.  Raises QueryError."""
    from warehouse.cli.output import echo_json, echo_table

    page, panels = _page(connection, book_id, seq)
    source = order_source(connection, book_id, page, panels)
    rows = [(panel.seq, panel.box.x, panel.box.y, panel.box.w, panel.box.h, panel.text) for panel in panels]
    headings = ("panel", "x", "y", "w", "h", "text")
    if as_json:
        listed = [dict(zip(headings, row, strict=True)) for row in rows]
        echo_json({"book_id": book_id, "path": path, "page_id": page.id, "page": seq + 1, "order": source,
                   "panels": listed})  # fmt: skip
        return
    click.echo(f"page {seq + 1} of book {book_id}: {path} (page id {page.id})")
    click.echo(f"order {_SAID[source]}")
    echo_table(headings, rows)


def order_source(
    connection: Connection, book_id: int, page: StoredPage, panels: Sequence[StoredPanel]
) -> str:
    """Who says in which order the panels of a page are read: 'found' | 'person' | 'outdated'."""
    from warehouse.database.queries import said_orders, stored_pages

    said = said_orders(connection, book_id)
    for order in said:
        if order.md5 == page.md5:
            holds = order.places([panel.box for panel in panels]) is not None
            return PERSON if holds else OUTDATED
    pictures = {other.md5 for other in stored_pages(connection, book_id)}
    lost = any(order.page == page.seq and order.md5 not in pictures for order in said)
    return OUTDATED if lost else FOUND


def _page(connection: Connection, book_id: int, seq: int) -> tuple[StoredPage, list[StoredPanel]]:
    from warehouse.database.queries import stored_pages, stored_panels
    from warehouse.errors import QueryError

    for page in stored_pages(connection, book_id):
        if page.seq == seq:
            return page, stored_panels(connection, book_id).get(page.id, [])
    raise QueryError(f"book {book_id} has no page {seq + 1} that could be read", code="page-unknown")
