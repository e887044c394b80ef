"""The table of contents of a zip (APPNOTE 6.3.10), read with bounds and without trust.

Python's zipfile refuses a whole archive for one badly encoded name, for garbage behind its end and for a
missing table; libraries of comics are full of those.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import BinaryIO

from warehouse.books.limits import Limits

LOCAL, CENTRAL, END, END64, LOCATOR64 = (
    b"PK\x03\x04",
    b"PK\x01\x02",
    b"PK\x05\x06",
    b"PK\x06\x06",
    b"PK\x06\x07",
)
SPANNED = b"PK\x07\x08"
FARTHEST = 2**62
"""No file is longer; what points beyond it is a lie, and no number for the system."""

_SIGNATURE = b"PK\x05\x05"

_CENTRAL = struct.Struct("<4sxB2xHH4xLLLHHH4xLL")
_END = struct.Struct("<4sHHHHLLH")
_END64 = struct.Struct("<4s12xLLQQQQ")
_UNIX, _SYMBOLIC_LINK = 3, 0o12
_TAIL_BYTES = 128 * 1024
_CANDIDATES = 64
_WORD, _LONG = 0xFFFF, 0xFFFFFFFF


class ZipDamageError(Exception):
    """The zip has no table of contents that can be read."""


class ZipSpannedError(Exception):
    """The zip is one part of several."""


class ZipTooLargeError(Exception):
    """The table of contents is beyond the limits."""


@dataclass(frozen=True, slots=True)
class ZipEntry:
    """A file of a zip.

    offset: of its local header in the file.  overlaps: it reaches into the next.  is_link: a symbolic link,
    whose data would be where it leads.
    """

    filename: str
    method: int
    flags: int
    crc: int
    packed_size: int
    size: int
    offset: int
    overlaps: bool = False
    is_link: bool = False


@dataclass(frozen=True, slots=True)
class ZipDirectory:
    """The files of a zip in the archive's order, folders left out, and its comment."""

    entries: tuple[ZipEntry, ...]
    comment: bytes


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the table lies.  shift: bytes in front of the zip, which its offsets do not count."""

    start: int
    size: int
    shift: int
    comment: bytes


def read_directory(file: BinaryIO, limits: Limits) -> ZipDirectory:
    """Read the table of contents.  Raises ZipDamageError, ZipSpannedError, ZipTooLargeError, OSError."""
    place = _find(file)
    if place.size > limits.directory_bytes:
        raise ZipTooLargeError(
            f"its table of contents takes {place.size} bytes, over {limits.directory_bytes}"
        )
    file.seek(place.start)
    table = file.read(place.size)
    entries = []
    for count, entry in enumerate(_records(table)):
        if count >= limits.entries:
            raise ZipTooLargeError(f"it has more than {limits.entries} files")
        if not entry.filename.endswith(("/", "\\")):
            entries.append(entry)
    shift = _true_shift(file, entries, place.shift)
    entries = [replace(entry, offset=entry.offset + shift) for entry in entries] if shift else entries
    return ZipDirectory(_overlaps_marked(entries), place.comment)


def decode_name(raw: bytes, extra: bytes) -> str:
    """An entry's name: Unicode if it says so or looks so, else code page 437, as DOS had it."""
    unicode_path = extra_field(extra, 0x7075)
    if len(unicode_path) > 5 and int.from_bytes(unicode_path[1:5], "little") == zlib.crc32(raw):
        return unicode_path[5:].decode("utf-8", "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp437")


def extra_field(extra: bytes, wanted: int) -> bytes:
    """The content of one extra field, empty if it is not there."""
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        if kind == wanted:
            return extra[4 : 4 + length]
        extra = extra[4 + length :]
    return b""


def long_sizes(extra: bytes, *values: int) -> list[int]:
    """The values with those of zip64 in place of each 0xFFFFFFFF."""
    field = extra_field(extra, 1)
    found = []
    for value in values:
        if value == _LONG and len(field) >= 8:
            value, field = int.from_bytes(field[:8], "little"), field[8:]
        found.append(value)
    return found


def _find(file: BinaryIO) -> _Place:
    """The last end record that leads to a table of contents."""
    length = file.seek(0, os.SEEK_END)
    start = file.seek(max(0, length - _TAIL_BYTES))
    tail = file.read(_TAIL_BYTES)
    end = len(tail)
    empty = None
    for _ in range(_CANDIDATES):
        end = tail.rfind(END, 0, end)
        if end < 0:
            break
        place = _place(file, start + end, tail[end:])
        if place is not None and place.size:
            return place
        empty = empty or place  # nothing bears an empty table out, so others are looked for first
    if empty is not None:
        return empty
    file.seek(0)
    if file.read(4) == SPANNED:
        raise ZipSpannedError
    raise ZipDamageError("it has no table of contents")


def _place(file: BinaryIO, end: int, record: bytes) -> _Place | None:
    if len(record) < _END.size:
        return None
    _, disk, first_disk, here, total, size, offset, length = _END.unpack_from(record)
    comment = record[_END.size : _END.size + length]
    if _WORD in (here, total, disk) or _LONG in (size, offset):
        long_end = _long_end(file, end)
        if long_end is not None:
            end, disk, first_disk, here, total, size, offset = long_end
    if disk or first_disk or here != total:
        if len(record) == _END.size + length:
            raise ZipSpannedError
        return None
    for start in (end - size, offset):
        if 0 <= start <= FARTHEST and (size == 0 or _begins(file, start, CENTRAL)):
            return _Place(start, size, start - offset, comment)
    return None


def _long_end(file: BinaryIO, end: int) -> tuple[int, ...] | None:
    """Position and numbers of the zip64 end record, which lies in front of its 20-byte locator."""
    if end < 20 or not _begins(file, end - 20, LOCATOR64):
        return None
    file.seek(end - 12)
    declared = int.from_bytes(file.read(8), "little")
    for place in (end - 20 - _END64.size, declared):
        if place < end and _begins(file, place, END64):
            file.seek(place)
            record = file.read(_END64.size)
            if len(record) == _END64.size:
                _, disk, first_disk, here, total, size, offset = _END64.unpack(record)
                return place, disk, first_disk, here, total, size, offset
    return None


def _begins(file: BinaryIO, place: int, signature: bytes) -> bool:
    if not 0 <= place <= FARTHEST:
        return False
    file.seek(place)
    return file.read(len(signature)) == signature


def _true_shift(file: BinaryIO, entries: list[ZipEntry], shift: int) -> int:
    """The shift by which headers are found where the table says, for a damaged end record misleads."""
    for tried in (shift, 0):
        if not entries or any(_begins(file, entry.offset + tried, LOCAL) for entry in entries):
            return tried
    raise ZipDamageError("its table of contents leads nowhere")


def _records(table: bytes) -> Iterator[ZipEntry]:
    place = 0
    while place + _CENTRAL.size <= len(table):
        if table.startswith(_SIGNATURE, place):
            return
        (signature, system, flags, method, crc, packed, size, name, extra, comment, attributes, offset) = (
            _CENTRAL.unpack_from(table, place)
        )
        if signature != CENTRAL:
            raise ZipDamageError("its table of contents is damaged")
        is_link = system == _UNIX and attributes >> 28 == _SYMBOLIC_LINK
        start = place + _CENTRAL.size
        raw, fields = table[start : start + name], table[start + name : start + name + extra]
        size, packed, offset = long_sizes(fields, size, packed, offset)
        yield ZipEntry(decode_name(raw, fields), method, flags, crc, packed, size, offset, is_link=is_link)
        place = start + name + extra + comment
    if place < len(table) and not table.startswith(_SIGNATURE, place):
        raise ZipDamageError("its table of contents is damaged")


def _overlaps_marked(entries: list[ZipEntry]) -> tuple[ZipEntry, ...]:
    """An honest archive stores every byte once; one whose entries share bytes is built to grow."""
    order = sorted(range(len(entries)), key=lambda place: entries[place].offset)
    marked = {
        before
        for before, after in pairwise(order)
        if entries[before].offset + 30 + entries[before].packed_size > entries[after].offset
    }
    return tuple(
        replace(entry, overlaps=True) if place in marked else entry for place, entry in enumerate(entries)
    )
