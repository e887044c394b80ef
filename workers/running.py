"""A worker: Celery's, with a sweep, guarded children, and work handed back when it stops."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from typing import Any

from celery.signals import worker_ready, worker_shutting_down

from warehouse.config import Settings
from warehouse.errors import ModelError
from workers.app import make_app
from workers.broker import running_broker, visible_url
from workers.children import serve
from workers.logs import log_as
from workers.pulse import Pulse
from workers.replacing import Replacing
from workers.stopping import given_up, stop
from workers.sweeping import Sweeping

log = logging.getLogger("workers")


def run_worker(
    settings: Settings, queues: Sequence[str], concurrency: int, log_level: str, log_format: str
) -> None:
    """Serve these queues with so many processes until told to stop (SIGTERM, SIGINT).

    Then what is at work is given back between two pages; a second signal does not wait for that.
    Raises ConfigError where the embedded broker does not start, ModelError where models cannot be used.
    """
    log_as(log_level, log_format)
    serve(queues)
    with running_broker(settings) as broker:
        app = make_app(broker, settings.work)
        app.steps["worker"].update((Pulse, Replacing, Sweeping))
        _say_when_ready(broker, queues, concurrency)
        app.worker_main(
            [
                "--quiet",
                "worker",
                f"--concurrency={concurrency}",
                f"--queues={','.join(queues)}",
                f"--loglevel={log_level}",
                f"--hostname=warehouse-{os.getpid()}@%h",
                "--without-gossip",
                "--without-mingle",
                "--without-heartbeat",
            ]
        )
    if given_up():
        raise ModelError("the worker cannot work on any book", remedy="mend what it said before this")


def _say_when_ready(broker: str, queues: Sequence[str], concurrency: int) -> None:
    processes = "1 process" if concurrency == 1 else f"{concurrency} processes"

    def ready(**_: Any) -> None:
        log.info("ready: %s for %s, broker %s", processes, ", ".join(queues), visible_url(broker))

    def asked_to_stop(**_: Any) -> None:
        log.info("stopping: what is at work is given back")
        stop()

    worker_ready.connect(ready, weak=False)
    worker_shutting_down.connect(asked_to_stop, weak=False)
