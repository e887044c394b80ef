"""Whether this worker is to stop: said by the parent, read by its children between two pages.

One shared byte, without a lock that a killed child could take with it.
"""

from __future__ import annotations

import mmap

from warehouse.errors import WarehouseError

_byte = mmap.mmap(-1, 1)


class StoppingError(WarehouseError):
    """The worker is asked to stop: what it holds is given back.  It is never shown."""

    code = "worker-stopping"


def stop() -> None:
    """Ask this process and those forked from it to give back what they hold."""
    _byte[0] = 1


def stopping() -> bool:
    """Whether somebody has asked."""
    return _byte[0] == 1


def go_on() -> None:
    """Raise StoppingError once somebody has asked."""
    if stopping():
        raise StoppingError("the worker is stopping")
