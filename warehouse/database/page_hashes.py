"""The perceptual hashes of all pages that can be compared, as arrays, by binary COPY."""

from __future__ import annotations

import numpy as np

from warehouse.database.connection import Connection
from warehouse.database.statements import statement
from warehouse.duplicates.grouping import PageHashes

_HEADER_BYTES, _TRAILER_BYTES = 19, 2
_ROW = np.dtype(
    [
        ("fields", ">i2"),
        ("id_bytes", ">i4"),
        ("id", ">i8"),
        ("hash_bytes", ">i4"),
        ("hash", ">u8"),
        ("aspect_bytes", ">i4"),
        ("aspect", ">f8"),
    ]
)
"""A row of COPY BINARY: every value behind its length; none is null."""


def page_hashes(connection: Connection) -> tuple[str, PageHashes]:
    """library_state() and the hashes of its pages, best page first, in one snapshot.

    connection: autocommit.
    """
    with connection.transaction():
        connection.execute("set transaction isolation level repeatable read, read only")
        row = connection.execute(statement("library_state")).fetchone()
        assert row is not None
        with connection.cursor() as cursor, cursor.copy(statement("copy_page_hashes")) as copy:
            data = b"".join(copy)
    rows = np.frombuffer(data[_HEADER_BYTES : len(data) - _TRAILER_BYTES], _ROW)
    return row[0], PageHashes(
        rows["id"].astype(np.int64), rows["hash"].astype(np.uint64), rows["aspect"].astype(np.float64)
    )
