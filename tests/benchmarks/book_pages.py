"""The book a benchmark reads, and how much of it: `[BOOK] [--pages N] [--rounds N]`."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from warehouse.books.reading import open_book
from warehouse.contracts import Pixels

_SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@dataclass(frozen=True, slots=True)
class BookArguments:
    """rounds: how often everything is measured."""

    book: Path
    pages: int
    rounds: int

    def pixels(self) -> list[Pixels]:
        """The first pages of the book, as many as were asked for and there are."""
        with open_book(self.book) as opened:
            return [opened.page_pixels(seq).pixels for seq in range(min(self.pages, len(opened.entries)))]


def book_arguments(about: str | None, pages: int) -> BookArguments:
    """What the command line says.  about: the program's description.  pages: where nobody says how many."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("book", nargs="?", type=Path, default=next(iter(sorted(_SAMPLES.rglob("*.cbz")))))
    parser.add_argument("--pages", type=int, default=pages)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    return BookArguments(given.book, given.pages, given.rounds)
