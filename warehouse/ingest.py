"""Books in: find them, register them, run their stages, count what became of them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from warehouse.books.hashing import file_sha256
from warehouse.books.limits import USUAL_LIMITS, Limits
from warehouse.books.presence import look_for
from warehouse.books.sidecars.text_sidecar import read_text_sidecar
from warehouse.books.sources import find_books
from warehouse.books.stored_paths import disk_path, stored_path
from warehouse.contracts import Profile
from warehouse.database.connection import Connection, Database
from warehouse.database.coverage import books_behind, books_lacking, stages_lacking
from warehouse.database.ledger import GIVEN_UP, Ledger
from warehouse.database.queries import book_statuses, stored_pages, text_sidecar
from warehouse.database.store.models import register_model
from warehouse.database.store.registering import known_path, register_book
from warehouse.records import STAGES, BookStatus, Registration, SourceFile
from warehouse.stages.runner import StageRunner
from warehouse.stages.vector_models import VECTOR_STAGES, vector_models
from warehouse.work_rules import USUAL_RULES, WorkRules


class IngestProgress(Protocol):
    """Who watches an ingest."""

    def looking(self, found: int) -> None: ...
    def begin(self, books: int) -> None: ...
    def book(self, place: int, path: str) -> None: ...
    def stage(self, stage: str, done: int, total: int) -> None: ...
    def finished(self, place: int, outcome: str, status: BookStatus) -> None: ...


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """limit: at most so many books that need work.  retry_failed: try failed books again.

    refresh: redo what another revision of a stage has done.  limits: what a book may ask of the machine.
    rules: how work is leased and given up.  sidecars: a folder with the text of books.
    """

    limit: int | None = None
    retry_failed: bool = False
    refresh: bool = False
    limits: Limits = USUAL_LIMITS
    rules: WorkRules = USUAL_RULES
    sidecars: Path | None = None


@dataclass
class IngestSummary:
    """What became of the books.

    outcomes: 'ingested', 'partial', 'failed', 'skipped', 'duplicate', 'busy'.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    problems: list[BookStatus] = field(default_factory=list)
    book_ids: list[int] = field(default_factory=list)

    def add(self, outcome: str, status: BookStatus) -> None:
        self.outcomes[outcome] += 1
        self.book_ids.append(status.book_id)
        if status.error_code is not None:
            self.problems.append(status)

    @property
    def exit_code(self) -> int:
        """0 all good, 1 nothing usable, 3 some failed."""
        if not self.outcomes["failed"]:
            return 0 if self.outcomes else 1
        return 1 if self.outcomes["failed"] == self.outcomes.total() else 3


def ingest(
    paths: Iterable[Path],
    database: Database,
    profile: Profile,
    progress: IngestProgress,
    options: IngestOptions = IngestOptions(),
) -> IngestSummary:
    """Bring every book under these paths into the warehouse; what is done is skipped.

    Raises BookError for a path that does not exist, before anything is done.
    """
    sources = []
    for source in find_books(paths):
        sources.append(source.path)
        progress.looking(len(sources))
    progress.begin(len(sources))
    summary = IngestSummary()
    with (
        Ledger(database, options.rules) as ledger,
        database.connect(autocommit=True, steady=True) as connection,
    ):
        ledger.recover()
        runner = StageRunner(ledger, connection, profile, options.limits, sidecars=options.sidecars)
        worked = 0
        for place, path in enumerate(sources):
            if options.limit is not None and worked >= options.limit:
                break
            progress.book(place, str(path))
            registration = register(connection, path)
            outcome, did = _run(runner, registration, progress, options)
            worked += did
            [status] = book_statuses(connection, [registration.book_id])
            summary.add(outcome, status)
            progress.finished(place, outcome, status)
    return summary


def refresh_vectors(
    database: Database, profile: Profile, progress: IngestProgress, limits: Limits = USUAL_LIMITS
) -> IngestSummary:
    """Make what this profile's models lack of vectors, or have of stale ones, in every book; nothing else.

    Boxes, texts and page types stay as they are.
    """
    summary = IngestSummary()
    revisions = profile.revisions()
    behind = {stage: revisions[stage] for stage in VECTOR_STAGES}
    with Ledger(database) as ledger, database.connect(autocommit=True) as connection:
        runner = StageRunner(ledger, connection, profile, limits)
        lacking = books_lacking(connection, profile_ids(connection, profile))
        outdated = books_behind(connection, behind)
        statuses = book_statuses(connection, sorted({*lacking, *outdated}))
        progress.begin(len(statuses))
        for place, book in enumerate(statuses):
            progress.book(place, book.path)
            if book.book_id in outdated:
                ledger.reset_outdated([book.book_id], behind)
            ledger.redo(book.book_id, lacking.get(book.book_id, ()))
            outcome = _outcome(runner, book.book_id, runner.run_book(book.book_id, progress.stage))
            [status] = book_statuses(connection, [book.book_id])
            summary.add(outcome, status)
            progress.finished(place, outcome, status)
    return summary


def register(connection: Connection, path: Path) -> Registration:
    """Put one path into the warehouse, or find the book it is; hashed only where it has changed."""
    file = source_file(path)
    known = known_path(connection, file)
    if known is not None:
        return known
    try:
        hashed = replace(file, sha256=file_sha256(path))
    except OSError:  # opening it will fail too, and stage `pages` records why
        hashed = file
    with connection.transaction():
        return register_book(connection, hashed, _other_file)


def profile_ids(connection: Connection, profile: Profile) -> dict[str, int]:
    """The ids of a profile's models by kind; new ones are registered."""
    with connection.transaction():
        return {model.kind: register_model(connection, model) for model in vector_models(profile).all}


def renew_work(
    ledger: Ledger, connection: Connection, profile: Profile, book_id: int, options: IngestOptions
) -> None:
    """Make ready again what of a book is to be done again, as these options say."""
    if options.retry_failed:
        ledger.retry_failed([book_id])
    if options.refresh:
        ledger.reset_outdated([book_id], profile.revisions())
        if _sidecar_changed(connection, book_id, options):
            ledger.redo(book_id, STAGES[STAGES.index("text") :])
        ledger.redo(book_id, stages_lacking(connection, book_id, profile_ids(connection, profile)))


def _sidecar_changed(connection: Connection, book_id: int, options: IngestOptions) -> bool:
    """Whether other files lie there now than those that a book's text was made with."""
    path, before = text_sidecar(connection, book_id)
    entries = {page.seq: page.entry for page in stored_pages(connection, book_id)}
    return read_text_sidecar(disk_path(path), entries, options.sidecars, options.limits).sha256 != before


def _other_file(path: str) -> SourceFile | None:
    """Another path of a book; it may be on a disk that does not answer any more."""
    return None if look_for([path]).unknown else source_file(disk_path(path))


def source_file(path: Path) -> SourceFile:
    """Path, size and modification time; of a folder, over the files in it."""
    absolute = os.path.abspath(path)
    name = stored_path(path)
    try:
        stats = (
            [entry.stat() for entry in os.scandir(absolute) if entry.is_file()]
            if os.path.isdir(absolute)
            else []
        )
        stats = stats or [os.stat(absolute)]
    except OSError:
        return SourceFile(name, 0, 0, None)
    size = sum(stat.st_size for stat in stats)
    return SourceFile(name, size, max(stat.st_mtime_ns for stat in stats), None)


def _run(
    runner: StageRunner, registration: Registration, progress: IngestProgress, options: IngestOptions
) -> tuple[str, bool]:
    book_id = registration.book_id
    renew_work(runner.ledger, runner.connection, runner.profile, book_id, options)
    worked = runner.run_book(book_id, progress.stage)
    if registration.outcome == "duplicate" and not worked:
        return "duplicate", False
    return _outcome(runner, book_id, worked), worked


def _outcome(runner: StageRunner, book_id: int, worked: bool) -> str:
    states = {work.state for work in runner.ledger.states(book_id).values()}
    if states & {*GIVEN_UP}:
        return "failed"
    if states != {"done"}:
        return "busy"
    if not worked:
        return "skipped"
    [status] = book_statuses(runner.connection, [book_id])
    return "partial" if status.status == "partial" else "ingested"
