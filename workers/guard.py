"""A worker process watching itself: alive, getting on, and within its memory.

What hangs, or eats memory, is written down as a lost attempt before the process kills itself; its parent
starts another one.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from warehouse.database.connection import translated_errors
from warehouse.database.ledger import Ledger, process_name
from warehouse.errors import WarehouseError
from warehouse.records import Lease
from warehouse.stages.job import Tick
from warehouse.work_rules import WorkRules
from workers.bench import open_ledger
from workers.pulse import beat
from workers.stopping import go_on

LOOK_SECONDS = 0.5
SIGN_SECONDS = 5.0
PAGE = os.sysconf("SC_PAGE_SIZE")
MIB = 2**20

log = logging.getLogger("workers")


class Guard:
    """Watches the leases this process holds, from a thread of its own."""

    def __init__(self, rules: WorkRules, queues: Sequence[str]) -> None:
        self._rules = rules
        self._queues = queues
        self._lock = threading.Lock()
        self._progress: dict[UUID, tuple[Lease, float]] = {}
        self._over = threading.Event()
        self._ledger: Ledger | None = None
        self._thread = threading.Thread(target=self._watch, name="guard", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Stop watching, and sign off."""
        self._over.set()
        self._thread.join()

    @contextmanager
    def watching(self, lease: Lease, tick: Tick) -> Iterator[Tick]:
        """A tick that counts as progress of a lease, and raises StoppingError when the worker is to stop."""

        def watched(done: int, total: int) -> None:
            go_on()
            self._moved(lease)
            tick(done, total)

        self._moved(lease)
        try:
            yield watched
        finally:
            with self._lock:
                self._progress.pop(lease.token, None)

    def _moved(self, lease: Lease) -> None:
        with self._lock:
            self._progress[lease.token] = (lease, time.monotonic())

    def _watch(self) -> None:
        signed, looked = -SIGN_SECONDS, time.monotonic()
        while not self._over.wait(LOOK_SECONDS):
            beat()
            now = time.monotonic()
            if now - looked > 10 * LOOK_SECONDS:
                self._forgive(now - looked)
            looked = now
            if resident_bytes() > self._rules.memory:
                self._die("worker-memory", f"took {resident_bytes() // MIB} MiB of memory", self._held())
            stalled = [lease for lease, moved in self._leases() if now - moved > self._rules.stall]
            if stalled:
                self._die("stage-stalled", f"made no progress for {self._rules.stall} s", stalled)
            if now - signed > SIGN_SECONDS and self._sign_on():
                signed = now
        self._sign_off()

    def _forgive(self, seconds: float) -> None:
        """The whole process stood still, paused by somebody: that is not the book's doing."""
        with self._lock:
            self._progress = {
                token: (lease, moved + seconds) for token, (lease, moved) in self._progress.items()
            }

    def _leases(self) -> list[tuple[Lease, float]]:
        with self._lock:
            return list(self._progress.values())

    def _held(self) -> list[Lease]:
        return [lease for lease, _ in self._leases()]

    def _sign_on(self) -> bool:
        try:
            self._ledger = self._ledger or open_ledger()
            self._ledger.sign_on(self._queues)
        except WarehouseError as error:  # the database may be back the next time
            log.debug("not signed on: %s", error)
            return False
        return True

    def _sign_off(self) -> None:
        if self._ledger is not None:
            try:
                with translated_errors():
                    self._ledger.sign_off(process_name())
                self._ledger.close()
            except WarehouseError as error:
                log.debug("not signed off: %s", error)

    def _die(self, code: str, what: str, guilty: Sequence[Lease]) -> None:
        """Write down why, give back what others hold no blame for, and end at once."""
        try:
            ledger = self._ledger or open_ledger()
            for lease in self._held():
                if lease in guilty:
                    said = f"stage {lease.stage} {what} in attempt {lease.attempt}; its process was killed"
                    log.error("book %d: %s [%s]", lease.book_id, said, code)
                    ledger.fail(lease, code, said, 0.0, again=True)
                else:
                    ledger.release(lease)
        except WarehouseError as error:
            log.error("killed without a word in the ledger (%s): its leases run out", error)
        finally:
            os.kill(os.getpid(), signal.SIGKILL)


def resident_bytes() -> int:
    """Memory of this process that is in use now; 0 where the system does not say (Linux does)."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * PAGE
    except OSError:
        return 0
