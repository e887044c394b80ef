"""Unpacked entries of an archive without random access: in memory, beyond 64 MiB in an unnamed file."""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Iterable
from pathlib import Path

from warehouse.books.limits import MIB, Limits
from warehouse.errors import BookError, PageError

MEMORY_BYTES = 64 * MIB


class _TooLargeError(Exception):
    """An entry is larger than the limit."""


class PageSpool:
    """Entries by key, unpacked once and read at random until closed.

    The limits hold while unpacking, whatever sizes the archive declares.
    """

    def __init__(self, path: Path, limits: Limits):
        self._path, self._limits = path, limits
        self._at_most = min(limits.spool_bytes, limits.total_bytes)
        self._file = tempfile.SpooledTemporaryFile(max_size=MEMORY_BYTES)  # noqa: SIM115 - open until close()
        self._spans: dict[int, tuple[int, int]] = {}
        self._faults: dict[int, PageError] = {}
        self._end = 0

    def keep(
        self, key: int, name: str, blocks: Iterable[bytes], size: int | None = None, crc: int | None = None
    ) -> bool:
        """Keep an entry as it is unpacked; False if it has not the size or CRC-32 that it should have.

        One that is too large is not kept, and reading it says so; the rest of its blocks is not asked for.
        Raises BookError 'archive-too-large' when all together are, 'spool-full' when the disk is.
        """
        start = self._end
        try:
            checksum = self._copy(blocks)
            length = self._end - start
        except _TooLargeError:
            self._end = start
            self.fail(key, name, f"unpacks to over {self._limits.entry_bytes} bytes", "image-too-large")
            return True
        except BaseException:
            self._end = start
            raise
        if (size is not None and length != size) or (crc is not None and checksum != crc):
            self._end = start
            self.fail(key, name, "is damaged")
            return False
        self._spans[key] = (start, length)
        self._faults.pop(key, None)
        return True

    def fail(self, key: int, name: str, reason: str, code: str = "entry-unreadable") -> None:
        """Remember why an entry cannot be read."""
        self._faults[key] = PageError(f"{name!r} in {self._path} {reason}", code=code)

    def __contains__(self, key: int) -> bool:
        return key in self._spans

    def read(self, key: int) -> bytes:
        """The bytes of an entry.  Raises PageError."""
        if key not in self._spans:
            raise self._faults[key]
        start, length = self._spans[key]
        self._file.seek(start)
        return self._file.read(length)

    def close(self) -> None:
        """Give memory and disk back."""
        self._file.close()

    def _copy(self, blocks: Iterable[bytes]) -> int:
        """Append the blocks; their CRC-32."""
        start, checksum = self._end, 0
        for block in blocks:
            if self._end + len(block) - start > self._limits.entry_bytes:
                raise _TooLargeError
            self._write(block)
            checksum = zlib.crc32(block, checksum)
        return checksum

    def _write(self, block: bytes) -> None:
        if self._end + len(block) > self._at_most:
            raise BookError(
                f"the pages of {self._path} unpack to over {self._at_most} bytes",
                code="archive-too-large",
            )
        try:
            self._file.seek(self._end)
            self._file.write(block)
        except OSError as fault:
            raise BookError(
                f"no room to unpack {self._path}: {fault}",
                code="spool-full",
                remedy="free space in the temporary folder and run ingest with --retry-failed",
            ) from fault
        self._end += len(block)
