"""A book read in a child process: what `open_book` gives, with nothing untrusted touched here.

with open_sandboxed(path) as book:
    metadata = book.metadata()
    for look in book.looks(): ...
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from warehouse.books.images import NormalisedPage
from warehouse.books.limits import Limits
from warehouse.books.looking import PageLook
from warehouse.books.metadata import BookMetadata
from warehouse.books.sandbox.child_process import ChildLostError, ChildProcess
from warehouse.books.sandbox.children import borrow, give_back
from warehouse.books.sandbox.questions import Opened, Refusal
from warehouse.errors import BookError, PageError

LOSSES_ALLOWED = 3
ASKED_AHEAD = 8


def open_sandboxed(path: Path | str, limits: Limits | None = None) -> SandboxedBook:
    """Open a book in a child process, read-only.

    Raises BookError as `reading.open_book` does, and 'decoder-crashed', 'decoder-timeout', 'decoder-memory'.
    """
    return SandboxedBook(Path(path), limits or Limits())


class SandboxedBook:
    """An open book; a context manager, to be used by one thread at a time.

    format, entries: as in `OpenBook`.  A page on which the child dies, hangs or runs out of memory is a
    PageError, and the next page is read by a new child; a book that costs more than three is given up.
    """

    def __init__(self, path: Path, limits: Limits):
        self.path, self.limits = path, limits
        self._child: ChildProcess | None = None
        self._losses = 0
        opened = self._open()
        self.format, self.entries = opened.format, opened.entries

    def metadata(self) -> BookMetadata:
        """What is known of the book (`metadata.gather_metadata`).  Raises BookError."""
        found: BookMetadata = self._ask("metadata", seconds=self.limits.open_seconds)
        return found

    def page_texts(self) -> dict[int, tuple[str, ...]]:
        """The text of pages that the book itself has, by seq (`OpenBook.page_texts`).  Raises BookError."""
        found: dict[int, tuple[str, ...]] = self._ask("texts", seconds=self.limits.open_seconds)
        return found

    def look(self, seq: int) -> PageLook:
        """What the page looks like.  Raises PageError, BookError, IndexError beyond the book."""
        found: PageLook = self._ask("look", seq, seconds=self.limits.page_seconds)
        return found

    def looks(self) -> Iterator[PageLook | PageError]:
        """What every page looks like, in order; the child works ahead while this process does something else.

        Raises BookError where the book is given up.
        """
        asked = seq = 0
        try:
            for seq in range(len(self.entries)):
                try:
                    if self._child is None:
                        asked = seq
                        self._open()
                    asked = self._ask_ahead(asked, seq)
                    assert self._child is not None
                    answer = self._child.answer(self.limits.page_seconds)
                except ChildLostError as lost:
                    self._child = None
                    answer = self._lost(lost, (seq,))
                yield self._seen(answer, seq)
        finally:
            if asked > seq + 1 and self._child is not None:
                self._child.end()  # its answers to what nobody waits for must not meet the next question
                self._child = None

    def page_pixels(self, seq: int) -> NormalisedPage:
        """The page decoded and upright.  Raises PageError, BookError, IndexError beyond the book."""
        found: NormalisedPage = self._ask("pixels", seq, seconds=self.limits.page_seconds)
        return found

    def close(self) -> None:
        """Let go of the book; closing twice is harmless."""
        child, self._child = self._child, None
        if child is not None:
            give_back(child)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _open(self) -> Opened:
        self._child = borrow()
        try:
            opened = self._child.ask(
                "open", os.fsencode(self.path), self.limits, seconds=self.limits.open_seconds
            )
        except ChildLostError as lost:
            self._child = None
            raise BookError(f"{self.path} cannot be opened: {lost}", code=lost.code) from lost
        if isinstance(opened, Refusal):
            self.close()
            raise BookError(_told(self.path, opened), code=opened.code)
        assert isinstance(opened, Opened)
        return opened

    def _ask_ahead(self, asked: int, seq: int) -> int:
        assert self._child is not None
        while asked < min(seq + ASKED_AHEAD, len(self.entries)):
            self._child.post("look", asked, seconds=self.limits.page_seconds)
            asked += 1
        return asked

    def _seen(self, answer: Any, seq: int) -> PageLook | PageError:
        if isinstance(answer, Refusal):
            answer = self._refused(answer, (seq,))
        if isinstance(answer, BookError) and not isinstance(answer, PageError):
            raise answer
        found: PageLook | PageError = answer
        return found

    def _ask(self, request: str, *arguments: int, seconds: float) -> Any:
        for seq in arguments:
            self.entries[seq]  # beyond the book: IndexError, as in every other format
        if self._child is None:
            self._open()
        assert self._child is not None
        try:
            if request == "pixels":
                answer = self._child.ask_pixels(arguments[0], self.limits)
            else:
                answer = self._child.ask(request, *arguments, seconds=seconds)
        except ChildLostError as lost:
            self._child = None
            raise self._lost(lost, arguments) from lost
        if isinstance(answer, Refusal):
            raise self._refused(answer, arguments)
        return answer

    def _refused(self, refusal: Refusal, arguments: tuple[int, ...]) -> BookError:
        kind = PageError if arguments and refusal.kind != "book" else BookError
        return kind(_told(self._place(arguments), refusal), code=refusal.code)

    def _lost(self, lost: ChildLostError, arguments: tuple[int, ...]) -> BookError:
        self._losses += 1
        if self._losses > LOSSES_ALLOWED:
            text = f"{self.path} is given up after {self._losses} pages that could not be read: {lost}"
            return BookError(text, code=lost.code)
        kind = PageError if arguments else BookError
        return kind(f"{self._place(arguments)}: {lost}", code=lost.code)

    def _place(self, arguments: tuple[int, ...]) -> str:
        return f"page {arguments[0]} of {self.path}" if arguments else str(self.path)


def _told(place: Path | str, refusal: Refusal) -> str:
    """Errors of the readers name their place themselves."""
    return f"{place}: {refusal.message}" if refusal.kind == "any" else refusal.message
