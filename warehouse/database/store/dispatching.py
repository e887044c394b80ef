"""Telling workers of work: which books, and that they have been told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from warehouse.database.connection import Connection
from warehouse.database.statements import statement
from warehouse.database.transactions import end_when_idle
from warehouse.work_rules import USUAL_RULES


def unsent_books(connection: Connection, stages: Sequence[str], most: int, after: float) -> list[int]:
    """Books whose next stage is one of these and that workers are to be told of: from now on they have been.

    most: at most so many.  after: seconds after which a message that led to nothing is taken for lost.
    """
    values = {"stages": list(stages), "most": most, "after": timedelta(seconds=after)}
    return [book_id for (book_id,) in connection.execute(statement("unsent_work"), values).fetchall()]


def forget_sent(connection: Connection) -> None:
    """The broker has lost its messages: workers are to be told again of everything that is ready."""
    connection.execute(statement("forget_sent"))


def ready_books(connection: Connection, stages: Sequence[str], book_ids: Sequence[int]) -> list[int]:
    """Those of these books whose next stage is one of these; from now on workers have been told of them."""
    values = {"stages": list(stages), "book_ids": list(book_ids)}
    return [book_id for (book_id,) in connection.execute(statement("ready_books"), values).fetchall()]


def companions(connection: Connection, stages: Sequence[str], book_id: int, most: int) -> list[int]:
    """Other books whose next stage is one of these, and that have never gone wrong."""
    values = {"stages": list(stages), "book_id": book_id, "most": most}
    return [other for (other,) in connection.execute(statement("companions"), values).fetchall()]


@contextmanager
def sweeping(connection: Connection, idle: float = USUAL_RULES.lease) -> Iterator[bool]:
    """Whether this session is the one that sweeps; it is until the end of the block.

    idle: seconds after which one that stands still is not any more.
    """
    end_when_idle(connection, idle)
    [mine] = connection.execute(statement("sweeping")).fetchone() or (False,)
    try:
        yield mine
    finally:
        if mine and not connection.closed:
            connection.execute(statement("swept"))


def forget_workers(connection: Connection) -> None:
    """Delete the rows of worker processes that ended badly a while ago."""
    connection.execute(statement("forget_workers"))
