"""Holding a lease while its stage computes: renewed from a thread of its own, however long a step takes."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from warehouse.database.ledger import Ledger
from warehouse.errors import LeaseLostError, WarehouseError
from warehouse.records import Lease
from warehouse.stages.job import Tick

BEATS = 4
"""Renewals in the time of a lease: some may fail before it is lost."""

log = logging.getLogger("warehouse.stages")


@contextmanager
def beating(ledger: Ledger, lease: Lease, tick: Tick) -> Iterator[Tick]:
    """A tick that raises LeaseLostError once another run has taken the stage over."""
    over, lost = threading.Event(), threading.Event()

    def beat() -> None:
        while not over.wait(ledger.rules.lease / BEATS):
            try:
                ledger.renew(lease)
            except LeaseLostError:
                lost.set()
                return
            except WarehouseError as error:  # the database may be back before the lease is over
                log.warning("stage %s of book %d is not renewed: %s", lease.stage, lease.book_id, error)

    def keep(done: int, total: int) -> None:
        if lost.is_set():
            raise LeaseLostError(f"stage {lease.stage} of book {lease.book_id} was taken over by another run")
        tick(done, total)

    thread = threading.Thread(target=beat, name=f"lease of book {lease.book_id}", daemon=True)
    thread.start()
    try:
        yield keep
    finally:
        over.set()
        thread.join()
