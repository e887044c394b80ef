"""The perceptual hashes of all pages that can be compared, as arrays, by binary COPY."""

from __future__ import annotations

import numpy as np

from warehouse.database.binary_copy import copied_rows
from warehouse.database.connection import Connection
from warehouse.database.statements import statement
from warehouse.duplicates.grouping import PageHashes

_COLUMNS = (("id", "int8"), ("hash", "int8"), ("aspect", "float8"))


def page_hashes(connection: Connection) -> tuple[str, PageHashes]:
    """library_state() and the hashes of its pages, best page first, in one snapshot.

    connection: autocommit.
    """
    with connection.transaction():
        connection.execute("set transaction isolation level repeatable read, read only")
        return hashes_seen(connection)


def hashes_seen(connection: Connection) -> tuple[str, PageHashes]:
    """The same, as the transaction that is open sees them."""
    row = connection.execute(statement("library_state")).fetchone()
    assert row is not None
    rows = copied_rows(connection, statement("copy_page_hashes"), {}, _COLUMNS)
    return row[0], PageHashes(
        rows["id"].astype(np.int64), rows["hash"].astype(np.uint64), rows["aspect"].astype(np.float64)
    )
