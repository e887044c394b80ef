"""The bounds a child puts on itself before it reads anything."""

from __future__ import annotations

import os
import resource
import signal

from warehouse.books.limits import Limits

OPEN_FILES = 256


def one_thread_of_algebra() -> None:
    """Keep BLAS from reserving memory for threads; to be called before NumPy is imported."""
    os.putenv("OPENBLAS_NUM_THREADS", "1")
    os.putenv("OMP_NUM_THREADS", "1")


def bound_process() -> None:
    """Leave no core dumps, hold few files, and let Ctrl-C be the parent's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_NOFILE, OPEN_FILES)


def bound_book(limits: Limits) -> None:
    """Bound memory and the size of spooled files for the next book."""
    _lower(resource.RLIMIT_AS, limits.memory_bytes)
    _lower(resource.RLIMIT_FSIZE, limits.total_bytes)


class Alarm:
    """The process ends (SIGALRM) if the block takes longer than `seconds`, whatever hangs in it."""

    def __init__(self, seconds: float):
        self._seconds = seconds

    def __enter__(self) -> None:
        signal.setitimer(signal.ITIMER_REAL, self._seconds)

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _lower(kind: int, bound: int) -> None:
    """Set a soft limit, within what the machine allows; some systems do not know every kind."""
    _, hard = resource.getrlimit(kind)
    try:
        resource.setrlimit(kind, (bound if hard == resource.RLIM_INFINITY else min(bound, hard), hard))
    except (ValueError, OSError):
        return  # macOS refuses to bound address space: time and pixel limits still hold
