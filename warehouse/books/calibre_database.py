"""metadata.db of a Calibre library, opened so that nothing is ever written, not even beside it.

SQLite's `mode=ro` alone may still make -wal and -shm files or roll a journal back, `immutable=1` does not.
The file is a stranger's: statements may only read tables, and take a bounded time.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

from warehouse.errors import BookError

DATABASE_NAME = "metadata.db"
SECONDS = 60.0
ANSWER_BYTES = 256 * 1024 * 1024

_MAGIC = b"SQLite format 3\0"
_INSTRUCTIONS = 100_000
_LONGEST_VALUE = 16 * 1024 * 1024
_ALLOWED = frozenset([sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ])

Row = tuple[Any, ...]


class CalibreDatabase:
    """An open metadata.db; a context manager.

    Raises BookError 'library-broken' (no SQLite, damaged, no Calibre library), 'library-busy' (Calibre is
    writing to it) or 'path-unreadable', when opened and from `rows`.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self.path = folder / DATABASE_NAME
        _require_quiet(self.path)
        address = f"file:{quote(os.fsencode(os.path.abspath(self.path)))}?mode=ro&immutable=1"
        self._until = time.monotonic() + SECONDS
        with self._faults():
            self._connection = sqlite3.connect(address, uri=True, isolation_level=None)
        try:
            self._harden()
            self.tables = frozenset(
                str(name) for (name,) in self.rows("select name from sqlite_master where type = 'table'")
            )
            if not {"books", "data"} <= self.tables:
                raise BookError(f"{self.path} is no Calibre library", code="library-broken")
        except BookError:
            self.close()
            raise

    def rows(self, sql: str, *values: object) -> list[Row]:
        """All rows of a query.  A table or column that this version of Calibre lacks gives none."""
        with self._faults():
            try:
                return list(self._bounded(self._connection.execute(sql, values)))
            except sqlite3.OperationalError as fault:
                if str(fault).startswith(("no such table", "no such column")):
                    return []
                raise

    def _bounded(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows, refused beyond 256 MiB: in a crafted file many cells can share one long text."""
        size = 0
        for row in rows:
            size += 64 + sum(len(value) for value in row if isinstance(value, str | bytes))
            if size > ANSWER_BYTES:
                raise BookError(f"{self.path} holds more than can be read", code="library-broken")
            yield row

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _harden(self) -> None:
        with self._faults():
            for pragma in (
                "query_only = on",
                "trusted_schema = off",
                "cell_size_check = on",
                "mmap_size = 0",
            ):
                self._connection.execute(f"pragma {pragma}")
            self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
            self._connection.text_factory = lambda text: text.decode("utf-8", "replace")
            self._connection.set_authorizer(_only_reading)
            self._connection.set_progress_handler(self._is_late, _INSTRUCTIONS)

    def _is_late(self) -> bool:
        return time.monotonic() > self._until

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OverflowError, ValueError, MemoryError) as fault:
            raise BookError(f"{self.path} cannot be read: {fault}", code="library-broken") from fault


def _only_reading(action: int, *_: object) -> int:
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _require_quiet(path: Path) -> None:
    """Refuse what is no SQLite file, and one with changes that are not in it yet."""
    try:
        with open(path, "rb") as file:
            magic = file.read(len(_MAGIC))
    except OSError as fault:
        raise BookError(f"cannot read {path}: {fault}", code="path-unreadable") from fault
    if magic != _MAGIC:
        raise BookError(f"{path} is no SQLite database", code="library-broken")
    for suffix in ("-journal", "-wal"):
        try:
            pending = os.path.getsize(f"{path}{suffix}") > 0
        except OSError:
            continue
        if pending:
            raise BookError(
                f"{path} is being written to, or was left so by a crash",
                code="library-busy",
                remedy="close Calibre (if it is closed, open and close it once) and try again",
            )
