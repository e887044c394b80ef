"""Other ways to get the same rows out: binary COPY that is thrown away, and row by row into xarray."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from typing import Any

import numpy as np
import xarray

from tests.benchmarks.sql.clusters import PAGES, PANELS
from warehouse.contracts import STRIP_LENGTH
from warehouse.database.connection import Connection
from warehouse.database.embedded import server_program
from warehouse.database.vector_tables import VECTOR_TABLES

PAGE_COLUMNS = (
    "p.id as page_id, b.id as book_id, p.seq as page_num, p.width, p.height, b.year, p.low_information,"
    " b.path || '/' || p.entry as manifest_path, b.format as source, s.name as series, s.volume,"
    " b.number as issue, b.title, b.language, p.page_type"
)
PAGE_TABLES = "page p join book b on b.id = p.book_id left join series s on s.id = b.series_id"
PANEL_COLUMNS = (
    "n.id as panel_id, n.page_id, n.seq as reading_order, n.x, n.y, n.w, n.h, n.text as text_content"
)
STRIP_COLUMNS = "t.id as strip_id, t.page_id, t.first_panel, t.last_panel"
GROUPS = {
    "page": (PAGE_COLUMNS, PAGE_TABLES, "p", "p.id"),
    "panel": (PANEL_COLUMNS, "panel n", "n", "n.page_id, n.seq"),
    "strip": (STRIP_COLUMNS, "strip t", "t", "t.page_id, t.seq"),
}
"""By owner: columns, tables, the owner's alias, reading order: ids ascend with books and pages here."""
VECTORS = {
    owner: [
        table
        for table, about in VECTOR_TABLES.items()
        if about.owner == owner and table not in ("panel_composition", "panel_feature")
    ]
    for owner in GROUPS
}


def copy_away(url: str) -> float:
    """Seconds for psql to COPY every table of a snapshot into /dev/null, as it lies in the database."""
    queries = [f"select {columns} from {tables}" for columns, tables, _, _ in GROUPS.values()]
    queries += [f"select {owner}_id, v from {table}" for owner, tables in VECTORS.items() for table in tables]
    script = "".join(f"\\copy ({query}) to '/dev/null' with (format binary)\n" for query in queries)
    command = [server_program("psql"), "--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", url]
    start = time.perf_counter()
    subprocess.run(command, input=script.encode(), stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def row_by_row(connection: Connection, books: int, target: Path, *, binary: bool) -> tuple[int, float]:
    """Panels of the first books, and seconds: fetched a row at a time, stacked, and written by xarray.

    binary: ask for binary values, which is not what one gets without asking.
    """
    start = time.perf_counter()
    found = {owner: _dataset(connection, owner, books * PAGES, binary) for owner in GROUPS}
    _pad(found["strip"], found["panel"])
    for owner, dataset in found.items():
        dataset.to_zarr(target, group=f"{owner}s", zarr_format=3, consolidated=False)
    return found["panel"].sizes["panel"], time.perf_counter() - start


def _dataset(connection: Connection, owner: str, pages: int, binary: bool) -> xarray.Dataset:
    columns, tables, alias, order = GROUPS[owner]
    names = VECTORS[owner]
    vectors = "".join(f", {table}.v as {table}" for table in names)
    joins = "".join(f" left join {table} on {table}.{owner}_id = {alias}.id" for table in names)
    page = f"{alias}.id" if owner == "page" else f"{alias}.page_id"
    query = f"select {columns}{vectors} from {tables}{joins} where {page} <= %s order by {order}"
    rows: list[list[Any]] = []
    with connection.cursor(binary=binary) as cursor:
        cursor.execute(query.encode(), (pages,))
        assert cursor.description is not None
        titles = [column.name for column in cursor.description]
        while (row := cursor.fetchone()) is not None:
            rows.append([_value(value) for value in row])
    return xarray.Dataset(
        {
            title: ((owner, f"{title}_dim"), _stacked(values)) if title in names else (owner, _column(values))
            for title, values in zip(titles, zip(*rows, strict=True), strict=True)
        }
    )


def _value(value: Any) -> Any:
    return value.to_numpy() if hasattr(value, "to_numpy") else value


def _stacked(values: tuple[Any, ...]) -> Any:
    zero = np.zeros_like(next(value for value in values if value is not None))
    return np.stack([zero if value is None else value for value in values]).astype(np.float16)


def _column(values: tuple[Any, ...]) -> Any:
    if any(isinstance(value, str) for value in values):
        return np.asarray([value or "" for value in values], np.object_)
    return np.asarray([value or 0 for value in values])


def _pad(strips: xarray.Dataset, panels: xarray.Dataset) -> None:
    vectors = panels["panel_embedding"].values
    padded = np.zeros((strips.sizes["strip"], STRIP_LENGTH, vectors.shape[1]), np.float16)
    for place in range(len(padded)):
        padded[place, :PANELS] = vectors[place * PANELS : (place + 1) * PANELS]
    strips["panel_embeddings"] = (("strip", "place", "panel_embedding_dim"), padded)
