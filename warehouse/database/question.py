"""A question to the database: a call of a function of `sql/`, its parameters, and what can go wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
import psycopg
from numpy.typing import NDArray
from pgvector import HalfVector
from psycopg.rows import class_row

from warehouse.database.connection import Connection
from warehouse.errors import DatabaseError, QueryError

Row = TypeVar("Row")

SHOWN_NUMBERS = 4


class MissingQueryVector(QueryError):  # noqa: N818 - it asks for something to be done
    """A typed query has no vector yet: embed `text` with the live sentence model, store it, ask again."""

    code = "query-vector-missing"

    def __init__(self, text: str) -> None:
        super().__init__(
            f"no vector is stored for the query {text[:80]!r}",
            remedy="ask through 'warehouse search' or 'warehouse sql', which store it",
        )
        self.text = text


@dataclass(frozen=True, slots=True)
class Question(Generic[Row]):
    """A question as SQL: its text with placeholders, what is bound to them, the type of its rows."""

    text: str
    parameters: Mapping[str, object]
    row: type[Row]

    def answer(self, connection: Connection) -> list[Row]:
        """Ask.  In a transaction of the caller's, a failure undoes nothing but this question."""
        try:
            with connection.transaction(), connection.cursor(row_factory=class_row(self.row)) as cursor:
                return cursor.execute(self.text, self.parameters).fetchall()
        except psycopg.Error as error:
            raise _translated(error) from error

    def sql(self, connection: Connection) -> str:
        """The question with its parameters written in, for people; a vector shows its first numbers only."""
        shown = {
            name: _shortened(value) if isinstance(value, HalfVector) else value
            for name, value in self.parameters.items()
        }
        return psycopg.ClientCursor(connection).mogrify(self.text, shown)


def call(
    function: str, arguments: Sequence[object], options: Mapping[str, object], row: type[Row]
) -> Question[Row]:
    """A call of a set-returning function.  Options that are None stay at their default.

    Raises QueryError for a text or number that PostgreSQL cannot hold.
    """
    bound: dict[str, object] = {}
    written = [_place(f"argument_{n}", value, bound) for n, value in enumerate(arguments, 1)]
    written += [
        f"{name} => {_place(name, value, bound)}" for name, value in options.items() if value is not None
    ]
    return Question(f"select * from {function}({', '.join(written)})", bound, row)


def half_vector(vector: NDArray[np.floating]) -> HalfVector:
    """A vector, (dim,), as a unit vector in half precision.  Raises QueryError where it has no direction."""
    numbers = np.asarray(vector, np.float64)
    norm = float(np.linalg.norm(numbers)) if numbers.ndim == 1 else 0.0
    if not np.isfinite(norm) or norm == 0:
        raise QueryError(
            f"a vector of shape {numbers.shape} that is not finite and longer than zero has no neighbours",
            code="vector-unusable",
        )
    return HalfVector(numbers / norm)


def missing_vector(error: psycopg.Error) -> MissingQueryVector | None:
    """The error to raise for a database error that means: this query has no vector yet."""
    if error.sqlstate != "CW001":
        return None
    return MissingQueryVector(error.diag.message_detail or "")


def _place(name: str, value: object, bound: dict[str, object]) -> str:
    """Bind a value under this name; returns how the question's text refers to it."""
    if isinstance(value, list):
        return f"array[{', '.join(_place(f'{name}_{n}', item, bound) for n, item in enumerate(value, 1))}]"
    if isinstance(value, str):
        check_text(value)
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        raise QueryError(f"the number {value} is too large", code="number-out-of-range")
    bound[name] = value
    return f"%({name})s::halfvec" if isinstance(value, HalfVector) else f"%({name})s"


def check_text(text: str) -> None:
    """Raise QueryError for a text that PostgreSQL cannot hold."""
    if "\0" in text:
        raise QueryError("a text with a NUL character cannot be asked for", code="text-unusable")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise QueryError(
            f"the text {text[:80]!r} is not Unicode",
            code="text-unusable",
            remedy="check the terminal's encoding",
        ) from error


def _shortened(vector: HalfVector) -> str:
    numbers = vector.to_list()
    first = ",".join(f"{number:.4f}" for number in numbers[:SHOWN_NUMBERS])
    return f"[{first},… {len(numbers)} numbers]" if len(numbers) > SHOWN_NUMBERS else f"[{first}]"


def _translated(error: psycopg.Error) -> QueryError | DatabaseError:
    missing = missing_vector(error)
    if missing is not None:
        return missing
    words = error.diag.message_primary or str(error)
    if error.sqlstate == "CW002":
        return QueryError(words, code=f"{error.diag.column_name}-unknown", remedy=error.diag.message_hint)
    if isinstance(error, psycopg.errors.UndefinedFunction | psycopg.errors.UndefinedTable):
        return DatabaseError(words, code="schema-outdated", remedy="run 'warehouse db upgrade'")
    if isinstance(error, psycopg.errors.QueryCanceled):
        return QueryError("the question took too long and was stopped", code="query-timeout")
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return DatabaseError(words, code="database-lost", remedy="check that the server runs, and ask again")
    if "vec dimensions" in words:
        return QueryError(
            f"the vector is not of this space ({words})",
            code="dimension-mismatch",
            remedy="choose another space",
        )
    return QueryError(words)
