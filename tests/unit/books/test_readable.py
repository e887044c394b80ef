"""What the doctor says of formats."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from warehouse.books.readable import readable_formats
from warehouse.books.readers.libarchive_stream import libarchive
from warehouse.books.reading import READERS


def test_every_format_has_a_reader_or_a_remedy() -> None:
    found = readable_formats()
    assert all(item.by or item.remedy for item in found)
    words = " ".join(item.name.lower() for item in found)
    assert all(name in words for name in READERS if name not in ("image", "folder"))
    assert "folders of pictures, single pictures" in words


def test_missing_packages_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(sys.modules, "libarchive", None)
    libarchive.cache_clear()
    try:
        missing = {item.name: item.remedy for item in readable_formats() if item.by is None}
    finally:
        libarchive.cache_clear()
    assert "libarchive13" in missing["CB7, 7z"]
    assert "unar" in missing["CBR, RAR 4, solid"]
    assert "make system-deps" in missing["CBR, RAR"]
