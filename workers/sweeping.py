"""The sweep: every few seconds one worker looks after what others left behind, and fills the queues.

It runs in the parent's event loop: a thread could be forked into a child in the middle of what it does.
"""

from __future__ import annotations

import logging
import time
from typing import Any

from celery import Celery, bootsteps
from celery.worker import WorkController

from warehouse.database.connection import open_database, translated_errors
from warehouse.database.ledger import Ledger
from warehouse.database.store.dispatching import forget_workers, sweeping
from warehouse.errors import WarehouseError
from workers.bench import settings
from workers.sending import BROKER_ERRORS, top_up

SWEEP_SECONDS = 3.0
REST = 3.0
"""After a failed sweep, times as long as it took: a server that does not answer holds the event loop up."""

log = logging.getLogger("workers")


class Sweeping(bootsteps.StartStopStep):
    """Sweeps as long as the worker runs."""

    requires = {"celery.worker.components:Pool"}  # noqa: RUF012 - as Celery reads it

    def start(self, worker: WorkController) -> None:
        """Begin."""
        self._rests_until = 0.0
        self._timer = worker.timer.call_repeatedly(SWEEP_SECONDS, self._sweep, (worker.app,))

    def stop(self, worker: WorkController) -> None:
        """End."""
        timer = getattr(self, "_timer", None)
        if timer is not None:
            timer.cancel()

    def _sweep(self, app: Celery) -> None:
        if time.monotonic() < self._rests_until:
            return
        begun = time.monotonic()
        try:
            sweep(app)
        except (WarehouseError, *BROKER_ERRORS) as error:
            now = time.monotonic()
            self._rests_until = now + REST * (now - begun)
            log.warning("the sweep failed, the next one comes soon: %s", error)

    def terminate(self, worker: WorkController) -> Any:
        """End."""
        self.stop(worker)


def sweep(app: Celery) -> int:
    """Free leases nobody holds any more, tell workers of what is ready; returns how many messages were sent.

    Nothing is done where another worker is sweeping.
    """
    database = open_database(settings())
    lease = settings().work.lease
    with (
        translated_errors(),
        database.connect(autocommit=True) as connection,
        sweeping(connection, lease) as mine,
    ):
        if not mine:
            return 0
        with Ledger(database, settings().work) as ledger:
            for work in ledger.recover():
                log.warning("book %d: %s %s: %s", work.book_id, work.stage, work.state, work.error)
        forget_workers(connection)
        return top_up(app, connection)
