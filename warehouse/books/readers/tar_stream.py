"""The members of a tar, one after the other: v7, ustar, GNU and pax headers (POSIX.1-2017, pax).

Links, devices and sparse files are named but have no data here: nothing is followed, nothing is opened.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from warehouse.books.compressed_stream import STEP, StreamDamageError

BLOCK = 512
_LONGEST_HEADER = 1 << 20
_LARGEST = 1 << 62
_REGULAR = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE)
_DATALESS = (
    tarfile.LNKTYPE, tarfile.SYMTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE,
)  # fmt: skip
_NAMING = (
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
)


class ByteSource(Protocol):
    """What a tar is read from, forwards."""

    def read(self, size: int, /) -> bytes:
        """Up to size bytes, fewer only at the end."""

    def skip(self, size: int, /) -> bool:
        """Pass over bytes; False if there are not so many."""


@dataclass(frozen=True, slots=True)
class TarMember:
    """One member.  offset: where its data begins in the tar.  is_file: a plain file, whole in itself."""

    name: str
    size: int
    offset: int
    is_file: bool


def is_tar_header(block: bytes) -> bool:
    """Whether 512 bytes begin a tar: its checksum says so, old tars have no magic."""
    try:
        tarfile.TarInfo.frombuf(block[:BLOCK], "utf-8", "surrogateescape")
    except (tarfile.HeaderError, ValueError):
        return False
    return True


class TarStream:
    """Iterates over the members; the data of the current one can be had as blocks, or is passed over.

    Raises StreamDamageError where the tar is damaged or ends within a member.
    """

    def __init__(self, source: ByteSource):
        self._source = source
        self._position = 0
        self._data_end = 0
        self._map_goes_on = False
        self._member: TarMember | None = None

    def __iter__(self) -> Iterator[TarMember]:
        named: dict[str, str] = {}
        while (info := self._header()) is not None:
            if info.type in _NAMING:
                named |= self._names(info)
                continue
            yield self._enter(info, named)
            named = {}

    def blocks(self) -> Iterator[bytes]:
        """The data of the current member, in parts."""
        assert self._member is not None
        left = self._member.size - (self._position - self._member.offset)
        while left > 0:
            part = self._read(min(left, STEP))
            if not part:
                raise StreamDamageError("it ends within a file")
            left -= len(part)
            yield part

    def _enter(self, info: tarfile.TarInfo, named: dict[str, str]) -> TarMember:
        size = int(named["size"]) if named.get("size", "").isdecimal() else info.size
        if not 0 <= size <= _LARGEST:
            raise StreamDamageError(f"a file of {size} bytes")
        if info.type == tarfile.GNUTYPE_SPARSE:
            self._pass_sparse_map()
        sparse = info.type == tarfile.GNUTYPE_SPARSE or any(key.startswith("GNU.sparse.") for key in named)
        name = named.get("path", info.name).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        regular = info.type in _REGULAR and not (info.type == tarfile.AREGTYPE and name.endswith("/"))
        self._member = TarMember(name, size, self._position, regular and not sparse)
        self._data_end = self._position + (0 if info.type in _DATALESS else size)
        return self._member

    def _header(self) -> tarfile.TarInfo | None:
        """The next header, None at the end."""
        if not self._skip(self._data_end - self._position):
            raise StreamDamageError("it ends within a file")
        if not self._skip(-self._data_end % BLOCK):
            return None  # nothing is lost where only the padding is missing
        block = self._read(BLOCK)
        if len(block) < BLOCK:
            if block.strip(b"\0"):
                raise StreamDamageError("it ends within a header")
            return None
        if not block.strip(b"\0"):
            return None
        self._data_end = self._position
        self._map_goes_on = bool(block[482])
        try:
            return tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
        except (tarfile.HeaderError, ValueError) as fault:
            raise StreamDamageError(f"a damaged header: {fault}") from fault

    def _names(self, info: tarfile.TarInfo) -> dict[str, str]:
        """What a header that only names the next member says: its path, size, and whether it is sparse."""
        if not 0 <= info.size <= _LONGEST_HEADER:
            raise StreamDamageError(f"a name of {info.size} bytes")
        data = self._read(-(-info.size // BLOCK) * BLOCK)[: info.size]
        if len(data) < info.size:
            raise StreamDamageError("it ends within a header")
        self._data_end = self._position
        if info.type == tarfile.GNUTYPE_LONGNAME:
            return {"path": data.partition(b"\0")[0].decode("utf-8", "surrogateescape")}
        if info.type in (tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE):
            return _pax_records(data)
        return {}  # names of links and settings for all members say nothing about pages

    def _pass_sparse_map(self) -> None:
        """Old GNU sparse files may have more of their map in blocks of their own."""
        while self._map_goes_on:
            block = self._read(BLOCK)
            if len(block) < BLOCK:
                raise StreamDamageError("it ends within a header")
            self._map_goes_on = bool(block[504])

    def _skip(self, size: int) -> bool:
        self._position += size
        return size == 0 or self._source.skip(size)

    def _read(self, size: int) -> bytes:
        data = self._source.read(size)
        self._position += len(data)
        return data


def _pax_records(data: bytes) -> dict[str, str]:
    """The records '<length> <key>=<value>\\n' that matter here."""
    found = {}
    while data:
        length, space, _ = data.partition(b" ")
        if not space or not length.isdigit() or not len(length) + 1 < int(length) <= len(data):
            break
        key, _, value = data[len(length) + 1 : int(length) - 1].partition(b"=")
        name = key.decode("utf-8", "replace")
        if name in ("path", "size") or name.startswith("GNU.sparse."):
            found[name] = value.decode("utf-8", "surrogateescape")
        data = data[int(length) :]
    return found
