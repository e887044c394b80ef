"""What a book that crashes, one that hangs and one that eats memory cost the others.

python -m tests.workers.poison_throughput. On a busy machine the seconds say little; what counts is the share
of the processes' time that was spent on good books: other programs slow both sides down.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import click

from tests.books_drawn import cbz, picture
from tests.workers.place import place
from tests.workers.queued_books import enqueue, wait_until_settled
from warehouse.database.connection import Connection

RULES = "lease=10 attempts=3 stall=3 memory=360M"
KINDS = ("crash", "hang", "memory")
PAGES = 2


@dataclass(frozen=True, slots=True)
class Good:
    """Good books done, seconds from the first begun to the last done, and seconds of all their stages."""

    books: int
    seconds: float
    at_work: float


def measured(books: int, processes: int, seconds_a_page: float, *, poison: bool) -> Good:
    """A library through one worker of so many processes, with or without poison."""
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


def _good_books(connection: Connection) -> Good:
    row = connection.execute(
        "select count(*) filter (where stage = 'strips'),"
        " extract(epoch from max(updated_at) - min(updated_at - seconds * interval '1 second')), sum(seconds)"
        " from work where state = 'done' and book_id in"
        " (select book_id from work where stage = 'strips' and state = 'done')"
    ).fetchone()
    assert row is not None
    return Good(int(row[0]), float(row[1]), float(row[2]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--books", type=int, default=400)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--seconds-a-page", type=float, default=0.5)
    said = parser.parse_args()
    shares = []
    for poison in (False, True):
        good = measured(said.books, said.processes, said.seconds_a_page, poison=poison)
        shares.append(good.at_work / said.processes / good.seconds)
        named = f"with {len(KINDS)} poisoned" if poison else "without poison"
        click.echo(
            f"{named}: {good.books} good books in {good.seconds:.1f} s, {good.books / good.seconds:.2f}/s,"
            f" {shares[-1]:.1%} of the processes' time"
        )
    click.echo(f"the others keep {shares[1] / shares[0]:.1%} of the processes' time ({RULES})")


if __name__ == "__main__":
    main()
