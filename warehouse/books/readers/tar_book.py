"""CBT: a tar of pictures, plain or compressed with gzip, xz, bzip2 or Zstandard."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from warehouse.books.compressed_stream import CompressedStream, StreamDamageError
from warehouse.books.entries import is_page_name, reading_key
from warehouse.books.formats import HEAD_BYTES, sniff_bytes
from warehouse.books.limits import Limits
from warehouse.books.readers.contents import cut_short, not_followed, require_pages, too_many_files
from warehouse.books.readers.open_book import BookWarning, OpenBook, Sidecars
from warehouse.books.readers.spooled_book import SpooledBook, is_wanted
from warehouse.books.readers.tar_stream import TarMember, TarStream
from warehouse.errors import BookError, PageError

_TRAILER_BYTES = 1 << 20


def open_tar(path: Path, limits: Limits) -> OpenBook:
    """Open a tar, compressed or not.  Raises BookError."""
    with _opened(path) as file:
        found = sniff_bytes(file.read(HEAD_BYTES))
    return TarBook(path, limits) if found == "tar" else CompressedTarBook(path, limits, found)


class TarBook(OpenBook):
    """A plain tar: its pages are read where they lie."""

    format = "tar"

    def __init__(self, path: Path, limits: Limits):
        self.path, self.limits = path, limits
        self._file = _opened(path)
        members: list[TarMember] = []
        try:
            self.warnings = _walk(TarStream(_FileSource(self._file)), path, limits, members.append)
            length = self._file.seek(0, os.SEEK_END)
            files = [member for member in members if member.is_file and member.offset + member.size <= length]
            pages = [member for member in files if is_page_name(member.name)]
            require_pages(path, len(pages), [member.name for member in files], self.warnings)
        except BaseException:
            self.close()
            raise
        self._pages = sorted(pages, key=lambda member: reading_key(member.name))
        self.entries = tuple(member.name for member in self._pages)
        self.sidecars = Sidecars([member.name for member in files], lambda place: self._sidecar(files[place]))

    def page_bytes(self, seq: int) -> bytes:
        member = self._pages[seq]
        if member.size > self.limits.entry_bytes:
            raise PageError(
                f"{member.name!r} in {self.path} has {member.size} bytes, over {self.limits.entry_bytes}",
                code="image-too-large",
            )
        return self._read(member)

    def close(self) -> None:
        self._file.close()

    def _read(self, member: TarMember) -> bytes:
        try:
            self._file.seek(member.offset)
            data = self._file.read(member.size)
        except (OSError, ValueError) as fault:
            raise PageError(
                f"cannot read {member.name!r} in {self.path}: {fault}", code="entry-unreadable"
            ) from fault
        if len(data) < member.size:
            raise PageError(f"{self.path} ends within {member.name!r}", code="entry-unreadable")
        return data

    def _sidecar(self, member: TarMember) -> bytes:
        if member.size > self.limits.metadata_bytes:
            raise BookError(
                f"{member.name!r} in {self.path} has {member.size} bytes, over {self.limits.metadata_bytes}",
                code="metadata-refused",
            )
        try:
            return self._read(member)
        except PageError as fault:
            raise BookError(str(fault), code="metadata-unreadable") from fault


class CompressedTarBook(SpooledBook):
    """A compressed tar: unpacked once, in one pass."""

    format = "tar"

    def __init__(self, path: Path, limits: Limits, compression: str):
        self._compression = compression
        super().__init__(path, limits)

    def _unpack(self) -> dict[int, str]:
        names: dict[int, str] = {}
        with _opened(self.path) as file:
            try:
                source = CompressedStream(file, self._compression, self.limits.total_bytes, self.path)
            except StreamDamageError as fault:
                raise BookError(
                    f"the tar is damaged: {self.path} ({fault})",
                    code="archive-broken",
                    remedy="get the book again",
                ) from fault
            stream = TarStream(source)

            def keep(member: TarMember) -> None:
                if member.is_file:
                    if is_wanted(member.name):
                        self._spool.keep(len(names), member.name, stream.blocks(), member.size)
                    names[len(names)] = member.name

            try:
                self.warnings = _walk(stream, self.path, self.limits, keep, source)
            finally:
                source.close()
        return names


class _FileSource:
    """A plain file, of which parts are passed over without reading them."""

    def __init__(self, file: BinaryIO):
        self._file = file
        self._size = file.seek(0, os.SEEK_END)
        file.seek(0)

    def read(self, size: int) -> bytes:
        return self._file.read(size)

    def skip(self, size: int) -> bool:
        return self._file.seek(size, os.SEEK_CUR) <= self._size


def _walk(
    stream: TarStream,
    path: Path,
    limits: Limits,
    found: Callable[[TarMember], None],
    source: CompressedStream | None = None,
) -> tuple[BookWarning, ...]:
    """Go through a tar as far as it can be read; what is lost of it."""
    refused: list[str] = []
    count = 0
    try:
        for member in stream:
            count += 1
            if count > limits.entries:
                raise too_many_files(path, limits)
            found(member)
            if not member.is_file and is_page_name(member.name):
                refused.append(member.name)
        if source is not None:
            source.read(_TRAILER_BYTES)  # the checksum of a compressed stream comes last
    except StreamDamageError as fault:
        return (*not_followed(path, refused), cut_short(path, str(fault)))
    return not_followed(path, refused)


def _opened(path: Path) -> BinaryIO:
    try:
        return open(path, "rb")
    except OSError as fault:
        raise BookError(f"cannot read {path}: {fault}", code="path-unreadable") from fault
