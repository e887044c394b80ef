"""`warehouse status --watch`: a live view on a terminal, repeated blocks elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from warehouse.cli.status_text import pipeline_lines
from warehouse.database.connection import Connection, Database, translated_errors
from warehouse.database.status import is_small, warehouse_status
from warehouse.errors import DatabaseError
from warehouse.status_records import WarehouseStatus

Show = Callable[[str], None]


def watch(database: Database, every: float, until_done: bool) -> int:
    """Show how the work stands every so many seconds; returns the exit code.

    until_done: end when nothing is left to do; 0, or 3 where something failed or was given up.  A database
    that goes away is waited for.
    """
    with _shown() as show:
        while True:
            try:
                with translated_errors(), database.connect(autocommit=True) as connection:
                    for found in _looks(connection):
                        show("\n".join([time.strftime("%H:%M:%S"), *pipeline_lines(found)]))
                        if until_done and not found.left_to_do:
                            return 3 if found.works_given_up else 0
                        time.sleep(every)
            except DatabaseError as error:
                show(f"{error}; looking again in {every:g} s")
                time.sleep(every)


def _looks(connection: Connection) -> Iterator[WarehouseStatus]:
    exact = is_small(connection)
    while True:
        yield warehouse_status(connection, exact=exact)


@contextmanager
def _shown() -> Iterator[Show]:
    """Where each new view goes."""
    if not sys.stdout.isatty():
        yield lambda text: click.echo(text + "\n")
        return
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    with Live(console=Console(), auto_refresh=False, vertical_overflow="ellipsis") as live:
        yield lambda text: live.update(Text(text, no_wrap=True, overflow="ellipsis"), refresh=True)
