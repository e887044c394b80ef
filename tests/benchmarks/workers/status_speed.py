"""How long `warehouse status` asks the database, on a library of a million stages.

python -m tests.benchmarks.workers.status_speed [--works 1000000] [--pages 340000]
"""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks.workers.filled_ledger import fill_ledger
from warehouse.database.connection import Connection, Database
from warehouse.database.embedded import start_embedded
from warehouse.database.status import warehouse_status
from warehouse.database.upgrade import upgrade

ROUNDS = 15
TARGET = 0.2


@dataclass(frozen=True)
class Speed:
    """Seconds of several answers, on so many rows of table work."""

    works: int
    seconds: tuple[float, ...]

    def __str__(self) -> str:
        least, middle, most = (
            1000 * pick for pick in (min(self.seconds), median(self.seconds), max(self.seconds))
        )
        return (
            f"status of {self.works:,} rows of work: min {least:.0f} ms, median {middle:.0f} ms,"
            f" max {most:.0f} ms of {len(self.seconds)}; target below {1000 * TARGET:.0f} ms"
        )


def status_speed(works: int = 1_000_000, pages: int = 340_000) -> Speed:
    """Fill a scratch database of an embedded server, and ask it."""
    with tempfile.TemporaryDirectory() as home:
        database = Database(start_embedded(Path(home)), embedded=True)
        upgrade(database)
        with database.connect(autocommit=True) as connection:
            count = fill_ledger(connection, works, pages)
            return Speed(count, measured(connection))


def measured(connection: Connection, rounds: int = ROUNDS) -> tuple[float, ...]:
    """Seconds of each of several answers, the first of this connection aside."""
    seconds = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        warehouse_status(connection)
        seconds.append(time.perf_counter() - start)
    return tuple(seconds[1:])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--works", type=int, default=1_000_000)
    parser.add_argument("--pages", type=int, default=340_000)
    options = parser.parse_args()
    print(status_speed(options.works, options.pages))


if __name__ == "__main__":
    main()
