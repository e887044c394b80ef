"""A place where damaged books are read in the sandbox, and everything around them is watched."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from tests.fuzz.damage import Mutant
from warehouse.books.limits import MIB, Limits
from warehouse.books.sandbox.child_process import GRACE_SECONDS
from warehouse.books.sandbox.sandboxed_book import SandboxedBook, open_sandboxed
from warehouse.errors import BookError

LIMITS = Limits(
    entry_bytes=16 * MIB, total_bytes=64 * MIB, pixels=4_000_000, entries=500, pdf_pages=100,
    memory_bytes=1024 * MIB, open_seconds=8.0, page_seconds=8.0,
)  # fmt: skip
_SLACK_SECONDS = 3.0
_ERRORS = Path(__file__).resolve().parents[2] / "docs" / "errors.md"

Answer = TypeVar("Answer")


@dataclass
class Outcome:
    """What became of one book.  code: 'read', 'partial', or that of its error; page_codes: of its pages."""

    code: str = "read"
    page_codes: list[str] = field(default_factory=list)
    pages: int = 0
    slowest: float = 0.0
    violations: list[str] = field(default_factory=list)


def listed_codes() -> frozenset[str]:
    """The codes that docs/errors.md explains."""
    return frozenset(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", _ERRORS.read_text("utf-8")))


class Arena:
    """Folders for the books, the working directory and temporary files; what else appears is a violation."""

    def __init__(self, root: Path):
        self.root = root
        self.books = root / "deep" / "books"
        self._working, self._temporary = root / "deep" / "working", root / "temporary"
        for folder in (self.books, self._working, self._temporary):
            folder.mkdir(parents=True)
        (self._working / "canary").write_bytes(b"unchanged")
        self._codes = listed_codes()
        os.chdir(self._working)
        os.environ["TMPDIR"] = tempfile.tempdir = str(self._temporary)
        self._before = self._everything()

    def run(self, damaged: Mutant) -> Outcome:
        """Read one book in every way there is, and look around afterwards."""
        path = self.books / f"Sea Tales 003 (1951){damaged.suffix}"
        path.write_bytes(damaged.data)
        status = path.stat()
        outcome = self._read(path)
        if path.read_bytes() != damaged.data or path.stat().st_mtime_ns != status.st_mtime_ns:
            outcome.violations.append("the source was changed")
        path.unlink()
        if outcome.page_codes and outcome.code == "read":
            outcome.code = "partial"
        unlisted = {outcome.code, *outcome.page_codes} - self._codes - {"read", "partial", "violation"}
        outcome.violations += [f"code {code} is not in docs/errors.md" for code in sorted(unlisted)]
        return outcome

    def strays(self) -> list[str]:
        """What was written, changed or removed anywhere in the arena since it was built."""
        now = self._everything()
        return sorted(name for name in {*now, *self._before} if now.get(name) != self._before.get(name))

    def _everything(self) -> dict[str, str]:
        return {
            str(path.relative_to(self.root)): hashlib.sha256(path.read_bytes()).hexdigest()
            if path.is_file()
            else ""
            for path in sorted(self.root.rglob("*"))
        }

    def _read(self, path: Path) -> Outcome:
        outcome = Outcome()
        try:
            with _timed(outcome, LIMITS.open_seconds, lambda: open_sandboxed(path, LIMITS)) as book:
                self._read_pages(book, outcome)
        except BookError as fault:
            _note(outcome, fault)
            outcome.code = fault.code
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is what is looked for
            outcome.code = "violation"
            outcome.violations.append(f"{type(fault).__name__} reached the parent: {fault}")
        return outcome

    def _read_pages(self, book: SandboxedBook, outcome: Outcome) -> None:
        _timed(outcome, LIMITS.open_seconds, book.metadata)
        outcome.pages = len(book.entries)
        for seq in range(min(len(book.entries), 12)):
            for read in (book.look, book.page_pixels):
                try:
                    _timed(outcome, LIMITS.page_seconds, lambda read=read, seq=seq: read(seq))  # type: ignore[misc]
                except BookError as fault:
                    _note(outcome, fault)
                    outcome.page_codes.append(fault.code)


def _note(outcome: Outcome, fault: BookError) -> None:
    """'internal-error' keeps a batch going, but somebody's code has met what it did not foresee."""
    if fault.code == "internal-error":
        outcome.violations.append(f"not foreseen: {fault}")


def _timed(outcome: Outcome, seconds: float, ask: Callable[[], Answer]) -> Answer:
    started = time.monotonic()
    try:
        return ask()
    finally:
        took = time.monotonic() - started
        outcome.slowest = max(outcome.slowest, took)
        if took > seconds + GRACE_SECONDS + _SLACK_SECONDS:
            outcome.violations.append(f"{took:.1f} s for one request, at most {seconds} s are allowed")
