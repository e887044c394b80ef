"""Running one stage of one book: claim, compute outside any transaction, write and "done" in one."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from warehouse.books.limits import USUAL_LIMITS, Limits
from warehouse.contracts import ModelIdentity, Profile
from warehouse.database.connection import Connection
from warehouse.database.ledger import Ledger, complete, reset_work, stages_after
from warehouse.database.queries import stored_book
from warehouse.database.statements import statement
from warehouse.database.store import stage_rows
from warehouse.database.store.models import note_stage_models
from warehouse.database.transactions import in_transaction
from warehouse.errors import BookError, LeaseLostError, WarehouseError
from warehouse.records import STAGES, Lease, StoredBook
from warehouse.stages.heartbeat import beating
from warehouse.stages.job import Job, Tick
from warehouse.stages.page_types import type_pages
from warehouse.stages.pages import read_pages
from warehouse.stages.panel_vectors import encode_panels
from warehouse.stages.panels import find_panels
from warehouse.stages.strips import encode_strips
from warehouse.stages.text import read_text
from warehouse.stages.vector_models import VECTOR_STAGES, vector_models

log = logging.getLogger("warehouse.stages")

Write = Callable[[Connection, StoredBook], Sequence[str] | None]
"""Writes a stage's rows in the caller's transaction; returns the later stages to redo, None for all."""


def _computed(job: Job, stage: str) -> Write:
    """Compute a stage; what comes back writes its rows."""
    match stage:
        case "pages":
            found = read_pages(job)
            return partial(
                stage_rows.write_pages, metadata=found.metadata, format_=found.format, pages=found.pages
            )
        case "panels":
            return partial(stage_rows.write_panels, rows=find_panels(job))
        case "text":
            return partial(stage_rows.write_text, rows=read_text(job))
        case "page_types":
            return partial(stage_rows.write_page_types, rows=type_pages(job))
        case "panel_vectors":
            return partial(stage_rows.write_panel_vectors, rows=encode_panels(job))
        case "strips":
            return partial(stage_rows.write_strips, rows=encode_strips(job))
    raise ValueError(stage)


Watching = Callable[[Lease, Tick], AbstractContextManager[Tick]]
"""Watches over a stage while it computes: the tick it is given, or one that does more."""


def unwatched(lease: Lease, tick: Tick) -> AbstractContextManager[Tick]:
    """Nobody watches."""
    return nullcontext(tick)


@dataclass(frozen=True, slots=True)
class StageRunner:
    """Runs stages with one ledger, one connection (autocommit), one profile, and limits on every book.

    sidecars: a folder with the text of books (docs/sidecars.md).
    """

    ledger: Ledger
    connection: Connection
    profile: Profile
    limits: Limits = USUAL_LIMITS
    watching: Watching = unwatched
    sidecars: Path | None = None

    def run_book(
        self, book_id: int, tick: Callable[[str, int, int], None], stages: Sequence[str] = STAGES
    ) -> bool:
        """Run what is left of these stages of a book, as far as it goes.  True if this run did anything.

        A failing stage is recorded and ends the book; another run's stages are left to it.
        """
        if all(work.state == "done" for work in self.ledger.states(book_id).values()):
            return False
        worked = False
        for stage in stages:
            state = None
            while state in (None, "ready") and (lease := self.ledger.claim(book_id, stage)) is not None:
                worked = True
                state = self.run_stage(lease, partial(tick, stage))
            if state not in (None, "done"):
                break
        return worked

    def run_stage(self, lease: Lease, tick: Tick) -> str:
        """Run a claimed stage.

        Returns its state: 'done'; 'failed', 'quarantined' or 'ready' for another attempt, with the error
        recorded; 'lost' where another run has taken it over, and nothing is written.

        Raises WarehouseError for what is not the book's fault (database, models), and gives the work back.
        """
        start = time.perf_counter()
        state = self._run(lease, tick, start)
        said = {"book": lease.book_id, "stage": lease.stage, "state": state, "attempt": lease.attempt}
        seconds = round(time.perf_counter() - start, 3)
        log.info(
            "book %(book)d: %(stage)s %(state)s in %(seconds).1f s, attempt %(attempt)d",
            {**said, "seconds": seconds},
            extra={**said, "seconds": seconds},
        )
        return state

    def _run(self, lease: Lease, tick: Tick, start: float) -> str:
        try:
            book = stored_book(self.connection, lease.book_id)
            with self.watching(lease, tick) as watched, beating(self.ledger, lease, watched) as keep:
                job = Job(book, self.profile, self.connection, keep, self.limits, self.sidecars)
                write = _computed(job, lease.stage)
            self._write(lease, book, write, time.perf_counter() - start)
        except LeaseLostError as error:
            log.warning("%s", error)
            return "lost"
        except BookError as error:
            return self._failed(lease, error.code, str(error), start)
        except (WarehouseError, KeyboardInterrupt, SystemExit):
            self.ledger.release(lease)
            raise
        except Exception as error:
            # Whatever a decoder or a model meets in one book must not stop the batch; the ledger records it.
            if self.connection.closed:
                self._give_back(lease)
                raise
            log.debug("stage %s of book %d", lease.stage, lease.book_id, exc_info=True)
            reason = (str(error).strip().splitlines() or ["no reason given"])[0]
            text = f"stage {lease.stage} failed with {type(error).__name__}: {reason}"
            return self._failed(lease, "internal-error", text, start, again=True)
        return "done"

    def _write(self, lease: Lease, book: StoredBook, write: Write, seconds: float) -> None:
        revision = self.profile.revisions()[lease.stage]

        def stage_and_done() -> None:
            complete(self.connection, lease, revision, seconds)
            note_stage_models(self.connection, lease.stage, revision, self.profile.name, self._models(lease))
            stale = write(self.connection, book)
            reset_work(self.connection, lease.book_id, stages_after(lease.stage) if stale is None else stale)
            self.connection.execute(
                statement("finish_book"), {"book_id": lease.book_id, "stages": len(STAGES)}
            )

        in_transaction(self.connection, stage_and_done)

    def _models(self, lease: Lease) -> tuple[ModelIdentity, ...]:
        """The models whose vectors a stage writes; loaded already where there are any."""
        return vector_models(self.profile).of_stage(lease.stage) if lease.stage in VECTOR_STAGES else ()

    def _give_back(self, lease: Lease) -> None:
        try:
            self.ledger.release(lease)
        except WarehouseError as error:  # the database is away: the lease runs out
            log.debug("stage %s of book %d is not given back: %s", lease.stage, lease.book_id, error)

    def _failed(self, lease: Lease, code: str, error: str, start: float, *, again: bool = False) -> str:
        try:
            return self.ledger.fail(lease, code, error, time.perf_counter() - start, again=again)
        except LeaseLostError as lost:
            log.warning("%s", lost)
            return "lost"
