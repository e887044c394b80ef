"""Snapshots beside other ways to get the same rows out, and reading them beside plain reading.

python -m tests.benchmarks.snapshot [--panels 300000] [--rounds 3] [--home DIR] [--json FILE]

Plants a library into a throw-away embedded PostgreSQL (library.py), exports it in a process of its own and
lets psql COPY the same rows to /dev/null, in turn; then compares every vector with the database's and two
exports with each other, reads one with PyTorch and in order, in turn, and fetches a part row by row.
--home: plant there and stay, or use what was planted there before.  Exit status 1 where a bar is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path

import numpy as np
import psycopg
import torch
import xarray
import zarr

from tests.benchmarks.snapshot import reading
from tests.benchmarks.snapshot.exporting import ExportRun, export_alone
from tests.benchmarks.snapshot.library import plant_whole
from tests.benchmarks.snapshot.peers import copy_away, row_by_row
from tests.benchmarks.snapshot.truth import different_files, wrong_vectors
from tests.benchmarks.sql.bench import cores, processor
from tests.benchmarks.sql.figures import Figure, line
from warehouse.config import Settings
from warehouse.database.connection import Connection, Database, open_database
from warehouse.database.duplicate_answers import MAX_DISTANCE
from warehouse.database.upgrade import ensure_current

GIB = 2**30
BOOKS_BY_ROW = 80
"""Of the row-wise peer: 11,520 panels; it takes too long for all."""
SMALL = 4
"""The smaller export of the memory's figures: the books of one year in so many."""


def main() -> None:
    arguments = parse()
    figures: list[Figure] = []
    with place(arguments.home) as home:
        database = open_database(Settings(home=home))
        ensure_current(database)
        with database.connect(autocommit=True) as connection:
            print(*about(connection), sep="\n")
            plant(connection, arguments.panels)
            for figure in measured(database, connection, home, arguments.rounds):
                figures.append(figure)
                print(line(figure), flush=True)
    if arguments.json:
        arguments.json.write_text(
            json.dumps([asdict(figure) | {"met": figure.met} for figure in figures], indent=2)
        )
    missed = [figure.what for figure in figures if figure.met is False]
    print(f"\n{len(missed)} bars missed" + "".join(f"\n  {what}" for what in missed))
    sys.exit(1 if missed else 0)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--panels", type=int, default=300_000)
    parser.add_argument("--rounds", type=int, default=3, help="of ours and the peer in turn")
    parser.add_argument("--home", type=Path, help="plant there and stay, or use what is there")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    return parser.parse_args()


@contextmanager
def place(home: Path | None) -> Iterator[Path]:
    if home is not None:
        yield home
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def about(connection: Connection) -> list[str]:
    row = connection.execute(
        "select current_setting('server_version'), extversion from pg_extension where extname = 'vector'"
    ).fetchone()
    assert row is not None
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIB
    modules = (psycopg, np, zarr, xarray, torch)
    versions = [f"PostgreSQL {row[0]}, pgvector {row[1]}, Python {platform.python_version()}"]
    versions += [f"{module.__name__} {module.__version__}" for module in modules]
    load = f"load {os.getloadavg()[0]:.1f}"
    return [
        f"{date.today().isoformat()}, {processor()}, {cores()} cores, {memory:.0f} GiB, {load}",
        ", ".join(versions),
    ]


def plant(connection: Connection, panels: int) -> None:
    start = time.perf_counter()
    row = connection.execute("select count(*) from panel").fetchone()
    if row == (0,):
        plant_whole(connection, panels, MAX_DISTANCE)
        print(f"planted in {time.perf_counter() - start:.0f} s")
    connection.execute("checkpoint")


def measured(database: Database, connection: Connection, home: Path, rounds: int) -> Iterator[Figure]:
    stores = [home / "one.zarr", home / "other.zarr"]
    runs: list[ExportRun] = []
    copies: list[float] = []
    for number in range(rounds + 1):
        shutil.rmtree(stores[number % 2], ignore_errors=True)
        copied = copy_away(database.url)
        run = export_alone(database.url, stores[number % 2])
        if number:  # the first round fills the caches
            copies.append(copied)
            runs.append(run)
    yield from export_figures(runs, copies)
    yield from memory_figures(database, home, runs)
    compared, wrong = wrong_vectors(connection, stores[0])
    yield Figure("vectors that differ from the database's", f"{compared:,} compared", "", wrong, 0, True, "")
    differ = len(different_files(*stores))
    yield Figure("files that differ between two exports", "", "", differ, 0, True, "")
    yield from reading_figures(stores[0], rounds)
    yield from row_figures(connection, home, runs)


def export_figures(runs: list[ExportRun], copies: list[float]) -> Iterator[Figure]:
    panels = runs[0].panels
    ours, peer = (statistics.median(found) for found in ([run.seconds for run in runs], copies))
    ratios = [copied / run.seconds for run, copied in zip(runs, copies, strict=True)]
    yield Figure(
        f"export of {panels:,} panels, rows/s",
        f"{panels / ours:,.0f} ({ours:.1f} s)",
        f"COPY to /dev/null {panels / peer:,.0f} ({peer:.1f} s)",
        statistics.median(ratios),
        0.5,
    )
    yield Figure("the same, least of the rounds", "", "", min(ratios))
    size = runs[0].bytes / GIB
    cpu = statistics.median(run.cpu for run in runs)
    yield Figure("the same, written", f"{size:.2f} GiB, {cpu:.1f} s CPU", "", size / ours, unit=" GiB/s")


def memory_figures(database: Database, home: Path, runs: list[ExportRun]) -> Iterator[Figure]:
    small = export_alone(database.url, home / "small.zarr", 1940 + 80 // SMALL - 1)
    for run in (small, max(runs, key=lambda run: run.peak)):
        yield Figure(f"peak memory, {run.panels:,} panels", "", "", run.peak / GIB, 1, True, " GiB")


def reading_figures(store: Path, rounds: int) -> Iterator[Figure]:
    ways = {
        "shuffled": lambda: reading.shuffled(store, 0),
        "zarr": lambda: reading.in_order(store),
        "raw": lambda: reading.raw(store),
    }
    speeds: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, way in ways.items():
            speed = way()
            if number:
                speeds[name].append(speed)
    ours = statistics.median(speeds["shuffled"])
    for name, peer, bar in (("zarr", "zarr in order", 0.5), ("raw", "bare files in order", None)):
        ratio = statistics.median(a / b for a, b in zip(speeds["shuffled"], speeds[name], strict=True))
        shown = f"{peer} {statistics.median(speeds[name]) / 1e6:,.0f} MB/s"
        yield Figure("PyTorch, shuffled", f"{ours / 1e6:,.0f} MB/s", shown, ratio, bar)


def row_figures(connection: Connection, home: Path, runs: list[ExportRun]) -> Iterator[Figure]:
    ours = statistics.median(run.panels / run.seconds for run in runs)
    for binary in (False, True):
        target = home / "rows.zarr"
        shutil.rmtree(target, ignore_errors=True)
        panels, seconds = row_by_row(connection, BOOKS_BY_ROW, target, binary=binary)
        name = "row by row into xarray" + (", binary values" if binary else "")
        yield Figure(
            "export, rows/s",
            f"{ours:,.0f}",
            f"{name} {panels / seconds:,.0f} ({panels:,} panels)",
            ours * seconds / panels,
            None if binary else 5,
        )


if __name__ == "__main__":
    main()
