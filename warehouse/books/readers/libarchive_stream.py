"""Archives read front to back by the system's libarchive, one format at a time.

Only the format asked for is let loose on a file: others (mtree) open files by the names they hold.
"""

from __future__ import annotations

import ctypes
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Self

from warehouse.errors import BookError

HOW_TO_GET = "make system-deps, or apt: libarchive13, brew: libarchive"
_REGULAR_FILE = 0o100000
_BLOCK_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class StreamEntry:
    """An entry.  place: 0-based in the archive's order.  size: as declared, None if it is not."""

    place: int
    name: str
    size: int | None
    is_file: bool


class StreamFaultError(Exception):
    """libarchive cannot go on.  kind: 'encrypted' | 'unsupported' | 'damaged'."""

    def __init__(self, reason: str):
        super().__init__(reason)
        words = reason.lower()
        self.kind = "damaged"
        if "encrypt" in words or "crypto" in words or "passphrase" in words:
            self.kind = "encrypted"
        elif "support" in words or "unavailable" in words:
            self.kind = "unsupported"


class LibarchiveStream:
    """An archive's entries in order; a context manager.

    The data of the current entry can be had as blocks, or is passed over.
    format_name: '7zip' | 'rar' | 'rar5'.
    Raises BookError 'reader-missing' or 'path-unreadable', StreamFaultError.
    """

    def __init__(self, path: Path, format_name: str):
        self._ffi = libarchive()
        try:
            self._descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError as fault:
            raise BookError(f"cannot read {path}: {fault}", code="path-unreadable") from fault
        self._archive = self._ffi.read_new()
        self._entry = self._ffi.entry_new()
        try:
            self._ffi.get_read_filter_function("none")(self._archive)
            self._ffi.get_read_format_function(format_name)(self._archive)
            self._call("read_open_fd", self._descriptor, _BLOCK_BYTES)
        except BaseException:
            self.close()
            raise

    def __iter__(self) -> Iterator[StreamEntry]:
        place = 0
        while self._call("read_next_header2", self._entry) != self._ffi.ARCHIVE_EOF:
            yield self._described(place)
            place += 1

    def blocks(self) -> Iterator[bytes]:
        """The data of the current entry, in parts; StreamFaultError too where its checksum is wrong."""
        start, size, offset = ctypes.c_void_p(), ctypes.c_size_t(), ctypes.c_longlong()
        count = 0
        while True:
            status = self._call(
                "read_data_block", ctypes.byref(start), ctypes.byref(size), ctypes.byref(offset)
            )
            if status == self._ffi.ARCHIVE_EOF:
                return
            if status == self._ffi.ARCHIVE_WARN or offset.value != count:
                raise StreamFaultError(self._reason())
            count += size.value
            if size.value and start.value:
                yield ctypes.string_at(start.value, size.value)

    def close(self) -> None:
        """Let go of the file and of libarchive's memory; closing twice is harmless."""
        if self._archive is not None:
            self._ffi.entry_free(self._entry)
            self._ffi.read_free(self._archive)
            os.close(self._descriptor)
            self._archive = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _described(self, place: int) -> StreamEntry:
        regular = self._ffi.entry_filetype(self._entry) == _REGULAR_FILE
        linked = self._ffi.entry_hardlink(self._entry) or self._ffi.entry_symlink(self._entry)
        size = self._ffi.entry_size(self._entry) if self._ffi.entry_size_is_set(self._entry) else None
        return StreamEntry(place, self._name() or f"entry {place + 1}", size, regular and not linked)

    def _name(self) -> str:
        try:
            wide = self._ffi.entry_pathname_w(self._entry)
        except ValueError:
            wide = None  # characters beyond Unicode
        if wide:
            return str(wide).encode("utf-8", "replace").decode("utf-8")
        return (self._ffi.entry_pathname(self._entry) or b"").decode("utf-8", "replace")

    def _call(self, function: str, *arguments: object) -> int:
        from libarchive.exception import ArchiveError

        try:
            status: int = getattr(self._ffi, function)(self._archive, *arguments)
        except ArchiveError as fault:
            raise StreamFaultError(str(fault.msg or "it cannot be read")) from fault
        return status

    def _reason(self) -> str:
        return (self._ffi.error_string(self._archive) or b"it is damaged").decode("utf-8", "replace")


@cache
def libarchive() -> ModuleType:
    """The bindings of the system library.  Raises BookError 'reader-missing'."""
    logging.getLogger("libarchive").addHandler(logging.NullHandler())
    try:
        import libarchive.ffi
    except (ImportError, OSError, AttributeError, TypeError) as fault:
        raise BookError(
            f"libarchive, which reads RAR and 7z, is not on this machine ({fault})",
            code="reader-missing",
            remedy=f"install it ({HOW_TO_GET}), then run ingest with --retry-failed",
        ) from fault
    found: ModuleType = libarchive.ffi
    return found
