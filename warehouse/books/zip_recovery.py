"""A zip without its table of contents, most often a download cut short: the files before the cut."""

from __future__ import annotations

import os
import struct
import zlib
from typing import BinaryIO

from warehouse.books.limits import Limits
from warehouse.books.zip_directory import CENTRAL, LOCAL, SPANNED, ZipEntry, decode_name, long_sizes
from warehouse.books.zip_unpacking import DEFLATED, ENCRYPTED_FLAGS

_LOCAL = struct.Struct("<4s2xHH4xLLLHH")
_SIZES_FOLLOW = 0x8
_PREFIX_BYTES = 64 * 1024
_STEP = 1 << 18


def recover(file: BinaryIO, limits: Limits) -> tuple[ZipEntry, ...]:
    """The entries that are whole, from the front to the first that is not."""
    length = file.seek(0, os.SEEK_END)
    file.seek(0)
    place = file.read(_PREFIX_BYTES).find(LOCAL)
    entries: list[ZipEntry] = []
    left = limits.total_bytes
    while 0 <= place < length and len(entries) < limits.entries:
        found = _entry(file, place, length, min(left, limits.entry_bytes))
        if found is None:
            break
        entry, place = found
        left -= entry.size
        if not entry.filename.endswith(("/", "\\")):
            entries.append(entry)
    return tuple(entries)


def _entry(file: BinaryIO, place: int, length: int, at_most: int) -> tuple[ZipEntry, int] | None:
    """The entry at a place and where the next one begins; None if it is not whole."""
    file.seek(place)
    header = file.read(_LOCAL.size)
    if len(header) < _LOCAL.size or not header.startswith(LOCAL):
        return None
    _, flags, method, crc, packed, size, name_length, extra_length = _LOCAL.unpack(header)
    raw, extra = file.read(name_length), file.read(extra_length)
    start = place + _LOCAL.size + name_length + extra_length
    size, packed = long_sizes(extra, size, packed)
    end = start + packed
    if flags & _SIZES_FOLLOW and not packed:
        measured = None if flags & ENCRYPTED_FLAGS else _measured(file, start, method, at_most)
        if measured is None:
            return None
        packed, size, crc = measured
        end = start + packed
    if end > length:
        return None
    entry = ZipEntry(decode_name(raw, extra), method, flags, crc, packed, size, place)
    return entry, _after_descriptor(file, end) if flags & _SIZES_FOLLOW else end


def _measured(file: BinaryIO, start: int, method: int, at_most: int) -> tuple[int, int, int] | None:
    """Packed size, size and CRC-32 of deflated data whose header leaves them out; it knows its own end."""
    if method != DEFLATED:
        return None
    worker = zlib.decompressobj(-zlib.MAX_WBITS)
    file.seek(start)
    taken = size = crc = 0
    packed = b""
    try:
        while not worker.eof:
            if not packed:
                packed = file.read(_STEP)
                taken += len(packed)
            part = worker.decompress(packed, _STEP)
            if not packed and not part:
                return None
            packed = worker.unconsumed_tail
            size, crc = size + len(part), zlib.crc32(part, crc)
            if size > at_most:
                return None
    except zlib.error:
        return None
    return taken - len(worker.unused_data), size, crc


def _after_descriptor(file: BinaryIO, end: int) -> int:
    """Where the next header begins behind the sizes that follow the data; the last one may be cut off."""
    file.seek(end)
    tail = file.read(28)
    for skipped in (16, 24, 12, 20):
        if tail[skipped : skipped + 4] in (LOCAL, CENTRAL):
            return end + skipped
    return end + (16 if tail.startswith(SPANNED) else 12)
