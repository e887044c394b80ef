"""One scenario: workers on a growing library, faults at random moments, and what has become of it all."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.workers.chaos.faults import POSTGRES, Kind, in_order
from tests.workers.chaos.fleet import Fleet, Worker
from tests.workers.chaos.ledger_view import Stage, View
from tests.workers.chaos.pauses import Pause
from tests.workers.chaos.place import Place
from tests.workers.chaos.recovery import Watch
from tests.workers.chaos.tally import Tally

LOOK_SECONDS = 0.1
OPEN_BOOKS = 10
"""So many are kept under way."""
PATIENCE_SECONDS = 120.0
"""For what has no bound of its own."""
STOP_SECONDS = 45.0
MARGIN_SECONDS = 10.0
LONGEST_OUTAGE_SECONDS = 2.0


@dataclass
class Scenario:
    """Faults on a place, one after the other, each at a random moment after the last."""

    place: Place
    tally: Tally
    moments: random.Random
    calm: float
    last_fault: float = 0.0
    feeding: bool = True
    watches: list[Watch] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    leaving: list[tuple[Worker, float]] = field(default_factory=list)
    view: View | None = None

    @property
    def fleet(self) -> Fleet:
        """The workers."""
        return self.place.fleet

    def run(self, faults: int) -> None:
        """All faults, and the rest of the library in peace."""
        self._until(lambda: self.view is not None and self.view.done > 0, "the first stage is done")
        for kind in in_order(faults, self.moments):
            self._pass(self.moments.uniform(0.1, self.calm))
            self._strike(kind)
            self.tally.struck.append(kind)
        self._until(lambda: not (self.watches or self.pauses or self.leaving), "all has recovered")
        self.feeding = False
        self._until(lambda: self._at_rest(), "the library is done")

    def _strike(self, kind: Kind) -> None:
        match kind:
            case Kind.CHILD:
                self._kill_child()
            case Kind.WORKER | Kind.PARENT | Kind.STOP:
                self._end_worker(kind)
            case Kind.PAUSE:
                self._pause()
            case Kind.REDIS | Kind.REDIS_EMPTY:
                self._restart_redis(kind)
            case Kind.POSTGRES_CRASH | Kind.POSTGRES_RESTART:
                self._restart_postgres(kind)

    def _kill_child(self) -> None:
        worker = self._busy_worker()
        name = self.moments.choice(sorted(worker.names() & self._holders()) or sorted(worker.names()))
        met = self._met({name})
        self.place.kill(name)
        self._watch(Kind.CHILD, met)

    def _end_worker(self, kind: Kind) -> None:
        worker = self._busy_worker()
        met = self._met(worker.names())
        if kind is Kind.WORKER:
            worker.signal_all(signal.SIGKILL)
        elif kind is Kind.PARENT:
            worker.process.kill()
        else:
            worker.process.terminate()
            self.leaving.append((worker, time.monotonic() + STOP_SECONDS))
        self.fleet.replace(worker)
        self._watch(kind, met)

    def _pause(self) -> None:
        """Stop a worker; it goes on once all that it held has been done by others.

        Not while leases are in the ledger that nobody holds any more: who met the restart of Postgres has
        given up, and commits nothing late.
        """
        self._until(
            lambda: not any(watch.kind in POSTGRES for watch in self.watches), "Postgres is as before"
        )
        worker = self._busy_worker()
        names = worker.names()
        worker.signal_all(signal.SIGSTOP)
        self._look()
        view = self._looked()
        held = {stage: name for stage, (_, name) in view.held.items() if name in names}
        self.pauses.append(Pause(worker, self._watch(Kind.PAUSE, self._met(names)), names, held))

    def _restart_redis(self, kind: Kind) -> None:
        self.place.redis.kill()
        if kind is Kind.REDIS_EMPTY:
            self.place.redis.forget()
        self._pass(self.moments.uniform(0, LONGEST_OUTAGE_SECONDS))
        self.place.redis.start()
        self._look()
        self._watch(kind, dict.fromkeys(self._looked().ready))

    def _restart_postgres(self, kind: Kind) -> None:
        self._until(lambda: not self.pauses, "nobody is paused")
        met = self._met(self._holders())
        if kind is Kind.POSTGRES_CRASH:
            self.place.postgres.stop("immediate")
            self._pass(self.moments.uniform(0, LONGEST_OUTAGE_SECONDS))
            self.place.postgres.start()
        else:
            self.place.postgres.restart()
        self._watch(kind, met)

    def _busy_worker(self) -> Worker:
        """One that holds something and is not paused."""
        found: list[Worker] = []

        def look() -> bool:
            paused = [pause.worker for pause in self.pauses]
            free = [worker for worker in self.fleet.workers if worker not in paused]
            found[:] = [worker for worker in free if worker.names() & self._holders()]
            return bool(found)

        self._until(look, "a worker is at work")
        return self.moments.choice(found)

    def _holders(self) -> set[str]:
        return {worker for _, worker in self.view.held.values()} if self.view is not None else set()

    def _met(self, names: set[str]) -> dict[Stage, str]:
        return self._looked().held_by(names)

    def _watch(self, kind: Kind, met: Mapping[Stage, str | None]) -> Watch:
        self.last_fault = time.monotonic()
        watch = Watch(kind, self.last_fault, met, self._looked().done)
        self.watches.append(watch)
        return watch

    def _looked(self) -> View:
        self._until(lambda: self.view is not None, "the database answers")
        assert self.view is not None
        return self.view

    def _at_rest(self) -> bool:
        return (
            self.view is not None
            and not self.view.held
            and not self.view.ready
            and self.place.library.settled
        )

    def _pass(self, seconds: float) -> None:
        """Let time go by, watching."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._look()

    def _until(self, condition: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        self._look()
        while not condition():
            assert time.monotonic() < end, f"not after {PATIENCE_SECONDS:.0f} s: {what}"
            self._look()

    def _look(self) -> None:
        """See what has become of everything, and keep the workers in work."""
        time.sleep(LOOK_SECONDS)
        self.view = self.place.ledger.look()
        if self.view is None:
            return
        self.tally.attempts = max(self.tally.attempts, self.view.attempts)
        recovered = [watch for watch in self.watches if watch.look(self.view, self.last_fault)]
        self.tally.recovered += recovered
        self.watches = [watch for watch in self.watches if watch not in recovered]
        self._see_overdue()
        self._see_paused()
        self._see_leaving()
        under_way = {book for book, _ in (*self.view.held, *self.view.ready)}
        if self.feeding and len(under_way) < OPEN_BOOKS:
            self.place.library.grow(OPEN_BOOKS // 2)

    def _see_overdue(self) -> None:
        for watch in self.watches:
            if not watch.reported and watch.overdue(self.last_fault, self.tally.bound):
                watch.reported = True
                self.tally.violations.append(
                    f"{watch.kind}: no recovery in {self.tally.bound:.0f} s: {sorted(watch.met)}"
                )

    def _see_paused(self) -> None:
        for pause in list(self.pauses):
            if pause.resumed is None and self.view is not None and pause.is_over(self.view):
                pause.resume(self.place.ledger)
            elif pause.resumed is not None and pause.answered():
                self.tally.refused += pause.refused
                self.tally.cut += pause.cut
                self.tally.violations += pause.violations(self.place.ledger)
                self.pauses.remove(pause)

    def _see_leaving(self) -> None:
        for worker, deadline in list(self.leaving):
            if worker.ended and worker.process.returncode != 0:
                self.tally.violations.append(f"{worker.log.name}: exit code {worker.process.returncode}")
            elif not worker.ended and time.monotonic() > deadline:
                self.tally.violations.append(f"{worker.log.name}: not stopped after {STOP_SECONDS:.0f} s")
            elif not worker.ended:
                continue
            self.leaving.remove((worker, deadline))
