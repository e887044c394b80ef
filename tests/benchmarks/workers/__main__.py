"""Workers: what claiming and committing costs, and what a second process brings.

python -m tests.benchmarks.workers [--books FOLDER] [--empty-books N] [--only NAME ...]

Throw-away homes with an embedded PostgreSQL and Redis each.  Exit status 1 where a bar is missed.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.sql.figures import Figure
from tests.benchmarks.workers.round_trips import round_trips
from tests.benchmarks.workers.scaling import through_ingest, through_workers

PROCESSES = 4


def main() -> None:
    arguments = parse()
    print(f"Celery {version('celery')}, redis-py {version('redis')}, Python {platform.python_version()}")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n", flush=True)
    missed = 0
    for name in arguments.only or MEASURES:
        for figure in MEASURES[name](arguments):
            print(line(figure), flush=True)
            missed += figure.met is False
    sys.exit(1 if missed else 0)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--books", type=Path, default=Path("samples"), help="a library for the real models")
    parser.add_argument("--empty-books", type=int, default=1000, help="books without work")
    parser.add_argument("--only", nargs="+", choices=MEASURES, help="only these measures")
    return parser.parse_args()


def measure_round_trips(arguments: argparse.Namespace) -> Iterator[Figure]:
    found = round_trips(arguments.empty_books, PROCESSES)
    what = f"stage completions a second, no work, {PROCESSES} processes"
    yield Figure(what, f"{found.cpu_milliseconds:.1f} ms CPU a book", "", found.completions, 300, unit="/s")


def measure_scaling(arguments: argparse.Namespace) -> Iterator[Figure]:
    two = through_workers(arguments.books, 2)
    one = through_workers(arguments.books, 1)
    alone = through_ingest(arguments.books)
    yield Figure(
        "two processes as fast as one", f"{two.wall:.1f} s", f"one {one.wall:.1f} s", one.wall / two.wall, 1.6
    )
    outside, inside = (one.wall - one.computed) / one.books, one.computed / one.books
    yield Figure(
        "a book outside its stages, writing included",
        f"{outside:.3f} s",
        f"inside {inside:.2f} s",
        100 * outside / inside,
        2,
        at_most=True,
        unit=" %",
    )
    yield Figure(
        "one process against warehouse ingest",
        f"{one.wall:.1f} s",
        f"ingest {alone.wall:.1f} s",
        one.wall / alone.wall,
    )


MEASURES: dict[str, Callable[[argparse.Namespace], Iterator[Figure]]] = {
    "round-trips": measure_round_trips,
    "scaling": measure_scaling,
}


def line(figure: Figure) -> str:
    """What | ours | peer | value | bar | met."""
    sign = "" if figure.bar is None else ("at most " if figure.at_most else "at least ")
    bar = "" if figure.bar is None else f"{sign}{figure.bar:g}{figure.unit}"
    met = {True: "met", False: "MISSED", None: ""}[figure.met]
    value = f"{figure.value:.3g}{figure.unit}"
    return f"{figure.what:<56} {figure.ours:>20}  {figure.peer:<18} {value:>9} {bar:>14} {met}"


if __name__ == "__main__":
    main()
