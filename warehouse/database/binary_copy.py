"""Rows of COPY BINARY as NumPy records: every value is behind its length, none is null."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, LiteralString

import numpy as np
from numpy.typing import NDArray
from psycopg import sql

from warehouse.database.connection import Connection

Records = NDArray[np.void]
"""Rows with named fields, in the machine's byte order."""

_HEADER_BYTES, _TRAILER_BYTES = 19, 2
_TYPES = {"int2": ">i2", "int4": ">i4", "int8": ">i8", "bool": "?", "float8": ">f8"}
AT_ONCE = 2**20
"""Bytes collected before they are decoded: as many as stay in the processor's cache."""

Columns = Sequence[tuple[str, str]]
"""Name and type of each column, in order: a PostgreSQL type of fixed width, or 'halfvec(N)'."""


def copied_rows(
    connection: Connection,
    query: LiteralString | sql.Composed,
    values: Mapping[str, Any],
    columns: Columns,
) -> Records:
    """All rows of a `copy (…) to stdout (format binary)`."""
    batches = list(copied_batches(connection, query, values, columns))
    return np.concatenate(batches) if batches else np.empty(0, _row(columns))


def copied_batches(
    connection: Connection,
    query: LiteralString | sql.Composed,
    values: Mapping[str, Any],
    columns: Columns,
) -> Iterator[Records]:
    """The same, about 1 MB at a time, so that memory does not grow with the answer."""
    row = _row(columns)
    with connection.cursor() as cursor, cursor.copy(query, values) as copy:
        parts: list[bytes | bytearray | memoryview] = []
        size = -_HEADER_BYTES
        for part in copy:
            parts.append(part)
            size += len(part)
            if size >= AT_ONCE:
                data = b"".join(parts)
                yield np.frombuffer(data, row, size // row.itemsize, len(data) - size)
                size %= row.itemsize
                parts = [data[len(data) - size :]]
        data = b"".join(parts)
        if size > _TRAILER_BYTES:
            yield np.frombuffer(data, row, size // row.itemsize, len(data) - size)


def _row(columns: Columns) -> np.dtype[np.void]:
    fields: list[tuple[str, Any]] = [("fields", ">i2")]
    for name, type_ in columns:
        fields.append((f"{name}_bytes", ">i4"))
        if type_.startswith("halfvec("):
            width = int(type_[len("halfvec(") : -1])
            fields += [(f"{name}_dim", ">i2"), (f"{name}_unused", ">i2")]
            fields.append((name, np.dtype((">f2", (width,)))))
        else:
            fields.append((name, _TYPES[type_]))
    return np.dtype(fields)
