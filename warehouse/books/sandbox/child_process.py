"""The parent's handle on a child that reads untrusted books."""

from __future__ import annotations

import contextlib
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

from warehouse.books.images import NormalisedPage
from warehouse.books.limits import Limits
from warehouse.books.sandbox.messages import (
    UnexpectedMessageError,
    receive_frame,
    receive_value,
    send_value,
)
from warehouse.books.sandbox.questions import PixelsHeader
from warehouse.errors import WarehouseError

START_SECONDS = 60.0
GRACE_SECONDS = 5.0

Answer = TypeVar("Answer")


class ChildLostError(Exception):
    """The child ended or hung while it was asked something.  code: 'decoder-crashed' | 'decoder-timeout'."""

    def __init__(self, code: str, reason: str):
        super().__init__(reason)
        self.code = code


class ChildProcess:
    """One child, asked one thing at a time.  After a ChildLostError it is gone and cannot be asked again."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        self._channel = ours
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", __package__ + ".server", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # C libraries complain about what they read
                start_new_session=True,  # Ctrl-C is for the parent, which closes the channel
            )
        self.books = 0
        try:
            self.pid: int = receive_value(self._channel, time.monotonic() + START_SECONDS)
        except (EOFError, OSError, UnexpectedMessageError) as fault:
            self.end()
            raise WarehouseError(
                f"the process that reads books did not start (exit status {self._process.returncode})",
                code="decoder-start",
                remedy=f"see what '{sys.executable} -m {__package__}.server 0' says",
            ) from fault

    def ask(self, request: str, *arguments: object, seconds: float) -> Any:
        """The answer to a request.  Raises ChildLostError."""
        self.post(request, *arguments, seconds=seconds)
        return self.answer(seconds)

    def ask_pixels(self, seq: int, limits: Limits) -> Any:
        """A NormalisedPage, or the Refusal that came instead.  Raises ChildLostError."""
        self.post("pixels", seq, seconds=limits.page_seconds)
        header = self.answer(limits.page_seconds)
        if not isinstance(header, PixelsHeader):
            return header
        return self._guarded(limits.page_seconds, lambda deadline: self._page(header, deadline, limits))

    def post(self, request: str, *arguments: object, seconds: float) -> None:
        """Send a request whose answer is to be taken later, in turn.  Raises ChildLostError."""
        self._guarded(seconds, lambda _: send_value(self._channel, (request, seconds, arguments)))

    def answer(self, seconds: float) -> Any:
        """The next answer; the time for it runs from now.  Raises ChildLostError."""
        return self._guarded(seconds, lambda deadline: receive_value(self._channel, deadline))

    @property
    def alive(self) -> bool:
        """Whether it can still be asked."""
        return self._process.poll() is None

    def end(self) -> None:
        """End it at once; ending twice is harmless."""
        self._channel.close()
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        self._process.wait()

    def _page(self, header: PixelsHeader, deadline: float, limits: Limits) -> NormalisedPage:
        flat = receive_frame(self._channel, deadline, at_most=3 * limits.pixels)
        pixels = np.frombuffer(flat, np.uint8).reshape(header.height, header.width, 3)
        return NormalisedPage(pixels, header.width, header.height, header.source_mode, header.md5)

    def _guarded(self, seconds: float, exchange: Callable[[float], Answer]) -> Answer:
        try:
            self._channel.settimeout(seconds + GRACE_SECONDS)
            return exchange(time.monotonic() + seconds + GRACE_SECONDS)
        except TimeoutError as fault:
            self.end()
            raise ChildLostError("decoder-timeout", f"no answer within {seconds:g} s") from fault
        except (EOFError, OSError) as fault:
            raise self._gone(seconds) from fault
        except (UnexpectedMessageError, ValueError) as fault:
            self.end()
            raise ChildLostError("decoder-crashed", str(fault)) from fault
        except BaseException:
            self.end()  # Ctrl-C in the middle of an answer: the rest of it must not meet the next question
            raise

    def _gone(self, seconds: float) -> ChildLostError:
        try:
            status = self._process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            status = 0
        self.end()
        if status == -signal.SIGALRM:
            return ChildLostError("decoder-timeout", f"no end within {seconds:g} s")
        reason = signal.Signals(-status).name if status < 0 else f"exit status {status}"
        return ChildLostError("decoder-crashed", f"the process that reads books ended with {reason}")
