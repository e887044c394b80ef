"""Waiting for what must come, with a deadline."""

from __future__ import annotations

import time
from collections.abc import Callable


def wait_until(
    condition: Callable[[], bool],
    what: str,
    *,
    seconds: float = 60,
    pause: float = 0.05,
    told: Callable[[], str] = str,
) -> float:
    """Return the seconds until a condition held; fail after the deadline.  told: what to add then."""
    start = time.monotonic()
    while not condition():
        waited = time.monotonic() - start
        assert waited < seconds, f"not within {seconds:.0f} s: {what}\n{told()}"
        time.sleep(pause)
    return time.monotonic() - start
