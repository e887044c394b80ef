"""Formats are told by content, whatever a file is called."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.unit.books.books_made import drawing, make_epub, make_zip, pages, picture
from warehouse.books.formats import sniff, sniff_bytes
from warehouse.errors import BookError


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"%PDF-1.7", "pdf"), (b"\n\n%PDF-1.4", "pdf"),
        (b"Rar!\x1a\x07\x01\x00", "rar"), (b"7z\xbc\xaf\x27\x1c", "7z"), (bytes(257) + b"ustar\x0000", "tar"),
        (b"\x1f\x8b\x08", "gzip"), (b"\xfd7zXZ\x00", "xz"), (b"BZh9", "bzip2"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"\x28\xb5\x2f\xfd", "zstd"), (b"PK\x07\x08PK\x03\x04", "zip"),
        (b"BM" + bytes(12) + b"\x28\0\0\0", "image"), (b"BMW is a car maker", "unknown"),
        (b"\0\0\0\x20ftypavif", "image"), (b"\0\0\0\x18ftypmif1", "image"), (b"\xff\x4f\xff\x51", "image"),
        (bytes(7) + b"**ACE**", "ace"), (bytes(4096), "unknown"),
        (b"RIFF\0\0\0\0WEBP", "image"), (b"plain words", "unknown"), (b"", "unknown"),
    ],
)  # fmt: skip
def test_signatures(head: bytes, name: str) -> None:
    assert sniff_bytes(head) == name


def test_files_and_folders(tmp_path: Path) -> None:
    assert sniff(tmp_path) == "folder"
    assert sniff(make_zip(tmp_path / "a.cbr", pages("1.png"))) == "zip"
    assert sniff(make_epub(tmp_path / "a.zip", [], [])) == "epub"
    prefixed = tmp_path / "self-extractor"
    prefixed.write_bytes(os.urandom(300) + (tmp_path / "a.cbr").read_bytes())
    assert sniff(prefixed) == "zip"
    (tmp_path / "a.cbz").write_bytes(picture(drawing()))
    assert sniff(tmp_path / "a.cbz") == "image"


def test_what_cannot_be_read_has_a_code(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    os.mkfifo(tmp_path / "pipe")
    codes = {
        "empty": "file-empty",
        "pipe": "path-unreadable",
        "gone": "path-missing",
        "nul\0": "path-unreadable",
    }
    for name, code in codes.items():
        with pytest.raises(BookError) as caught:
            sniff(tmp_path / name)
        assert caught.value.code == code
