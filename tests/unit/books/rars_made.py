"""RAR archives of stored files, written by the block formats of versions 4 and 5."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

MARK4, MARK5 = b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00"
STORED, NORMAL = 0x30, 0x33


@dataclass(frozen=True)
class Member:
    """One file.  method: STORED, or NORMAL for data that then is no valid packing.

    size, crc: as the header declares them, True to the data where None.  flags, mode: of a RAR 4.
    redirection: of a RAR 5, the file a link leads to.  encrypted: as flagged.
    """

    name: str
    data: bytes
    method: int = STORED
    size: int | None = None
    crc: int | None = None
    flags: int = 0
    mode: int = 0o100644
    redirection: str | None = None
    encrypted: bool = False


def rar4(members: Sequence[Member], flags: int = 0, comment: bytes | None = None) -> bytes:
    """A RAR 4.  flags: 1 volume, 8 solid, 0x10 new numbering, 0x80 encrypted headers, 0x100 first volume."""
    blocks = [_block4(0x73, flags, bytes(6))]
    if comment is not None:
        blocks.append(_file4(0x7A, Member("CMT", comment)))
    blocks += [_file4(0x74, member) for member in members]
    return MARK4 + b"".join(blocks) + _block4(0x7B, 0, b"")


def _block4(kind: int, flags: int, body: bytes) -> bytes:
    block = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
    return struct.pack("<H", zlib.crc32(block) & 0xFFFF) + block


def _file4(kind: int, member: Member) -> bytes:
    name = member.name.encode()
    crc = zlib.crc32(member.data) if member.crc is None else member.crc
    size = len(member.data) if member.size is None else member.size
    flags = 0x8000 | member.flags | (0x4 if member.encrypted else 0)
    fields = struct.pack(
        "<LLBLLBBHL", len(member.data), size, 3, crc, 0, 29, member.method, len(name), member.mode
    )
    return _block4(kind, flags, fields + name) + member.data


def rar5(members: Sequence[Member], flags: int = 0, volume: int | None = None) -> bytes:
    """A RAR 5.  flags: 1 volume, 2 has a volume number, 4 solid.  volume: its number."""
    main = _vint(1) + _vint(0) + _vint(flags) + (b"" if volume is None else _vint(volume))
    return MARK5 + _block5(main) + b"".join(map(_file5, members)) + _block5(_vint(5) + _vint(0) + _vint(0))


def _file5(member: Member) -> bytes:
    name = member.name.encode()
    crc = zlib.crc32(member.data) if member.crc is None else member.crc
    size = len(member.data) if member.size is None else member.size
    extra = b""
    if member.redirection is not None:
        target = member.redirection.encode()
        extra += _record(5, _vint(1) + _vint(0) + _vint(len(target)) + target)
    if member.encrypted:
        extra += _record(1, _vint(0) + _vint(0) + b"\x0f" + bytes(32))
    head = _vint(2) + _vint(2 | bool(extra)) + (_vint(len(extra)) if extra else b"")
    method = 0 if member.method == STORED else 3
    fields = _vint(4) + _vint(size) + _vint(member.mode) + struct.pack("<L", crc) + _vint(method << 7)
    body = head + _vint(len(member.data)) + fields + _vint(1) + _vint(len(name)) + name + extra
    return _block5(body) + member.data


def _record(kind: int, data: bytes) -> bytes:
    return _vint(len(_vint(kind) + data)) + _vint(kind) + data


def _block5(body: bytes) -> bytes:
    sized = _vint(len(body)) + body
    return struct.pack("<L", zlib.crc32(sized)) + sized


def _vint(value: int) -> bytes:
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    parts.append(value)
    return bytes(parts)
