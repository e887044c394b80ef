"""One entry of a zip unpacked: never more than it declares, and only if its checksum holds."""

from __future__ import annotations

import bz2
import lzma
import struct
import zlib
from typing import BinaryIO, Protocol

from warehouse.books.zip_directory import FARTHEST, LOCAL, ZipEntry

STORED, DEFLATED, BZIP2, LZMA = 0, 8, 12, 14
READABLE_METHODS = {STORED: "stored", DEFLATED: "deflate", BZIP2: "bzip2", LZMA: "LZMA"}
OTHER_METHODS = {
    1: "shrink",
    6: "implode",
    9: "deflate64",
    93: "Zstandard",
    95: "XZ",
    97: "WavPack",
    98: "PPMd",
}
ENCRYPTED_FLAGS = 0x1 | 0x40

_STEP = 1 << 18
_LOCAL = struct.Struct("<4s22xHH")


class EntryDamageError(Exception):
    """The entry cannot be unpacked, or is not what its checksum says."""


class Decompressor(Protocol):
    """What zlib, bz2 and lzma have in common."""

    @property
    def eof(self) -> bool:
        """Whether the data's own end was met."""

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """Up to max_length bytes more."""


def unpack(file: BinaryIO, entry: ZipEntry) -> bytes:
    """The bytes of an entry of a readable method.  Raises EntryDamageError, OSError.

    The caller has looked at entry.size: so many bytes are held, and no more.
    """
    file.seek(data_offset(file, entry))
    data = _stored(file, entry) if entry.method == STORED else _inflated(file, entry)
    if len(data) != entry.size:
        raise EntryDamageError(f"{len(data)} bytes of {entry.size}")
    if zlib.crc32(data) != entry.crc:
        raise EntryDamageError("its checksum is wrong")
    return data


def data_offset(file: BinaryIO, entry: ZipEntry) -> int:
    """Where the packed data begins, behind the local header."""
    if not 0 <= entry.offset <= FARTHEST:
        raise EntryDamageError("it lies outside the file")
    file.seek(entry.offset)
    header = file.read(_LOCAL.size)
    if len(header) < _LOCAL.size or not header.startswith(LOCAL):
        raise EntryDamageError("its header is missing")
    _, name, extra = _LOCAL.unpack(header)
    return entry.offset + _LOCAL.size + int(name) + int(extra)


def _stored(file: BinaryIO, entry: ZipEntry) -> bytes:
    return file.read(min(entry.packed_size, entry.size))


def _inflated(file: BinaryIO, entry: ZipEntry) -> bytes:
    end = file.tell() + entry.packed_size
    parts: list[bytes] = []
    count = 0
    try:
        worker = decompressor(file, entry)
        left = end - file.tell()
        while not worker.eof and count <= entry.size:
            packed = _unused(worker)
            if not packed:
                packed = file.read(max(0, min(left, _STEP)))
                left -= len(packed)
            part = worker.decompress(packed, entry.size + 1 - count)
            if not part and not packed:
                break
            parts.append(part)
            count += len(part)
    except (zlib.error, lzma.LZMAError, OSError, ValueError, EOFError) as fault:
        raise EntryDamageError(str(fault)) from fault
    if count > entry.size:
        raise EntryDamageError(f"it unpacks to more than the {entry.size} bytes it declares")
    return b"".join(parts)


def _unused(worker: Decompressor) -> bytes:
    """zlib hands back what it could not unpack within its bound; the others keep it themselves."""
    return getattr(worker, "unconsumed_tail", b"")


def decompressor(file: BinaryIO, entry: ZipEntry) -> Decompressor:
    """The decompressor of an entry's method; of LZMA, its properties are read from the file."""
    if entry.method == DEFLATED:
        return zlib.decompressobj(-zlib.MAX_WBITS)
    if entry.method == BZIP2:
        return bz2.BZ2Decompressor()
    _, length = struct.unpack("<HH", _exactly(file, 4))
    mode, dictionary = struct.unpack("<BL", _exactly(file, length)[:5])
    filters = {
        "id": lzma.FILTER_LZMA1,
        "lc": mode % 9,
        "lp": mode // 9 % 5,
        "pb": mode // 45,
        # No entry needs a longer memory than its own size, whatever it asks for.
        "dict_size": max(4096, min(dictionary, entry.size)),
    }
    return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[filters])


def _exactly(file: BinaryIO, size: int) -> bytes:
    data = file.read(size)
    if len(data) < max(size, 4):
        raise EntryDamageError("it ends too early")
    return data
