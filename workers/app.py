"""The Celery app: late acknowledgement, one message at a time, no result backend."""

from __future__ import annotations

from celery import Celery

VISIBILITY_SECONDS = 6 * 3600
"""Longer than a book may take; a message that comes back earlier would run beside its first copy."""

QUEUE = "books"


def make_app(broker: str) -> Celery:
    """An app on this broker, with the tasks of `workers.tasks`."""
    app = Celery("workers", broker=broker, include=["workers.tasks"])
    app.conf.update(
        task_default_queue=QUEUE,
        task_acks_late=True,
        task_reject_on_worker_lost=False,
        task_ignore_result=True,
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        worker_soft_shutdown_timeout=10.0,
        broker_connection_retry_on_startup=True,
        broker_transport_options={"visibility_timeout": VISIBILITY_SECONDS},
    )
    return app
