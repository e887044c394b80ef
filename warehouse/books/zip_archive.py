"""A zip opened with bounds: names as they are, every fault an error with a code."""

from __future__ import annotations

from pathlib import Path

from warehouse.books.limits import Limits
from warehouse.books.readers.open_book import BookWarning
from warehouse.books.zip_directory import (
    ZipDamageError,
    ZipDirectory,
    ZipEntry,
    ZipSpannedError,
    ZipTooLargeError,
    read_directory,
)
from warehouse.books.zip_recovery import recover
from warehouse.books.zip_unpacking import (
    ENCRYPTED_FLAGS,
    OTHER_METHODS,
    READABLE_METHODS,
    EntryDamageError,
    unpack,
)
from warehouse.errors import BookError, PageError


class ZipArchive:
    """The files of a zip, in the archive's order.  Entry names are labels, never paths.

    comment: of the archive.  warnings: not empty if its table of contents is lost and only the files
    before the damage were found.
    """

    def __init__(self, path: Path, limits: Limits):
        self.path = path
        self.limits = limits
        self.warnings: tuple[BookWarning, ...] = ()
        try:
            self._file = open(path, "rb")  # noqa: SIM115 - open until close()
        except OSError as fault:
            raise BookError(f"cannot read {path}: {fault}", code="path-unreadable") from fault
        try:
            directory = self._directory()
        except BaseException:
            self.close()
            raise
        self.files = directory.entries
        self.comment = directory.comment

    def close(self) -> None:
        self._file.close()

    def read(self, entry: ZipEntry, at_most: int) -> bytes:
        """The unpacked bytes of an entry.

        Raises PageError 'image-too-large' beyond at_most bytes, 'compression-unsupported', or
        'entry-unreadable' for what else is wrong.
        """
        self._refuse(entry, at_most)
        try:
            return unpack(self._file, entry)
        except (EntryDamageError, OSError, ValueError) as fault:
            raise PageError(
                f"cannot unpack {entry.filename!r} in {self.path}: {fault}", code="entry-unreadable"
            ) from fault

    def require_readable(self, entries: list[ZipEntry]) -> None:
        """Refuse the book if none of these entries can be unpacked, or if all together are too large.

        Raises BookError 'archive-encrypted', 'compression-unsupported' or 'archive-too-large'.
        """
        if entries and all(entry.flags & ENCRYPTED_FLAGS for entry in entries):
            raise BookError(
                f"the zip is encrypted: {self.path}",
                code="archive-encrypted",
                remedy="unpack it with its password and pack it again without",
            )
        if entries and all(entry.method not in READABLE_METHODS for entry in entries):
            raise BookError(
                f"zip method {_method(entries[0])} cannot be unpacked: {self.path}",
                code="compression-unsupported",
                remedy="pack the pages again with the usual deflate method",
            )
        total = sum(entry.size for entry in entries)
        if total > self.limits.total_bytes:
            raise BookError(
                f"the pages of {self.path} unpack to {total} bytes, over {self.limits.total_bytes}",
                code="archive-too-large",
            )

    def _refuse(self, entry: ZipEntry, at_most: int) -> None:
        name = f"{entry.filename!r} in {self.path}"
        if entry.size > at_most:
            raise PageError(f"{name} unpacks to {entry.size} bytes, over {at_most}", code="image-too-large")
        if entry.flags & ENCRYPTED_FLAGS:
            raise PageError(f"{name} is encrypted", code="entry-unreadable")
        if entry.method not in READABLE_METHODS:
            raise PageError(
                f"{name} is packed by {_method(entry)}, which is not read", code="compression-unsupported"
            )
        if entry.overlaps:
            raise PageError(f"{name} overlaps another entry, as in a zip bomb", code="entry-unreadable")

    def _directory(self) -> ZipDirectory:
        try:
            return read_directory(self._file, self.limits)
        except ZipSpannedError as fault:
            raise BookError(
                f"one part of a zip in several parts: {self.path}",
                code="archive-multi-volume",
                remedy="unpack all parts together and pack the pages as one CBZ",
            ) from fault
        except ZipTooLargeError as fault:
            raise BookError(f"{self.path} is refused: {fault}", code="archive-too-large") from fault
        except ZipDamageError as fault:
            return self._recovered(fault)
        except (OSError, ValueError) as fault:
            raise BookError(f"cannot read {self.path}: {fault}", code="path-unreadable") from fault

    def _recovered(self, damage: ZipDamageError) -> ZipDirectory:
        entries = recover(self._file, self.limits)
        if not entries:
            raise BookError(
                f"the zip is damaged or incomplete: {self.path} ({damage})",
                code="archive-broken",
                remedy="get the book again",
            ) from damage
        text = f"{self.path} is cut short or damaged, {len(entries)} files before that were found: {damage}"
        self.warnings = (BookWarning("archive-incomplete", text),)
        return ZipDirectory(entries, b"")


def _method(entry: ZipEntry) -> str:
    return OTHER_METHODS.get(entry.method, str(entry.method))
