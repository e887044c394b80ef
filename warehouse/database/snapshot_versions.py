"""Which rows are as they were in an earlier snapshot, told by the transactions that wrote them.

PostgreSQL keeps with every row the number of the transaction that wrote it (`xmin`, modulo 2**32).  A row
that is there now, and whose writer is older than the oldest transaction that was open when the earlier
snapshot was taken, was in that snapshot, with the same values.  This holds for one history of a database:
where the record of that snapshot is, written by a transaction of that time or later.  A copy of the
server's files from before has no such record; what was restored from a dump was written anew.
"""

from __future__ import annotations

from datetime import datetime
from typing import LiteralString

import numpy as np
from numpy.typing import NDArray
from psycopg import sql

from warehouse.database.binary_copy import copied_batches
from warehouse.database.connection import Connection
from warehouse.database.snapshot_session import Moment, SnapshotModel, bigints
from warehouse.database.statements import statement
from warehouse.database.vector_tables import VECTOR_TABLES

Ids = NDArray[np.int64]
Flags = NDArray[np.bool_]

_FIRST_NORMAL = 3
"""Lower numbers are marks, not transactions."""
_COLUMNS = (("owner", "int8"), ("version", "int4"))


def is_continuation(
    connection: Connection,
    held: Moment,
    *,
    content_sha256: str,
    taken_at: str,
    wal_position: str,
    before: int,
) -> bool:
    """Whether this database holds the record of a snapshot, written when that was taken or later.

    before: the oldest transaction that was open then.
    """
    values = {
        "content_sha256": content_sha256,
        "taken_at": datetime.fromisoformat(taken_at),
        "wal_position": wal_position,
    }
    rows = connection.execute(statement("snapshot_record_versions"), values).fetchall()
    versions = np.asarray([row[0] for row in rows], np.int64)
    return bool((_transactions(versions, held.next_transaction) >= before).any())


def unchanged_vectors(
    connection: Connection, held: Moment, table: str, model: SnapshotModel, ids: Ids, before: int
) -> Flags | None:
    """(n,) which of the owners have a vector; None if one was written by transaction `before` or later."""
    query = sql.SQL(statement("copy_vector_versions")).format(
        table=sql.Identifier(table), owner=sql.Identifier(f"{VECTOR_TABLES[table].owner}_id")
    )
    return _unchanged(connection, held, query, {"model_id": model.id}, ids, before)


def are_panels_unchanged(connection: Connection, held: Moment, ids: Ids, before: int) -> bool:
    """Whether no row of these panels was written by transaction `before` or later."""
    query = statement("copy_panel_versions")
    return _unchanged(connection, held, query, {}, ids, before) is not None


def _unchanged(
    connection: Connection,
    held: Moment,
    query: LiteralString | sql.Composed,
    values: dict[str, int],
    ids: Ids,
    before: int,
) -> Flags | None:
    present = np.zeros(len(ids), np.bool_)
    order = np.argsort(ids, kind="stable")
    unchanged = True
    for rows in copied_batches(connection, query, values | {"ids": bigints(ids)}, _COLUMNS):
        present[order[np.searchsorted(ids, rows["owner"], sorter=order)]] = True
        versions = rows["version"].astype(np.int64) % 2**32
        written = _transactions(versions, held.next_transaction)
        unchanged &= bool(((versions >= _FIRST_NORMAL) & (written >= 0) & (written < before)).all())
    return present if unchanged else None


def _transactions(versions: NDArray[np.int64], next_: int) -> NDArray[np.int64]:
    """The latest transaction with each of these numbers modulo 2**32; next_: the first that is yet to come.

    A row may be older than that by whole rounds, never younger: it is then taken for changed, or rightly not.
    """
    return next_ - 1 - (next_ - 1 - versions) % 2**32
