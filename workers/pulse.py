"""The pulse of every child, felt by the parent: one that lets no other thread run cannot watch itself.

Each child counts its beats in a slot of memory that it shares with its parent; no lock, which a killed child
could take with it.
"""

from __future__ import annotations

import logging
import mmap
import os
import signal
import struct
from typing import Any

from billiard import current_process
from celery import bootsteps
from celery.worker import WorkController

from workers.bench import settings
from workers.losses import note_loss

LOOK_SECONDS = 1.0
SLOTS = 1024
"""Children that can be felt; more are only watched by themselves and by their leases."""

_slot = struct.Struct("=qQ")
_memory = mmap.mmap(-1, SLOTS * _slot.size)

log = logging.getLogger("workers")


def beat() -> None:
    """This child lives, and its threads get their turns."""
    place = getattr(current_process(), "index", SLOTS)
    if place < SLOTS:
        _, beats = _slot.unpack_from(_memory, place * _slot.size)
        _slot.pack_into(_memory, place * _slot.size, os.getpid(), beats + 1)


class Pulse(bootsteps.StartStopStep):
    """Kills children that have not beaten for the time of a lease: what they hold is lost by then.

    The time is counted in looks, so that a machine or a worker that stood still as a whole is forgiven.
    """

    requires = {"celery.worker.components:Pool"}  # noqa: RUF012 - as Celery reads it

    def start(self, worker: WorkController) -> None:
        """Begin."""
        self._felt: dict[int, tuple[int, int]] = {}
        self._timer = worker.timer.call_repeatedly(LOOK_SECONDS, self._feel, (worker.pool._pool,))

    def stop(self, worker: WorkController) -> None:
        """End."""
        timer = getattr(self, "_timer", None)
        if timer is not None:
            timer.cancel()

    def terminate(self, worker: WorkController) -> Any:
        """End."""
        self.stop(worker)

    def _feel(self, pool: Any) -> None:
        felt: dict[int, tuple[int, int]] = {}
        for child in list(pool._pool):
            pid, beats = _beats(child.index)
            if pid != child.pid:
                continue  # it has only just begun
            before, silent = self._felt.get(pid, (beats, 0))
            silent = silent + 1 if beats == before else 0
            if silent * LOOK_SECONDS > settings().work.lease:
                _end(pid, silent * LOOK_SECONDS)
            else:
                felt[pid] = (beats, silent)
        self._felt = felt


def _beats(place: int) -> tuple[int, int]:
    if place >= SLOTS:
        return 0, 0
    pid, beats = _slot.unpack_from(_memory, place * _slot.size)
    return pid, beats


def _end(pid: int, seconds: float) -> None:
    note_loss(pid, "stage-stalled", f"let nothing else run in its process for {seconds:.0f} s")
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        log.debug("process %d has ended by itself", pid)
