"""The Celery app: late acknowledgement, one message at a time, no result backend."""

from __future__ import annotations

import ssl
from typing import Any
from urllib.parse import parse_qs, urlsplit

from celery import Celery
from kombu import Queue

from warehouse.queues import QUEUES
from warehouse.work_rules import USUAL_RULES, WorkRules

VISIBILITY_MARGIN = 3600
"""A message that comes back before its time is up would run beside its first copy."""
CONNECT_SECONDS = 5
SOFT_SHUTDOWN_SECONDS = 20.0
KIB = 1024


def make_app(broker: str, rules: WorkRules = USUAL_RULES) -> Celery:
    """An app on this broker, with the tasks of `workers.tasks`."""
    app = Celery("workers", broker=broker, include=["workers.tasks"])
    app.conf.update(
        task_queues=[Queue(name) for name in QUEUES],
        task_default_queue="io",
        task_acks_late=True,
        task_reject_on_worker_lost=False,
        task_ignore_result=True,
        task_time_limit=rules.limit,
        task_publish_retry=False,
        worker_consumer="workers.consumer:PromptConsumer",
        worker_prefetch_multiplier=1,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        worker_hijack_root_logger=False,
        worker_max_memory_per_child=rules.memory // KIB * 3 // 4,
        worker_soft_shutdown_timeout=SOFT_SHUTDOWN_SECONDS,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={
            "visibility_timeout": rules.limit + VISIBILITY_MARGIN,
            "socket_connect_timeout": CONNECT_SECONDS,
            "socket_keepalive": True,
        },
        **_encrypted(broker),
    )
    return app


def _encrypted(broker: str) -> dict[str, Any]:
    """A rediss:// URL that says nothing of certificates is checked against those the system trusts."""
    parts = urlsplit(broker)
    if parts.scheme != "rediss" or "ssl_cert_reqs" in parse_qs(parts.query):
        return {}
    return {"broker_use_ssl": {"ssl_cert_reqs": ssl.CERT_REQUIRED}}
