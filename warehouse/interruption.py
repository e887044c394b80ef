"""Ctrl-C, SIGTERM and a closed terminal: one line, what to do to go on, an exit code, no traceback.

Imports little: until `interruptible` listens, Python answers Ctrl-C with a traceback.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
import threading
import time
from contextlib import contextmanager

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
AGAIN_SECONDS = 2.0
"""A signal sooner than this after another one changes nothing: people press Ctrl-C twice."""


class _Stop:
    """The signal that came, when, and whether the program is already on its way out."""

    number: int | None = None
    at = -AGAIN_SECONDS
    leaving = False
    shields = 0
    postponed = False


_stop = _Stop()


def interruptible(command: Callable[[], int]) -> int:
    """Run a command that returns its exit code; after a signal, say how to go on and return 128 + its number.

    A signal raises KeyboardInterrupt in the command, so that it gives back what it holds.  Another one two
    seconds later does so again, or ends the program at once where it is already leaving.
    """
    _listen()
    try:
        return command()
    except KeyboardInterrupt:
        return _told()
    except Exception:
        if _stop.number is None:
            raise
        return _told()  # the interruption met a library that made another error of it
    finally:
        _stop.leaving, _stop.at = True, time.monotonic()


def interrupted() -> bool:
    """Whether a signal has asked this program to stop."""
    return _stop.number is not None


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Postpone an interruption to the end of a short step that must not be left half done.

    Another signal, two seconds later, does not wait for that.  Other threads are not interrupted anyway.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _stop.shields += 1
    try:
        yield
    finally:
        _stop.shields -= 1
    if _stop.postponed and not _stop.shields:
        _stop.postponed = False
        raise KeyboardInterrupt


def _listen() -> None:
    heard = [number for number in SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]  # nohup, '&'
    for number in heard:
        signal.signal(number, _received)

    def last_of_all() -> None:
        """Python goes back to default handlers while it shuts down; then a second Ctrl-C would kill it."""
        for number in heard:
            signal.signal(number, signal.SIG_IGN)

    atexit.register(last_of_all)  # runs after those registered later


def _received(number: int, frame: FrameType | None) -> None:
    if time.monotonic() - _stop.at < AGAIN_SECONDS:
        return
    _stop.at = time.monotonic()
    if _stop.leaving:
        os._exit(128 + number)
    _stop.number = number
    if _stop.shields and not _stop.postponed:
        _stop.postponed = True
        return
    _stop.postponed = False
    raise KeyboardInterrupt


def _told() -> int:
    after_the_echo = "\n" if sys.stderr.isatty() else ""  # terminals show ^C
    try:
        sys.stderr.write(f"{after_the_echo}interrupted: run the same command again to go on\n")
        sys.stderr.flush()
    except OSError:  # the terminal is closed
        pass
    return 128 + (_stop.number or signal.SIGINT)
