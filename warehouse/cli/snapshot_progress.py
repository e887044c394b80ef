"""Progress of an export: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

LINE_SECONDS = 5.0


@contextmanager
def export_progress(quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """To be called with the shards written and all there are.  Says it on stderr."""
    if quiet:
        yield lambda done, all_: None
    elif sys.stderr.isatty():
        with _bar() as progress:
            yield progress
    else:
        yield _Lines()


class _Lines:
    def __init__(self) -> None:
        self._said = time.monotonic()

    def __call__(self, done: int, all_: int) -> None:
        if time.monotonic() - self._said > LINE_SECONDS:
            self._said = time.monotonic()
            click.echo(f"{done:,} of {all_:,} shards written", err=True)


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("planning", total=None)
        yield lambda done, all_: bars.update(task, description="shards", completed=done, total=all_)
