"""Writing down, in the parent, why a child died: it could not do so itself."""

from __future__ import annotations

import logging
import socket
from typing import Any

from billiard.einfo import ExceptionInfo
from billiard.exceptions import WorkerLostError
from celery import Task
from celery.worker.request import Request

from warehouse.database.connection import translated_errors
from warehouse.errors import WarehouseError
from workers.bench import open_ledger

log = logging.getLogger("workers")


class LossRequest(Request):
    """A request that tells the ledger when its child died or ran out of time."""

    def __init__(self, message: Any, **values: Any) -> None:
        super().__init__(message, **values)
        # Once Redis was away, Kombu acknowledges on a channel without connection: not the end of the worker.
        self._connection_errors: tuple[type[Exception], ...] = (*values["connection_errors"], AttributeError)

    def on_timeout(self, soft: bool, timeout: float) -> None:
        """The child did not answer for so long that Celery kills it."""
        super().on_timeout(soft, timeout)
        if not soft:
            note_loss(self.worker_pid, "stage-timeout", f"took more than {timeout:.0f} s and was killed")

    def on_failure(
        self, exc_info: ExceptionInfo, send_failed_event: bool = True, return_ok: bool = False
    ) -> Any:
        """The child is gone."""
        answer = super().on_failure(exc_info, send_failed_event, return_ok)
        error = getattr(exc_info.exception, "exc", exc_info.exception)
        if isinstance(error, WorkerLostError):
            note_loss(self.worker_pid, "worker-crashed", f"crashed its process by {_cause(error)}")
        return answer


class LossTask(Task):
    """A task whose requests note losses."""

    Request = "workers.losses:LossRequest"


def note_loss(pid: int | None, code: str, what: str) -> None:
    """Take away what a dead child of this process held; its own last words may have done so already."""
    if pid is None:
        return
    name = f"{socket.gethostname()}:{pid}"
    try:
        with translated_errors(), open_ledger() as ledger:
            for work in ledger.lose(name, code, what):
                log.error(
                    "book %d: %s %s: %s [%s]", work.book_id, work.stage, work.state, work.error, work.code
                )
            ledger.sign_off(name)
    except WarehouseError as error:
        log.warning("the loss of %s is not noted, its leases run out: %s", name, error)


def _cause(error: WorkerLostError) -> str:
    """'signal 9 (SIGKILL)' out of 'Worker exited prematurely: signal 9 (SIGKILL) Job: 3.'"""
    return str(error).partition(": ")[2].partition(" Job")[0] or "no reason given"
