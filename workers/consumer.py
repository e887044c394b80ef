"""Celery's consumer, with less patience: it would wait up to half a minute between two looks for a broker."""

from __future__ import annotations

from functools import partial

from celery.worker.consumer import Consumer
from kombu import Connection as BrokerConnection

FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 3.0


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
