"""The children that wait for their next book: starting one takes longer than reading most pages."""

from __future__ import annotations

import atexit
import os
import threading

from warehouse.books.sandbox.child_process import ChildLostError, ChildProcess

BOOKS_A_CHILD = 200
CLOSE_SECONDS = 10.0

_lock = threading.Lock()
_idle: dict[int, list[ChildProcess]] = {}
"""By process: after a fork, the children are the parent's."""


def borrow() -> ChildProcess:
    """An idle child, or a new one.  Raises WarehouseError 'decoder-start'."""
    with _lock:
        idle = _idle.setdefault(os.getpid(), [])
        while idle:
            child = idle.pop()
            if child.alive:
                return child
            child.end()
    return ChildProcess()


def give_back(child: ChildProcess) -> None:
    """Close its book and keep it; a child that does not answer, or has had its share of books, is ended."""
    child.books += 1
    try:
        child.ask("close", seconds=CLOSE_SECONDS)
    except ChildLostError:
        return
    if child.books >= BOOKS_A_CHILD:
        child.end()
        return
    with _lock:
        _idle.setdefault(os.getpid(), []).append(child)


def end_idle_children() -> None:
    """End this process's idle children."""
    with _lock:
        idle = _idle.pop(os.getpid(), [])
    for child in idle:
        child.end()


atexit.register(end_idle_children)
