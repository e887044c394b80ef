"""The order of panels as a person reads them: kept by picture, and put over the order that was found."""

from __future__ import annotations

from collections.abc import Sequence

from warehouse.database.connection import Connection
from warehouse.database.ledger import reset_work, stages_after
from warehouse.database.queries import said_orders, stored_book, stored_pages, stored_panels
from warehouse.database.statements import statement
from warehouse.errors import QueryError
from warehouse.reading_order import order_on_spread
from warehouse.records import StoredPage, StoredPanel
from warehouse.said_order import said_places


def say_order(connection: Connection, book_id: int, seq: int, order: Sequence[int]) -> list[str]:
    """Keep the order of a page's panels, by their present numbers, and put them into it.

    In the caller's transaction.  Returns the stages that must run again.  Raises QueryError 'page-unknown',
    or 'edit-unusable' where the order does not name every panel once.
    """
    page, panels = _locked(connection, book_id, seq)
    if sorted(order) != list(range(len(panels))):
        numbers = ", ".join(str(number) for number in range(len(panels))) or "none"
        raise QueryError(
            f"order {','.join(map(str, order))} does not name every panel of page {seq + 1} once: {numbers}",
            code="edit-unusable",
            remedy="give the present numbers in the order they are to be read, such as 0,2,1",
        )
    boxes = [panels[place].box for place in order]
    values = {
        "book_id": book_id,
        "md5": page.md5,
        "page": seq,
        "boxes": [[box.x, box.y, box.w, box.h] for box in boxes],
    }
    connection.execute(statement("put_panel_order"), values)
    return _reordered(connection, book_id, panels, order)


def unsay_order(connection: Connection, book_id: int, seq: int) -> list[str]:
    """Forget what was said of a page's panels, and put them into the order that is found.

    In the caller's transaction.  Returns the stages that must run again.  Raises QueryError 'page-unknown'.
    """
    page, panels = _locked(connection, book_id, seq)
    key = {"book_id": book_id, "md5": page.md5, "page": seq}
    connection.execute(statement("delete_panel_orders"), key)
    direction = stored_book(connection, book_id).direction
    order = order_on_spread([panel.box for panel in panels], direction, page.fold_x)
    return _reordered(connection, book_id, panels, order)


def apply_said_orders(connection: Connection, book_id: int) -> None:
    """Put the panels of a book, as they are stored now, into the orders a person gave, where these hold."""
    said = said_orders(connection, book_id)
    if not said:
        return
    panels = stored_panels(connection, book_id)
    for page in stored_pages(connection, book_id):
        mine = panels.get(page.id, [])
        places = said_places(said, page.md5, [panel.box for panel in mine])
        if places is not None:
            _move(connection, book_id, mine, places)


def _locked(connection: Connection, book_id: int, seq: int) -> tuple[StoredPage, list[StoredPanel]]:
    """A page and its panels in their present order, with the book's work locked as the stages do it."""
    connection.execute(statement("lock_work"), {"book_id": book_id})
    for page in stored_pages(connection, book_id):
        if page.seq == seq:
            return page, stored_panels(connection, book_id).get(page.id, [])
    raise QueryError(f"book {book_id} has no page {seq + 1} that could be read", code="page-unknown")


def _reordered(
    connection: Connection, book_id: int, panels: Sequence[StoredPanel], order: Sequence[int]
) -> list[str]:
    if list(order) == list(range(len(panels))):
        return []
    _move(connection, book_id, panels, order)
    stale = stages_after("panels")
    reset_work(connection, book_id, stale)
    return stale


def _move(connection: Connection, book_id: int, panels: Sequence[StoredPanel], order: Sequence[int]) -> None:
    moves = [{"panel_id": panels[place].id, "seq": seq} for seq, place in enumerate(order)]
    with connection.cursor() as cursor:
        cursor.executemany(statement("move_panel"), moves)
        cursor.execute(statement("settle_panels"), {"book_id": book_id})
