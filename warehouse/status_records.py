"""What `warehouse status` and `warehouse work show` tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from warehouse.records import Coverage, MissingFiles, ModelStatus

LIVING_SECONDS = 30.0
"""A worker that has not been heard of for so long is taken for dead."""


@dataclass(frozen=True, slots=True)
class ObjectCounts:
    """What was found in the books.  exact: counted; else estimated, but for unreadable_pages."""

    pages: int
    unreadable_pages: int
    panels: int
    lines: int
    strips: int
    exact: bool


@dataclass(frozen=True, slots=True)
class StageStatus:
    """A stage: its work by state, and its pace over the last ten minutes.

    blocked: of those waiting, how many wait for a stage that failed or was given up.  mean_seconds: a book
    takes; None where none was done yet.  workers_busy: seconds of work done a second.
    """

    stage: str
    queue: str
    waiting: int
    blocked: int
    ready: int
    leased: int
    done: int
    failed: int
    quarantined: int
    works_a_minute: float
    pages_a_minute: float
    mean_seconds: float | None
    workers_busy: float

    @property
    def left_to_do(self) -> int:
        """What is going to be done, if nothing more goes wrong."""
        return self.waiting - self.blocked + self.ready + self.leased

    @property
    def by_state(self) -> dict[str, int]:
        """State to number of books."""
        states = ("waiting", "ready", "leased", "done", "failed", "quarantined")
        return {state: getattr(self, state) for state in states}


@dataclass(frozen=True, slots=True)
class OldestWork:
    """The oldest of a stage's work in a state, 'ready', 'leased' or 'quarantined'.

    seconds: it has been so.  overdue: leases whose time is up.
    """

    stage: str
    queue: str
    state: str
    works: int
    seconds: float
    overdue: int


@dataclass(frozen=True, slots=True)
class WorkerStatus:
    """A worker process.

    seen_seconds: since its last sign of life.  held_seconds: it has held the oldest of its work.
    done: in the last ten minutes.
    """

    name: str
    queues: tuple[str, ...]
    started_at: datetime
    seen_seconds: float
    held: int
    held_seconds: float | None
    done: int

    @property
    def living(self) -> bool:
        """Whether it gave a sign of life lately."""
        return self.seen_seconds < LIVING_SECONDS


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A stage of a book.  since: when it came into its state, `seconds` ago."""

    book_id: int
    series: str | None
    number: str | None
    path: str
    stage: str
    state: str
    attempts: int
    since: datetime
    seconds: float
    worker: str | None
    error_code: str | None
    error: str | None


@dataclass(frozen=True, slots=True)
class GivenUpWork:
    """Work that failed or was quarantined with one code; the latest of it named."""

    state: str
    code: str | None
    works: int
    latest: tuple[WorkItem, ...]


@dataclass(frozen=True, slots=True)
class WarehouseStatus:
    """How the whole warehouse stands.

    books: by status.  failures: books by error code.  leased: what is under way, the longest first, a few.
    coverage and missing: None where nobody looked.
    """

    books: Mapping[str, int]
    failures: Mapping[str, int]
    objects: ObjectCounts
    stages: tuple[StageStatus, ...]
    oldest: tuple[OldestWork, ...]
    workers: tuple[WorkerStatus, ...]
    leased: tuple[WorkItem, ...]
    given_up: tuple[GivenUpWork, ...]
    models: tuple[ModelStatus, ...]
    coverage: tuple[Coverage, ...] | None = None
    missing: MissingFiles | None = None

    @property
    def left_to_do(self) -> int:
        """Stages of books that are going to be done, if nothing more goes wrong."""
        return sum(stage.left_to_do for stage in self.stages)

    @property
    def works_given_up(self) -> int:
        """Stages of books that failed or were given up."""
        return sum(stage.failed + stage.quarantined for stage in self.stages)

    @property
    def seconds_left(self) -> float | None:
        """At the pace of the last ten minutes; None while nothing is being done, as in view time_left."""
        if not self.left_to_do:
            return 0.0
        busy = sum(stage.workers_busy for stage in self.stages)
        work = sum(stage.left_to_do * (stage.mean_seconds or 0.0) for stage in self.stages)
        return work / busy if busy > 0 else None

    def oldest_in(self, state: str) -> OldestWork | None:
        """What has been longest in a state."""
        found = [work for work in self.oldest if work.state == state]
        return max(found, key=lambda work: work.seconds, default=None)
