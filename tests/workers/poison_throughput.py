"""What five poisoned books cost two hundred others.  python -m tests.workers.poison_throughput."""

from __future__ import annotations

import argparse
from pathlib import Path

import click

from tests.books_drawn import cbz, picture
from tests.workers.place import place
from tests.workers.queued_books import enqueue, wait_until_settled
from warehouse.database.connection import Connection

RULES = "lease=10 attempts=3 stall=3 memory=360M"
KINDS = ("crash", "segfault", "hang", "spin", "memory")
PAGES = 2


def measured(books: int, processes: int, seconds_a_page: float, *, poison: bool) -> tuple[int, float]:
    """(good books done, seconds from the first one begun to the last one done)."""
    places = [books * (2 * number + 1) // (2 * len(KINDS)) for number in range(len(KINDS))]
    with place() as here, here.database.connect(autocommit=True) as connection:
        enqueue(here.database, _drawn(here.folder / "books", books))
        arguments = ["--concurrency", str(processes), "--seconds-a-page", str(seconds_a_page)]
        if poison:
            for number, kind in zip(places, KINDS, strict=True):
                arguments += ["--poison", f"{kind}:Fox {number:04}"]
        here.workers.start(*arguments, "--log-level", "error", rules=RULES)
        wait_until_settled(connection, here.workers, seconds=1800)
        return _good_books(connection)


def _drawn(folder: Path, books: int) -> Path:
    for number in range(books):
        pages = {f"{page}.png": picture(10 * number + page) for page in range(PAGES)}
        cbz(folder / f"Fox {number:04}.cbz", pages)
    return folder


def _good_books(connection: Connection) -> tuple[int, float]:
    row = connection.execute(
        "select count(*) filter (where stage = 'strips'),"
        " extract(epoch from max(updated_at) - min(updated_at - seconds * interval '1 second'))"
        " from work where state = 'done'"
    ).fetchone()
    assert row is not None
    return int(row[0]), float(row[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--books", type=int, default=200)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--seconds-a-page", type=float, default=0.5)
    said = parser.parse_args()
    rates = []
    for poison in (False, True):
        books, seconds = measured(said.books, said.processes, said.seconds_a_page, poison=poison)
        rates.append(books / seconds)
        named = f"with {len(KINDS)} poisoned" if poison else "without poison"
        click.echo(f"{named}: {books} good books in {seconds:.1f} s, {rates[-1]:.2f}/s")
    click.echo(f"the others keep {rates[1] / rates[0]:.1%} of their throughput ({RULES})")


if __name__ == "__main__":
    main()
