"""What a file really is, from its first bytes.  A name is only a rumour."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from warehouse.books.compressed_stream import CompressedStream, StreamDamageError
from warehouse.books.limits import MIB, Limits
from warehouse.books.readers.tar_stream import BLOCK, is_tar_header
from warehouse.books.zip_archive import ZipArchive
from warehouse.books.zip_directory import (
    ZipDamageError,
    ZipSpannedError,
    ZipTooLargeError,
    read_directory,
)
from warehouse.errors import BookError

CONTAINER = "META-INF/container.xml"
HEAD_BYTES = 4096

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"PK\x03\x04", "zip"),
    (0, b"PK\x05\x06", "zip"),
    (0, b"PK\x07\x08", "zip"),
    (0, b"Rar!\x1a\x07", "rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (257, b"ustar", "tar"),
    (0, b"\x1f\x8b", "gzip"),
    (0, b"\xfd7zXZ\x00", "xz"),
    (0, b"BZh", "bzip2"),
    (0, b"\x28\xb5\x2f\xfd", "zstd"),
    (0, b"\xff\xd8\xff", "image"),
    (0, b"\x89PNG\r\n\x1a\n", "image"),
    (0, b"GIF8", "image"),
    (8, b"WEBP", "image"),
    (4, b"ftypavi", "image"),
    (4, b"ftyphei", "image"),
    (4, b"ftyphev", "image"),
    (4, b"ftypmif1", "image"),
    (4, b"ftypmsf1", "image"),
    (0, b"II*\x00", "image"),
    (0, b"MM\x00*", "image"),
    (0, b"II+\x00", "image"),
    (0, b"MM\x00+", "image"),
    (0, b"\x00\x00\x00\x0cjP  ", "image"),
    (0, b"\xff\x4f\xff\x51", "image"),
    (0, b"\xff\x0a", "image"),
    (0, b"\x00\x00\x00\x0cJXL ", "image"),
    (0, b"AT&TFORM", "djvu"),
    (60, b"BOOKMOBI", "mobi"),
    (7, b"**ACE**", "ace"),
)
_BMP_HEADER_SIZES = (12, 40, 52, 56, 64, 108, 124)
COMPRESSIONS = ("gzip", "xz", "bzip2", "zstd")
"""What a tar may be compressed with."""

_PROGRAMS = (b"MZ", b"\x7fELF")
_STUB_BYTES = 2 * MIB


def sniff(path: Path) -> str:
    """The format of a book by its content.

    'folder' | 'zip' | 'epub' | 'pdf' | 'rar' | '7z' | 'tar' (compressed or not) | 'gzip' | 'xz' | 'bzip2' |
    'zstd' (something else compressed) | 'djvu' | 'mobi' | 'ace' | 'image' | 'unknown'.
    Raises BookError 'path-missing', 'path-unreadable' or 'file-empty'.
    """
    try:
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            return "folder"
        if not stat.S_ISREG(status.st_mode):
            raise BookError(f"not a regular file: {path}", code="path-unreadable")
        with open(path, "rb") as file:
            head = file.read(HEAD_BYTES)
    except FileNotFoundError as fault:
        raise BookError(f"no such file or folder: {path}", code="path-missing") from fault
    except (OSError, ValueError) as fault:
        raise BookError(f"cannot read {path}: {fault}", code="path-unreadable") from fault
    if not head:
        raise BookError(f"the file is empty: {path}", code="file-empty", remedy="get the book again")
    return _refine(path, sniff_bytes(head))


def sniff_bytes(head: bytes) -> str:
    """The format that a file's first bytes announce, 'unknown' if none."""
    for offset, signature, name in _SIGNATURES:
        if head.startswith(signature, offset):
            return name
    if head.startswith(b"BM") and int.from_bytes(head[14:18], "little") in _BMP_HEADER_SIZES:
        return "image"
    if is_tar_header(head[:BLOCK]):
        return "tar"
    return "pdf" if b"%PDF-" in head[:1024] else "unknown"


def _refine(path: Path, found: str) -> str:
    if found in COMPRESSIONS:
        return "tar" if _begins_like_tar(path, found) else found
    if found == "unknown":
        found = _behind_prefix(path)
    return "epub" if found == "zip" and _has_epub_container(path) else found


def _begins_like_tar(path: Path, compression: str) -> bool:
    """Whether a tar is compressed; one too damaged to tell is taken for a tar, which then says so."""
    try:
        with open(path, "rb") as file:
            stream = CompressedStream(file, compression, HEAD_BYTES, path)
            try:
                return is_tar_header(stream.read(BLOCK))
            finally:
                stream.close()
    except StreamDamageError:
        return True
    except OSError:
        return False


def _behind_prefix(path: Path) -> str:
    """What lies behind a self-extractor or a damaged start; a zip is known by its end."""
    try:
        with open(path, "rb") as file:
            head = file.read(_STUB_BYTES)
            if head.startswith(_PROGRAMS):
                for signature, name in ((b"Rar!\x1a\x07", "rar"), (b"7z\xbc\xaf\x27\x1c", "7z")):
                    if signature in head:
                        return name
            read_directory(file, Limits())
    except (ZipSpannedError, ZipTooLargeError):
        return "zip"
    except (OSError, ZipDamageError):
        return "unknown"
    return "zip"


def _has_epub_container(path: Path) -> bool:
    try:
        archive = ZipArchive(path, Limits())
    except BookError:
        return False  # opening it as a zip says what is wrong with it
    names = {entry.filename for entry in archive.files}
    archive.close()
    return CONTAINER in names
