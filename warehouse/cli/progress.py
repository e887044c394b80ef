"""Ingest progress: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import os
import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

import click

from warehouse.records import STAGES, BookStatus

if TYPE_CHECKING:
    from warehouse.ingest import IngestProgress


LOOKING_SECONDS = 2.0


class ClosingProgress(Protocol):
    """An IngestProgress that is also a context manager."""

    def __enter__(self) -> IngestProgress: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def ingest_progress(quiet: bool) -> ClosingProgress:
    """What fits the place the output goes to.  All of it goes to stderr."""
    if quiet:
        return SilentProgress()
    return BarProgress() if sys.stderr.isatty() else LineProgress()


def describe(status: BookStatus) -> str:
    """A book in a few words: 'Pepper&Carrot 6'."""
    name = status.series or os.path.basename(status.path)
    return f"{name} {status.number}" if status.number else name


class SilentProgress:
    """Says nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def looking(self, found: int) -> None:
        return None

    def begin(self, books: int) -> None:
        return None

    def book(self, place: int, path: str) -> None:
        return None

    def stage(self, stage: str, done: int, total: int) -> None:
        return None

    def finished(self, place: int, outcome: str, status: BookStatus) -> None:
        return None


class LineProgress(SilentProgress):
    """One line a book, and one now and then while they are being looked for."""

    def __enter__(self) -> Self:
        self._said = time.monotonic()
        return self

    def looking(self, found: int) -> None:
        if time.monotonic() - self._said > LOOKING_SECONDS:
            self._said = time.monotonic()
            click.echo(f"looking for books: {found} so far", err=True)

    def begin(self, books: int) -> None:
        self._books = books
        if books:
            click.echo(f"{books} books found" if books > 1 else "1 book found", err=True)

    def book(self, place: int, path: str) -> None:
        self._start = time.monotonic()

    def finished(self, place: int, outcome: str, status: BookStatus) -> None:
        seconds = time.monotonic() - self._start
        click.echo(_line(place, self._books, outcome, status, seconds), err=True)


class BarProgress(SilentProgress):
    """A bar over all books and one over the pages of the stage at work."""

    def __enter__(self) -> Self:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        self._bars = Progress(
            TextColumn("{task.description:<34.34}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[unit]}"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._bars.start()
        self._search = self._bars.add_task("looking for books", total=None, unit="books")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def looking(self, found: int) -> None:
        self._bars.update(self._search, completed=found)

    def begin(self, books: int) -> None:
        self._books = books
        self._bars.remove_task(self._search)
        self._all = self._bars.add_task("books", total=books, unit="books")
        self._one = self._bars.add_task("", total=None, unit="pages")

    def book(self, place: int, path: str) -> None:
        self._start = time.monotonic()
        self._name = os.path.basename(path)

    def stage(self, stage: str, done: int, total: int) -> None:
        step = f"{STAGES.index(stage) + 1}/{len(STAGES)} {stage}"
        self._bars.update(self._one, description=f"{step}: {self._name}", completed=done, total=total)

    def finished(self, place: int, outcome: str, status: BookStatus) -> None:
        seconds = time.monotonic() - self._start
        if outcome != "skipped":
            self._bars.console.print(
                _line(place, self._books, outcome, status, seconds), markup=False, highlight=False
            )
        self._bars.update(self._all, completed=place + 1)


def _line(place: int, books: int, outcome: str, status: BookStatus, seconds: float) -> str:
    head = f"[{place + 1}/{books}] {outcome}: {describe(status)}"
    if outcome == "failed":
        return f"{head}: {status.error} [{status.error_code}]"
    if outcome == "duplicate":
        return f"{head}: the same bytes are in the warehouse already"
    tail = f" ({status.error} [{status.error_code}])" if outcome == "partial" else ""
    pages = "1 page" if status.pages == 1 else f"{status.pages} pages"
    return f"{head}, {pages}, {seconds:.1f} s{tail}"
