"""Unpacked entries, in memory and beyond it."""

from __future__ import annotations

import errno
import os
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from warehouse.books.limits import Limits
from warehouse.books.readers import page_spool
from warehouse.books.readers.page_spool import PageSpool
from warehouse.errors import BookError, PageError

PLACE = Path("a.cb7")


def code_of(spool: PageSpool, key: int) -> str:
    with pytest.raises(PageError) as caught:
        spool.read(key)
    return caught.value.code


def test_entries_are_read_at_random(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_spool, "MEMORY_BYTES", 1000)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    entries = [os.urandom(300) * (key + 1) for key in range(10)]
    spool = PageSpool(PLACE, Limits())
    for key, data in enumerate(entries):
        assert spool.keep(key, "x", [data[:7], b"", data[7:]], len(data), zlib.crc32(data))
    assert [spool.read(key) for key in reversed(range(10))] == entries[::-1]
    assert os.listdir(tmp_path) == []  # what does not fit in memory lies in a file without a name
    spool.close()
    spool.close()


def test_damage_is_not_kept() -> None:
    spool = PageSpool(PLACE, Limits())
    assert not spool.keep(0, "x", [b"abc"], 4)
    assert not spool.keep(1, "x", [b"abc"], 3, 1)
    assert spool.keep(2, "x", [b"abc"], 3, zlib.crc32(b"abc"))
    assert [code_of(spool, key) for key in (0, 1)] == ["entry-unreadable"] * 2
    assert [key in spool for key in (0, 1, 2)] == [False, False, True]
    assert spool.keep(0, "x", [b"abcd"], 4)
    assert spool.read(0) == b"abcd"
    spool.close()


def test_what_is_too_large_is_not_unpacked_to_its_end() -> None:
    asked = 0

    def endless() -> Iterator[bytes]:
        nonlocal asked
        while True:
            asked += 1
            yield bytes(100)

    spool = PageSpool(PLACE, Limits(entry_bytes=1000, spool_bytes=1500))
    assert spool.keep(0, "x", endless())
    assert asked == 11
    assert code_of(spool, 0) == "image-too-large"
    assert spool.keep(1, "x", [bytes(1000)])
    with pytest.raises(BookError) as caught:
        spool.keep(2, "x", [bytes(600)])
    assert caught.value.code == "archive-too-large"
    spool.close()


def test_a_full_disk_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    spool = PageSpool(PLACE, Limits())
    monkeypatch.setattr(spool._file, "write", full)
    with pytest.raises(BookError, match="--retry-failed") as caught:
        spool.keep(0, "x", [b"abc"])
    assert caught.value.code == "spool-full"
    spool.close()
