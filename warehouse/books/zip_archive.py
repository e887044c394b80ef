"""A zip opened with bounds: names as they are, bytes in steps, every fault an error with a code."""

from __future__ import annotations

import lzma
import os
import struct
import zipfile
import zlib
from pathlib import Path

from warehouse.books.limits import Limits
from warehouse.errors import BookError, PageError

READABLE_METHODS = frozenset([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
ENCRYPTED_FLAGS = 0x1 | 0x40
_END_BYTES = 65_557

_FAULTS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError,
    RuntimeError, NotImplementedError, ValueError, struct.error, KeyError,
)  # fmt: skip


class ZipArchive:
    """The files of a zip, in the archive's order.  Entry names are labels, never paths."""

    def __init__(self, path: Path, limits: Limits):
        self.path = path
        self.limits = limits
        _check_directory(path, limits)
        try:
            self._archive = zipfile.ZipFile(path)
        except _FAULTS as fault:
            raise BookError(
                f"the zip is damaged or incomplete: {path} ({fault})",
                code="archive-broken",
                remedy="get the book again",
            ) from fault
        self.files = [entry for entry in self._archive.infolist() if not entry.is_dir()]
        if len(self.files) > limits.entries:
            self.close()
            raise BookError(
                f"{len(self.files)} files in {path}, at most {limits.entries} are read",
                code="archive-too-large",
            )

    def close(self) -> None:
        self._archive.close()

    def read(self, entry: zipfile.ZipInfo, at_most: int) -> bytes:
        """The unpacked bytes of an entry.

        Raises PageError 'image-too-large' beyond at_most bytes, 'entry-unreadable' for what else is wrong.
        """
        if entry.file_size > at_most:
            raise PageError(
                f"{entry.filename!r} in {self.path} unpacks to {entry.file_size} bytes, over {at_most}",
                code="image-too-large",
            )
        try:
            with self._archive.open(entry) as stream:
                return b"".join(iter(lambda: stream.read(_step(entry)), b""))
        except _FAULTS as fault:
            raise PageError(
                f"cannot unpack {entry.filename!r} in {self.path}: {fault}", code="entry-unreadable"
            ) from fault

    def require_readable(self, entries: list[zipfile.ZipInfo]) -> None:
        """Refuse the book if none of these entries can be unpacked, or if all together are too large.

        Raises BookError 'archive-encrypted', 'compression-unsupported' or 'archive-too-large'.
        """
        if entries and all(entry.flag_bits & ENCRYPTED_FLAGS for entry in entries):
            raise BookError(
                f"the zip is encrypted: {self.path}",
                code="archive-encrypted",
                remedy="unpack it with its password",
            )
        if entries and all(entry.compress_type not in READABLE_METHODS for entry in entries):
            raise BookError(
                f"zip method {entries[0].compress_type} cannot be unpacked: {self.path}",
                code="compression-unsupported",
                remedy="pack the pages again with the usual deflate method",
            )
        total = sum(entry.file_size for entry in entries)
        if total > self.limits.total_bytes:
            raise BookError(
                f"the pages of {self.path} unpack to {total} bytes, over {self.limits.total_bytes}",
                code="archive-too-large",
            )


def _step(entry: zipfile.ZipInfo) -> int:
    # zipfile unpacks a whole chunk of bzip2 or LZMA at once, and those can grow ten-thousandfold.
    return 1 << 18 if entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) else 1 << 12


def _check_directory(path: Path, limits: Limits) -> None:
    """Refuse a zip whose table of contents alone would fill the memory, before it is parsed."""
    try:
        with open(path, "rb") as file:
            size = file.seek(0, os.SEEK_END)
            start = file.seek(max(0, size - _END_BYTES))
            tail = file.read(_END_BYTES)
            end = tail.rfind(b"PK\x05\x06")
            if end < 0 or end + 22 > len(tail):
                return  # no directory: opening it says so
            directory = int.from_bytes(tail[end + 12 : end + 16], "little")
            if directory == 0xFFFFFFFF:
                file.seek(max(0, start + end - 76))
                record = file.read(56)  # the zip64 end record, in front of its 20-byte locator
                directory = int.from_bytes(record[40:48], "little")
    except OSError as fault:
        raise BookError(f"cannot read {path}: {fault}", code="path-unreadable") from fault
    if directory > limits.directory_bytes:
        raise BookError(
            f"the zip's table of contents takes {directory} bytes, over {limits.directory_bytes}: {path}",
            code="archive-too-large",
        )
