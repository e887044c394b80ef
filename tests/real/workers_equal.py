"""Real books, real models: the rows of two worker processes beside those of one ingest.

python -m tests.real.workers_equal [BOOK...]

Everything but vectors must be equal. Vectors may differ in their last bits, since workers encode pictures of
several books in common batches: the largest distance is printed, and must be under TOLERANCE.
"""

from __future__ import annotations

import argparse
import math
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.database_rows import all_rows
from tests.runs import hear
from tests.workers.waiting import wait_until
from warehouse.config import Settings
from warehouse.database.connection import open_database

Rows = Mapping[str, Sequence[tuple[object, ...]]]

DATA = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"
BOOKS = (
    "books/pepper-and-carrot-01-en.cbz",
    "books/pepper-and-carrot-01-fr.cbz",
    "books/buster-bear-010.pdf",
)
TOLERANCE = 0.001
"""Euclidean distance of two unit vectors that are stored in 16 bits."""
HOURS = 3600.0


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from warehouse.program import main; main()", *arguments]


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "WAREHOUSE_HOME": str(home), "WAREHOUSE_THREADS": "1"}


@contextmanager
def workers(home: Path, count: int) -> Iterator[list[Path]]:
    """So many workers of one process each; they share the embedded servers of this home."""
    logs = [home / f"worker-{number}.log" for number in range(count)]
    processes = []
    try:
        for log in logs:
            with log.open("wb") as file:
                processes.append(
                    subprocess.Popen(
                        command("worker"),
                        env=environment(home),
                        stdout=file,
                        stderr=file,
                        preexec_fn=hear,
                        start_new_session=True,
                    )
                )
        yield logs
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
        for process in processes:
            process.wait()


def by_workers(home: Path, books: Sequence[Path]) -> float:
    """Seconds from enqueueing to the last row."""
    home.mkdir()
    subprocess.run(command("enqueue", *map(str, books), "--quiet"), env=environment(home), check=True)
    start = time.monotonic()
    with workers(home, 2) as logs, open_database(Settings(home=home)).connect(autocommit=True) as connection:

        def settled() -> bool:
            return not connection.execute("select 1 from work where state in ('ready', 'leased')").fetchall()

        def told() -> str:
            return "\n".join(log.read_text("utf-8")[-4000:] for log in logs)

        wait_until(settled, "all books done", seconds=HOURS, pause=0.5, told=told)
    return time.monotonic() - start


def by_ingest(home: Path, books: Sequence[Path]) -> float:
    start = time.monotonic()
    subprocess.run(command("ingest", *map(str, books), "--quiet"), env=environment(home), check=True)
    return time.monotonic() - start


def rows(home: Path) -> Rows:
    with open_database(Settings(home=home)).connect(autocommit=True) as connection:
        return all_rows(connection)


def is_vector(value: object) -> bool:
    return isinstance(value, str) and value.startswith("[") and value.endswith("]") and "," in value


def distance(one: str, other: str) -> float:
    """Euclidean, of two vectors as Postgres writes them."""
    return math.dist(*([float(part) for part in text[1:-1].split(",")] for text in (one, other)))


def differences(ours: Rows, theirs: Rows) -> tuple[list[str], int, int, float]:
    """Tables that differ beyond their vectors; vectors; how many differ at all; the largest distance."""
    tables, vectors, unlike, largest = [], 0, 0, 0.0
    for table, rows in theirs.items():
        if [row[:-1] if is_vector(row[-1]) else row for row in ours[table]] != [
            row[:-1] if is_vector(row[-1]) else row for row in rows
        ]:
            tables.append(table)
            continue
        for mine, its in zip(ours[table], rows, strict=True):
            if is_vector(its[-1]):
                vectors += 1
                if mine[-1] != its[-1]:
                    unlike += 1
                    largest = max(largest, distance(str(mine[-1]), str(its[-1])))
    return tables, vectors, unlike, largest


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("books", nargs="*", type=Path, default=[DATA / name for name in BOOKS])
    books = parser.parse_args().books
    with tempfile.TemporaryDirectory(prefix="warehouse-", ignore_cleanup_errors=True) as folder:
        here = Path(folder)
        print(f"{len(books)} books, two workers: {by_workers(here / 'workers', books):.0f} s", flush=True)
        print(f"the same, one ingest: {by_ingest(here / 'alone', books):.0f} s", flush=True)
        ours, theirs = rows(here / "workers"), rows(here / "alone")
    tables, vectors, unlike, largest = differences(ours, theirs)
    print(f"{sum(map(len, theirs.values()))} rows in {len(theirs)} tables")
    print(f"tables that differ beyond their vectors: {', '.join(tables) or 'none'}")
    print(f"{unlike} of {vectors} vectors differ, at most by {largest:.2g}")
    return 1 if tables or largest > TOLERANCE else 0


if __name__ == "__main__":
    sys.exit(main())
