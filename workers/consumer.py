"""Celery's consumer, with less patience: it would wait up to half a minute between two looks for a broker."""

from __future__ import annotations

import logging
from functools import partial

from celery.worker.consumer import Consumer
from kombu import Connection as BrokerConnection

FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 3.0

log = logging.getLogger("workers")


class PromptConsumer(Consumer):
    """Is back seconds after its broker, however long that was away."""

    def ensure_connected(self, conn: BrokerConnection) -> BrokerConnection:
        """A connection that works, waited for."""
        conn.ensure_connection = partial(
            conn.ensure_connection,
            interval_start=FIRST_WAIT_SECONDS,
            interval_step=FIRST_WAIT_SECONDS,
            interval_max=LONGEST_WAIT_SECONDS,
        )
        return super().ensure_connected(conn)

    def on_connection_error_after_connected(self, exc: Exception) -> None:
        """Put the broken connection away.

        Kombu stumbles over messages that were on their way: it would give them back to a Redis that is gone.
        The ledger knows what they were about.
        """
        try:
            super().on_connection_error_after_connected(exc)
        except AttributeError as error:
            log.debug("the broken connection to the broker is left as it is: %s", error)
