"""Whether this worker is to stop: said by the parent, read by its children between two pages.

One shared byte, without a lock that a killed child could take with it.
"""

from __future__ import annotations

import logging
import mmap
import os
import signal

from warehouse.errors import WarehouseError

_byte = mmap.mmap(-1, 1)
_ASKED, _GIVEN_UP = 1, 2

log = logging.getLogger("workers")


class StoppingError(WarehouseError):
    """The worker is asked to stop: what it holds is given back.  It is never shown."""

    code = "worker-stopping"


def stop() -> None:
    """Ask this process and those forked from it to give back what they hold."""
    _byte[0] = _byte[0] or _ASKED


def give_up(reason: str) -> None:
    """From a child: no book can be worked on here, so the whole worker stops, with exit code 1."""
    log.error("the worker stops: %s", reason)
    _byte[0] = _GIVEN_UP
    os.kill(os.getppid(), signal.SIGTERM)


def given_up() -> bool:
    """Whether a child has given up."""
    return _byte[0] == _GIVEN_UP


def stopping() -> bool:
    """Whether somebody has asked."""
    return _byte[0] != 0


def go_on() -> None:
    """Raise StoppingError once somebody has asked."""
    if stopping():
        raise StoppingError("the worker is stopping")
