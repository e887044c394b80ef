"""What a RAR of version 4 or 5 holds, by rarfile's parsers: they start no program and open no other file."""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import rarfile

from warehouse.books.limits import Limits
from warehouse.books.readers.contents import too_many_files
from warehouse.books.readers.rar_comment import LONGEST_COMMENT, unpack_comment
from warehouse.errors import BookError

_FAULTS = (
    rarfile.Error,
    struct.error,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    OverflowError,
    OSError,
)
_SPLIT = rarfile.RAR_FILE_SPLIT_BEFORE | rarfile.RAR_FILE_SPLIT_AFTER


@dataclass(frozen=True, slots=True)
class RarEntry:
    """An entry.  place: 0-based among all of the archive, folders and old versions counted, as unpackers do.

    stored: its bytes lie in the file as they are, at `offset`.  crc: CRC-32 of its data, None if not known.
    """

    place: int
    name: str
    size: int
    packed_size: int
    offset: int
    crc: int | None
    stored: bool
    encrypted: bool
    is_file: bool


@dataclass(frozen=True, slots=True)
class RarListing:
    """The entries that lie in the file completely.

    version: 4 | 5.  solid: entries can only be unpacked from the first on.  damage: why the listing ends
    before its time, None if it does not.
    """

    version: int
    solid: bool
    entries: tuple[RarEntry, ...]
    comment: bytes
    damage: str | None


def list_rar(file: BinaryIO, path: Path, limits: Limits) -> RarListing:
    """List a RAR.

    Raises BookError 'archive-encrypted', 'archive-multi-volume', 'archive-broken' or 'archive-too-large'.
    """
    length = file.seek(0, os.SEEK_END)
    collector = _Collector(path, limits)
    version, offset = _find(file, path)
    parser_type = _Parser4 if version == 4 else _Parser5
    parser: Any = parser_type(file, None, True, rarfile.DEFAULT_CHARSET, False, collector, offset, True)
    damage = None
    try:
        parser.parse()
        damage = parser.strerror()
    except BookError:
        raise
    except _FAULTS as fault:
        damage = str(fault) or type(fault).__name__
    collector.refuse_part(path)
    if parser.needs_password() and (not collector.entries or all(e.encrypted for e in collector.files())):
        raise BookError(
            f"the RAR is encrypted: {path}",
            code="archive-encrypted",
            remedy="unpack it with its password and pack it again without",
        )
    whole = tuple(entry for entry in collector.entries if entry.offset + entry.packed_size <= length)
    if len(whole) < len(collector.entries):
        damage = "it ends within a file"
    comment = (parser.comment or "").encode("utf-8", "replace")[:LONGEST_COMMENT]
    return RarListing(version, bool(parser.is_solid()), whole, comment, damage)


def _find(file: BinaryIO, path: Path) -> tuple[int, int]:
    """The version and where the archive begins, behind a self-extractor's program."""
    file.seek(0)
    head = file.read(rarfile.SFX_MAX_SIZE)
    found = [(head.find(mark), version) for version, mark in ((5, rarfile.RAR5_ID), (4, rarfile.RAR_ID))]
    for place, version in sorted(found):
        if place >= 0:
            return version, place
    raise BookError(f"the RAR is damaged: {path}", code="archive-broken", remedy="get the book again")


class _Collector:
    """Sees every block of an archive while it is parsed."""

    def __init__(self, path: Path, limits: Limits):
        self._path, self._limits = path, limits
        self.entries: list[RarEntry] = []
        self._is_part = False

    def __call__(self, block: Any) -> None:
        if block.type == rarfile.RAR_BLOCK_FILE:
            self._is_part |= bool(block.flags & _SPLIT)
            self.entries.append(_entry(len(self.entries), block))
            if len(self.entries) > self._limits.entries:
                raise too_many_files(self._path, self._limits)
        elif block.type == rarfile.RAR_BLOCK_ENDARC:
            self._is_part |= bool(block.flags & rarfile.RAR_ENDARC_NEXT_VOLUME)
        elif block.type == rarfile.RAR_BLOCK_MAIN:
            numbered = block.flags & rarfile.RAR_MAIN_VOLUME and block.flags & rarfile.RAR_MAIN_NEWNUMBERING
            self._is_part |= bool(numbered and not block.flags & rarfile.RAR_MAIN_FIRSTVOLUME)

    def files(self) -> list[RarEntry]:
        return [entry for entry in self.entries if entry.is_file]

    def refuse_part(self, path: Path) -> None:
        if self._is_part:
            raise BookError(
                f"one part of a RAR in several parts: {path}",
                code="archive-multi-volume",
                remedy="unpack all parts together, beginning with the first, and pack the pages as one CBZ",
            )


def _entry(place: int, block: Any) -> RarEntry:
    encrypted = bool(block.needs_password())
    old = bool(block.flags & rarfile.RAR_FILE_VERSION) or bool(getattr(block, "file_version", None))
    crc = block.CRC if isinstance(block.CRC, int) else None
    stored = block.compress_type == rarfile.RAR_M0 and not encrypted and crc is not None
    return RarEntry(
        place=place,
        name=str(block.filename).encode("utf-8", "replace").decode("utf-8"),
        size=int(block.file_size or 0),
        packed_size=int(block.compress_size or 0),
        offset=int(block.data_offset),
        crc=crc,
        stored=stored and block.compress_size == block.file_size,
        encrypted=encrypted,
        is_file=bool(block.is_file()) and not old,
    )


class _Parser4(rarfile.RAR3Parser):
    """rarfile's own starts whatever unpacker it finds, without bounds, to read a comment."""

    def _parse_subblocks(self, h: Any, hdata: bytes, pos: int) -> int:
        return len(hdata)  # comments of RAR before 3.0

    def _read_comment_v3(self, inf: Any, pwd: str | None = None) -> str | None:
        if max(inf.compress_size, inf.file_size) > LONGEST_COMMENT or inf.needs_password():
            return None
        file = inf.volume_file
        file.seek(inf.data_offset)
        packed = file.read(inf.compress_size)
        if inf.compress_type == rarfile.RAR_M0:
            return packed.decode("utf-8", "replace")
        comment = unpack_comment(
            packed, inf.file_size, inf.CRC, inf.extract_version, inf.compress_type, inf.flags
        )
        return comment.decode("utf-8", "replace") or None


class _Parser5(rarfile.RAR5Parser):
    """rarfile's own loses the archive with a damaged comment."""

    def _load_comment(self, fd: Any, item: Any) -> None:
        try:
            super()._load_comment(fd, item)
        except _FAULTS:
            self.comment = None
