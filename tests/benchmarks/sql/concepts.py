"""The vector of a concept: of all pages beside avg() in SQL, of 10,000 pages beside Zarr and NumPy."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from tests.benchmarks.sql.bench import Bench
from tests.benchmarks.sql.clusters import DIM, PAGES, Vectors
from tests.benchmarks.sql.figures import Figure, faster, interleaved, milliseconds, timed, times
from warehouse.database.store.sums import sum_all_books

_CHUNK = 1024
"""Rows of a chunk of the Zarr array: 2 MiB."""


def measure(bench: Bench) -> list[Figure]:
    seconds = timed(lambda: sum_all_books(bench.connection))
    rate = f"{bench.library.books / seconds:,.0f} books/s"
    made = Figure(
        "sums of all books, made once", milliseconds(seconds), rate, bench.library.books, unit=" books"
    )
    bench.connection.execute("vacuum analyze")
    return [made, *of_all_pages(bench), *of_some_pages(bench)]


def of_all_pages(bench: Bench) -> list[Figure]:
    """Unbalanced it is the same mean as avg()'s, of length 1."""
    mean = "select concept_vector('Everything', centred => false, balance => {}, narrative_only => false)"
    connection = bench.connection
    seconds = interleaved(
        bench.rounds,
        {
            "sums": lambda: connection.execute(mean.format("false")).fetchall(),
            "balanced": lambda: connection.execute(mean.format("true")).fetchall(),
            "avg": lambda: connection.execute("select avg(v) from page_embedding").fetchall(),
        },
    )
    row = connection.execute(
        f"select ({mean.format('false')}) <=> (select avg(v) from page_embedding)"
    ).fetchone()
    assert row is not None
    assert row[0] < 1e-4, "concept_vector() is not the mean"
    name = f"concept vector of all {bench.library.pages:,} pages"
    return [
        faster(name, seconds["sums"], seconds["avg"], 10, "avg(v)"),
        faster(f"{name}, books balanced", seconds["balanced"], seconds["avg"], None, "avg(v)"),
    ]


def of_some_pages(bench: Bench) -> list[Figure]:
    import zarr

    books = bench.ids("select book_id from tag where kind = 'genre' and name = 'Concept' order by 1")
    pages = (np.repeat(np.array(books) - 1, PAGES) * PAGES).reshape(-1, PAGES) + np.arange(PAGES)
    wanted = pages.ravel()
    sql = "select concept_vector('Concept', centred => false, balance => false, narrative_only => false)"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pages.zarr"
        write_zarr(bench, path)

        def by_zarr() -> Vectors:
            array = zarr.open_array(path, mode="r")
            return array.oindex[wanted].mean(axis=0)

        seconds = interleaved(
            bench.rounds,
            {"sql": lambda: bench.connection.execute(sql).fetchall(), "zarr": by_zarr},
        )
        [[vector]] = bench.connection.execute(sql).fetchall()
        mean = by_zarr()
        assert vector.to_numpy() @ mean / np.linalg.norm(mean) > 0.999, "concept_vector() is not the mean"
    name = f"concept vector of {len(wanted):,} of {bench.library.pages:,} pages"
    return [times(name, seconds["sql"], seconds["zarr"], 1, "Zarr and NumPy")]


def write_zarr(bench: Bench, path: Path) -> None:
    """The page vectors, float32, in the order of their ids; a series lies together, as books were found."""
    import zarr

    shape = (bench.library.pages, DIM)
    array = zarr.create_array(path, shape=shape, chunks=(_CHUNK, DIM), dtype="float32")
    for first, pages, _ in bench.library.chunks():
        array[first * PAGES : first * PAGES + len(pages)] = pages
