"""Looking into the ledger: which work is where, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from warehouse.database.connection import Connection
from warehouse.database.ledger import GIVEN_UP
from warehouse.database.statements import statement
from warehouse.errors import QueryError
from warehouse.status_records import WorkItem


@dataclass(frozen=True, slots=True)
class WorkQuestion:
    """Which work is meant.  book_ids and code: None for any."""

    states: Sequence[str]
    book_ids: Sequence[int] | None = None
    code: str | None = None


def listed_work(connection: Connection, question: WorkQuestion, most: int | None) -> list[WorkItem]:
    """That work, what changed last first; most: at most so much."""
    values = {**_values(question), "most": most}
    return [WorkItem(*row) for row in connection.execute(statement("listed_works"), values).fetchall()]


def counted_work(connection: Connection, question: WorkQuestion) -> int:
    """How much of that work there is."""
    [count] = connection.execute(statement("works_counted"), _values(question)).fetchone() or (0,)
    return int(count)


def books_given_up(connection: Connection, code: str | None = None) -> list[int]:
    """The books of which something failed or was given up; code: with this one.

    Raises QueryError 'code-unknown' where nothing did.
    """
    if code is not None:
        check_code(connection, code)
    rows = connection.execute(statement("given_up_books"), {"code": code}).fetchall()
    return [book_id for (book_id,) in rows]


def check_code(connection: Connection, code: str) -> None:
    """Raise QueryError where nothing failed with this code, with those that something did fail with."""
    if counted_work(connection, WorkQuestion(GIVEN_UP, code=code)):
        return
    known = [known for (known,) in connection.execute(statement("given_up_codes")).fetchall()]
    raise QueryError(
        f"no work failed or was given up with code {code!r}",
        code="code-unknown",
        remedy=f"there is {', '.join(known)}" if known else "nothing has failed at all",
    )


def _values(question: WorkQuestion) -> dict[str, object]:
    book_ids = None if question.book_ids is None else list(question.book_ids)
    return {"states": list(question.states), "book_ids": book_ids, "code": question.code}
