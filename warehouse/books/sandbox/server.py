"""The child: opens one book at a time and answers what is asked of it, until the parent is gone.

Run as `python -m warehouse.books.sandbox.server DESCRIPTOR`, with a socket at that file descriptor.
"""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import Any

from warehouse.books.sandbox.bounds import Alarm, bound_book, bound_process, one_thread_of_algebra

if __name__ == "__main__":
    one_thread_of_algebra()

import numpy as np

from warehouse.books.images import NormalisedPage
from warehouse.books.limits import Limits
from warehouse.books.metadata import gather_metadata
from warehouse.books.readers.spooled_book import SpooledBook
from warehouse.books.reading import OpenBook, open_book
from warehouse.books.sandbox.messages import receive_value, send_frame, send_value
from warehouse.books.sandbox.questions import Opened, PixelsHeader, Refusal
from warehouse.errors import BookError, PageError


class BookServer:
    """Answers requests about one open book."""

    def __init__(self, channel: socket.socket):
        self._channel = channel
        self._book: OpenBook | None = None
        self._mark: tuple[object, ...] | None = None

    def serve(self) -> None:
        """Answer until the other side closes."""
        send_value(self._channel, os.getpid())
        while True:
            try:
                request, seconds, arguments = receive_value(self._channel, None)
            except EOFError:
                return
            with Alarm(seconds):
                answer = self._answer(request, arguments)
            if isinstance(answer, NormalisedPage):
                header = PixelsHeader(answer.width, answer.height, answer.source_mode, answer.md5)
                send_value(self._channel, header)
                send_frame(self._channel, np.ascontiguousarray(answer.pixels).data.cast("B"))
            else:
                send_value(self._channel, answer)

    def _answer(self, request: str, arguments: tuple[Any, ...]) -> object:
        try:
            return self._done(request, arguments)
        except PageError as fault:
            return Refusal("page", fault.code, str(fault))
        except BookError as fault:
            return Refusal("book", fault.code, str(fault))
        except MemoryError:
            return Refusal("any", "decoder-memory", "it needs more memory than the limit allows")
        except Exception as fault:  # noqa: BLE001
            # What a library meets in hostile bytes is anything; the row of the book or page records it.
            return Refusal("any", "internal-error", f"{type(fault).__name__}: {_first_line(fault)}")

    def _done(self, request: str, arguments: tuple[Any, ...]) -> object:
        match request:
            case "open":
                return self._open(*arguments)
            case "metadata":
                return gather_metadata(self._opened().path, self._opened())
            case "texts":
                return dict(self._opened().page_texts())
            case "look":
                return self._opened().look(*arguments)
            case "pixels":
                return self._opened().page_pixels(*arguments)
            case "close":
                self._rest()
                return None
        raise ValueError(request)

    def _open(self, path: bytes, limits: Limits) -> Opened:
        mark = (path, limits, _file_mark(path))
        if self._book is None or mark != self._mark:
            self._close()
            bound_book(limits)
            self._book, self._mark = open_book(Path(os.fsdecode(path)), limits), mark
        return Opened(self._book.format, self._book.entries)

    def _rest(self) -> None:
        """Keep a book that was costly to unpack: the next stage asks for the same one."""
        if not isinstance(self._book, SpooledBook):
            self._close()

    def _close(self) -> None:
        book, self._book = self._book, None
        if book is not None:
            book.close()

    def _opened(self) -> OpenBook:
        assert self._book is not None
        return self._book


def _file_mark(path: bytes) -> tuple[int, ...] | None:
    """Tells whether a file is still the one that was opened."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _first_line(fault: Exception) -> str:
    return (str(fault).strip().splitlines() or ["no reason given"])[0]


def main(arguments: list[str]) -> None:
    """Serve the socket at the descriptor given."""
    bound_process()
    BookServer(socket.socket(fileno=int(arguments[0]))).serve()


if __name__ == "__main__":
    main(sys.argv[1:])
