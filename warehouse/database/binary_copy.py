"""Rows of COPY BINARY as NumPy records: every value is behind its length, none is null."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, LiteralString

import numpy as np
from numpy.typing import NDArray
from psycopg import sql
from psycopg.abc import Buffer

from warehouse.database.connection import Connection

Records = NDArray[np.void]
"""Rows with named fields, in the machine's byte order."""

_HEADER_BYTES, _TRAILER_BYTES = 19, 2
_FIELDS, _SIZE = np.dtype(">i2"), np.dtype(">i4")
_ARRAY_COUNT, _ARRAY_VALUES = 16, 24
"""Where they lie in an array, after its size, dimensions, whether there are nulls, type: each an int32."""
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


def copied_arrays(
    connection: Connection,
    query: LiteralString | sql.Composed,
    values: Mapping[str, Any],
    types: Sequence[str],
) -> Iterator[list[NDArray[Any]]]:
    """Row by row, if every column is an array: its values, (n,) or (n, N) for vectors.

    types: of the values, as in Columns.  Rows have to be large: the driver takes 2 microseconds for each.
    """
    elements = [np.dtype([("bytes", _SIZE), *_value("value", type_)]) for type_ in types]
    with connection.cursor() as cursor, cursor.copy(query, values) as copy:
        skipped = _HEADER_BYTES
        for message in copy:  # the server sends one a row
            if len(message) > skipped + _TRAILER_BYTES:
                yield _arrays(message, skipped + _FIELDS.itemsize, elements)
            skipped = 0


def _arrays(message: Buffer, place: int, elements: Sequence[np.dtype[np.void]]) -> list[NDArray[Any]]:
    found = []
    for element in elements:
        size, dimensions = np.frombuffer(message, ">i4", 2, place).tolist()
        if dimensions:
            [count] = np.frombuffer(message, ">i4", 1, place + _ARRAY_COUNT)
            found.append(np.frombuffer(message, element, count, place + _ARRAY_VALUES)["value"])
        else:
            found.append(np.empty(0, element)["value"])
        place += _SIZE.itemsize + size
    return found


def _row(columns: Columns) -> np.dtype[np.void]:
    fields: list[tuple[str, Any]] = [("fields", _FIELDS)]
    for name, type_ in columns:
        fields += [(f"{name}_bytes", _SIZE), *_value(name, type_)]
    return np.dtype(fields)


def _value(name: str, type_: str) -> list[tuple[str, Any]]:
    if not type_.startswith("halfvec("):
        return [(name, _TYPES[type_])]
    width = int(type_[len("halfvec(") : -1])
    return [(f"{name}_dim", ">i2"), (f"{name}_unused", ">i2"), (name, np.dtype((">f2", (width,))))]
