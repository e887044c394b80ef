"""A library that grows as fast as it is processed, so that faults always meet work."""

from __future__ import annotations

from pathlib import Path

import psycopg

from tests.books_drawn import cbz, comicinfo, picture
from tests.planted import PlantedProfile
from warehouse.database.connection import Database
from warehouse.errors import DatabaseError
from warehouse.ingest import IngestOptions
from warehouse.queueing import queue_books
from warehouse.work_rules import WorkRules

PAGES = 3


class GrowingLibrary:
    """Small drawn books in a folder, enqueued a few at a time."""

    def __init__(self, folder: Path, database: Database, rules: WorkRules) -> None:
        self.folder = folder
        self.books = 0
        self._database = database
        self._options = IngestOptions(rules=rules)
        self._left: list[Path] = []

    @property
    def settled(self) -> bool:
        """Whether the database has taken all of it."""
        return not self._left

    def grow(self, books: int) -> None:
        """Draw and enqueue so many more; what the database does not take now, it takes the next time."""
        self._left += [self._draw() for _ in range(books)]
        try:
            queue_books(self._left, self._database, PlantedProfile(), self, self._options)
        except (psycopg.Error, DatabaseError):
            return
        self._left = []

    def _draw(self) -> Path:
        number, self.books = self.books, self.books + 1
        series = f"Series {number // 50}"
        return cbz(
            self.folder / series / f"{series} {number:04}.cbz",
            {f"{page}.png": picture(10 * number + page) for page in range(PAGES)},
            comicinfo(Series=series, Number=str(number), Characters="Fox, Owl", LanguageISO="en"),
        )

    def looking(self, found: int) -> None:
        """Nobody watches."""

    def begin(self, books: int) -> None:
        """Nobody watches."""

    def registered(self, books: int) -> None:
        """Nobody watches."""
