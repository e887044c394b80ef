"""Books to the workers: registered, and their first stages made ready."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from warehouse.books.sources import find_books
from warehouse.contracts import Profile
from warehouse.database.connection import Database
from warehouse.database.ledger import GIVEN_UP, Ledger
from warehouse.ingest import IngestOptions, register, renew_work


class QueueProgress(Protocol):
    """Who watches while books are registered."""

    def looking(self, found: int) -> None: ...
    def begin(self, books: int) -> None: ...
    def registered(self, books: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Queued:
    """What became of the books.

    outcomes: 'queued', 'skipped', 'duplicate', 'busy', 'failed'.  waiting: ids of the queued ones.
    """

    outcomes: Mapping[str, int]
    waiting: tuple[int, ...]


def queue_books(
    paths: Iterable[Path],
    database: Database,
    profile: Profile,
    progress: QueueProgress,
    options: IngestOptions,
) -> Queued:
    """Register every book under these paths; what is done is skipped, the rest is ready for workers.

    Raises BookError for a path that does not exist, before anything is done.
    """
    sources = []
    for source in find_books(paths):
        sources.append(source.path)
        progress.looking(len(sources))
    progress.begin(len(sources))
    outcomes: Counter[str] = Counter()
    waiting: list[int] = []
    with (
        Ledger(database, options.rules) as ledger,
        database.connect(autocommit=True, steady=True) as connection,
    ):
        ledger.recover()
        for place, path in enumerate(sources):
            if options.limit is not None and len(waiting) >= options.limit:
                break
            registration = register(connection, path)
            renew_work(ledger, connection, profile, registration.book_id, options)
            outcome = _outcome(ledger, registration.book_id)
            if outcome == "skipped" and registration.outcome == "duplicate":
                outcome = "duplicate"
            if outcome == "queued":
                waiting.append(registration.book_id)
            outcomes[outcome] += 1
            progress.registered(place + 1)
    return Queued(dict(outcomes), tuple(dict.fromkeys(waiting)))


def _outcome(ledger: Ledger, book_id: int) -> str:
    states = {work.state for work in ledger.states(book_id).values()}
    if states & {*GIVEN_UP}:
        return "failed"
    if "ready" in states:
        return "queued"
    return "busy" if "leased" in states else "skipped"
