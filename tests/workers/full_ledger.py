"""A ledger of 100,000 ready books: what Redis and a worker hold.  python -m tests.workers.full_ledger."""

from __future__ import annotations

import argparse
import time

import click

from tests.workers.backlog import drain, fill
from tests.workers.place import place

MIB = 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--books", type=int, default=100_000)
    parser.add_argument("--drained", type=int, default=5_000)
    said = parser.parse_args()
    with place() as here:
        with here.database.connect(autocommit=True) as connection:
            start = time.monotonic()
            fill(connection, said.books)
            connection.execute("analyze")
            click.echo(f"{said.books} books enqueued in {time.monotonic() - start:.1f} s")
        before = here.broker.used_memory()
        drained = drain(here.database, here.broker, here.workers, said.drained, seconds=1200)
        click.echo(f"{drained.books} books done in {drained.seconds:.0f} s")
        click.echo(f"fullest queue: {drained.whole.messages} messages")
        click.echo(f"Redis: {before / MIB:.1f} MiB empty, at most {drained.whole.redis / MIB:.1f} MiB")
        click.echo(
            f"worker and its processes: {drained.first.resident / MIB:.0f} MiB for the first tenth,"
            f" at most {drained.whole.resident / MIB:.0f} MiB in all"
        )


if __name__ == "__main__":
    main()
