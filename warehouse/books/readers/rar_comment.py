"""The packed comment of a RAR 4 archive: its few bytes dressed as an archive of one file, for unar."""

from __future__ import annotations

import struct
import tempfile
import zlib
from pathlib import Path

from warehouse.books.readers.unar_stream import UnarStream
from warehouse.errors import BookError

LONGEST_COMMENT = 64 * 1024
_MARK_AND_MAIN = b"Rar!\x1a\x07\x00" + struct.pack("<HBHH", 0x90CF, 0x73, 0, 13) + bytes(6)
_FILE_BLOCK, _HAS_DATA, _DICTIONARY = 0x74, 0x8000, 0xE0


def unpack_comment(packed: bytes, size: int, crc: int, version: int, method: int, flags: int) -> bytes:
    """The comment; empty where unar is missing or cannot unpack it, for a comment is never worth a book.

    flags: of the comment's block, of which the size of the dictionary counts.
    """
    name = b"comment"
    fields = struct.pack(
        "<LLBLLBBHL", len(packed), size, 0, crc, 0x21 << 16, version, method, len(name), 0x20
    )
    length = 7 + len(fields) + len(name)
    block = struct.pack("<BHH", _FILE_BLOCK, _HAS_DATA | flags & _DICTIONARY, length) + fields + name
    checksum = struct.pack("<H", zlib.crc32(block) & 0xFFFF)
    with tempfile.NamedTemporaryFile(suffix=".rar") as file:
        file.write(_MARK_AND_MAIN + checksum + block + packed)
        file.flush()
        try:
            with UnarStream(Path(file.name), [0]) as stream:
                comment = b"".join(stream.blocks(size))
        except BookError:
            return b""
    return comment if zlib.crc32(comment) == crc else b""
