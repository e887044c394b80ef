"""How the whole warehouse stands: answered from indexes, fast however much there is."""

from __future__ import annotations

from itertools import groupby

from warehouse.database.connection import Connection
from warehouse.database.coverage import coverage
from warehouse.database.queries import models
from warehouse.database.statements import statement
from warehouse.status_records import (
    GivenUpWork,
    ObjectCounts,
    OldestWork,
    StageStatus,
    WarehouseStatus,
    WorkerStatus,
    WorkItem,
)

SMALL = 20_000
"""Pages, and paths of books, up to which everything is looked at unasked: 3 s at most on two busy cores."""
LEASED_SHOWN = 10
GIVEN_UP_SHOWN = 3


def is_small(connection: Connection, most: int = SMALL) -> bool:
    """Whether the library has at most so many pages and paths."""
    [found] = connection.execute(statement("is_small"), {"most": most}).fetchone() or (True,)
    return bool(found)


def warehouse_status(
    connection: Connection, *, exact: bool = False, with_coverage: bool = False
) -> WarehouseStatus:
    """The whole warehouse, `missing` aside.

    exact: count what was found in the books instead of estimating it.  with_coverage: look at every vector.
    Each takes its time where there is much.
    """
    return WarehouseStatus(
        books={status: count for status, count in _pairs(connection, "book_counts") if count},
        failures=dict(_pairs(connection, "failure_counts")),
        objects=_objects(connection, exact),
        stages=tuple(StageStatus(*row) for row in connection.execute(statement("stage_statuses"))),
        oldest=tuple(OldestWork(*row) for row in connection.execute(statement("oldest_works"))),
        workers=_workers(connection),
        leased=_leased(connection),
        given_up=_given_up(connection),
        models=tuple(models(connection)),
        coverage=tuple(coverage(connection)) if with_coverage else None,
    )


def _objects(connection: Connection, exact: bool) -> ObjectCounts:
    [unreadable] = connection.execute(statement("unreadable_pages")).fetchone() or (0,)
    if exact:
        counts = connection.execute(statement("object_counts")).fetchone()
        assert counts is not None
        pages, panels, lines, strips = counts
    else:
        rows: dict[str, int] = dict(connection.execute(statement("rows_of_table")).fetchall())
        pages, panels, lines, strips = (rows[name] for name in ("page", "panel", "text_line", "strip"))
    return ObjectCounts(pages, unreadable, panels, lines, strips, exact)


def _workers(connection: Connection) -> tuple[WorkerStatus, ...]:
    rows = connection.execute(statement("worker_statuses")).fetchall()
    return tuple(WorkerStatus(name, tuple(queues), *rest) for name, queues, *rest in rows)


def _leased(connection: Connection) -> tuple[WorkItem, ...]:
    rows = connection.execute(statement("leased_works"), {"most": LEASED_SHOWN}).fetchall()
    return tuple(WorkItem(*row) for row in rows)


def _given_up(connection: Connection) -> tuple[GivenUpWork, ...]:
    rows = connection.execute(statement("given_up_works"), {"most": GIVEN_UP_SHOWN}).fetchall()
    found = [(works, WorkItem(*row)) for works, *row in rows]
    kinds = groupby(found, key=lambda each: (each[0], each[1].state, each[1].error_code))
    return tuple(
        GivenUpWork(state, code, works, tuple(item for _, item in latest))
        for (works, state, code), latest in kinds
    )


def _pairs(connection: Connection, name: str) -> list[tuple[str, int]]:
    return [(key, count) for key, count in connection.execute(statement(name)).fetchall()]
