"""Noticing soon that a process of the pool has died: until then its place is empty, and nobody knows why."""

from __future__ import annotations

from typing import Any

from celery import bootsteps
from celery.worker import WorkController

LOOK_SECONDS = 0.5
"""Celery itself looks every five seconds, and misses the end of most processes that replaced another."""


class Replacing(bootsteps.StartStopStep):
    """Looks after the pool as long as the worker runs."""

    requires = {"celery.worker.components:Pool"}  # noqa: RUF012 - as Celery reads it

    def start(self, worker: WorkController) -> None:
        """Begin."""
        self._timer = worker.timer.call_repeatedly(LOOK_SECONDS, worker.pool._pool.maintain_pool)

    def stop(self, worker: WorkController) -> None:
        """End."""
        timer = getattr(self, "_timer", None)
        if timer is not None:
            timer.cancel()

    def terminate(self, worker: WorkController) -> Any:
        """End."""
        self.stop(worker)
