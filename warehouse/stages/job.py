"""What a stage is given to work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from warehouse.books.limits import USUAL_LIMITS, Limits
from warehouse.contracts import Profile
from warehouse.database.connection import Connection
from warehouse.records import StoredBook

Tick = Callable[[int, int], None]
"""Called with (pages done, pages in all): moves a progress bar and keeps the lease."""


@dataclass(frozen=True, slots=True)
class Job:
    """One stage of one book.  connection is for reading; limits: what the book may ask of the machine.

    sidecars: the folder where a person says that files with the text of books lie.
    """

    book: StoredBook
    profile: Profile
    connection: Connection
    tick: Tick
    limits: Limits = USUAL_LIMITS
    sidecars: Path | None = None
