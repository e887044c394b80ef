"""Progress of registering: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from warehouse.queueing import QueueProgress

LINE_SECONDS = 5.0


@contextmanager
def register_progress(quiet: bool) -> Iterator[QueueProgress]:
    """What fits the place the output goes to.  All of it goes to stderr."""
    if quiet:
        yield _Silent()
    elif sys.stderr.isatty():
        with _bar() as bar:
            yield bar
    else:
        yield _Lines()


class _Silent:
    def looking(self, found: int) -> None:
        return None

    def begin(self, books: int) -> None:
        return None

    def registered(self, books: int) -> None:
        return None


class _Lines:
    def __init__(self) -> None:
        self._said = time.monotonic()
        self._books = 0

    def looking(self, found: int) -> None:
        self._say(f"looking for books: {found} so far")

    def begin(self, books: int) -> None:
        self._books = books

    def registered(self, books: int) -> None:
        self._say(f"{books} of {self._books} books registered")

    def _say(self, line: str) -> None:
        if time.monotonic() - self._said > LINE_SECONDS:
            self._said = time.monotonic()
            click.echo(line, err=True)


@contextmanager
def _bar() -> Iterator[QueueProgress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("looking for books", total=None)

        class _Bar:
            def looking(self, found: int) -> None:
                bars.update(task, completed=found)

            def begin(self, books: int) -> None:
                bars.update(task, description="registering", total=books, completed=0)

            def registered(self, books: int) -> None:
                bars.update(task, completed=books)

        yield _Bar()
