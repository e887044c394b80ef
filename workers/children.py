"""What a worker's child process is given when it begins, and takes leave of when it ends."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from celery.signals import worker_process_init, worker_process_shutdown

from workers.bench import settings
from workers.guard import Guard

_guards: dict[int, Guard] = {}
"""By process: after a fork, the guard is the parent's."""

_queues: list[str] = []


def serve(queues: Sequence[str]) -> None:
    """Remember, before the children are forked, which queues they serve."""
    _queues[:] = queues


def served() -> Sequence[str]:
    """The queues this process serves."""
    return tuple(_queues)


def guard() -> Guard:
    """The guard of this process."""
    process = os.getpid()
    if process not in _guards:
        _guards[process] = Guard(settings().work, _queues)
    return _guards[process]


@worker_process_init.connect
def _begin(**_: Any) -> None:
    guard()


@worker_process_shutdown.connect
def _end(**_: Any) -> None:
    watching = _guards.pop(os.getpid(), None)
    if watching is not None:
        watching.end()
