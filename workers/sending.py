"""Sending book ids to the workers."""

from __future__ import annotations

from collections.abc import Iterable

from workers.app import make_app


def send_books(broker: str, book_ids: Iterable[int]) -> int:
    """Send one message a book; returns how many.  Sending one twice does no harm."""
    app = make_app(broker)
    count = 0
    with app.connection_for_write() as connection:
        for book_id in book_ids:
            app.send_task("run_book", args=[book_id], connection=connection)
            count += 1
    return count
