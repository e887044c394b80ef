"""Small valid books of every format, to be damaged: made here, so that no archiver is needed."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import warnings
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import libarchive
from PIL import Image

from tests.unit.books.books_made import CONTAINER, FIXED, drawing, picture

Entries = list[tuple[str, bytes]]


@dataclass(frozen=True)
class Seed:
    """A valid book.  pack: entries to the bytes of a file; None for one that cannot be packed anew."""

    kind: str
    suffix: str
    data: bytes
    entries: Entries
    pack: Callable[[Entries], bytes] | None = None


COMICINFO = (
    b'<?xml version="1.0"?><ComicInfo><Series>Sea Tales</Series><Number>3</Number><Year>1951</Year>'
    b"<Writer>Ann Dew, Bo Kelp</Writer><Manga>YesAndRightToLeft</Manga><Web>https://example.org/3</Web>"
    b'<Pages><Page Image="0" Type="FrontCover"/><Page Image="2" Type="Story" DoublePage="true"/></Pages>'
    b"</ComicInfo>"
)
METRONINFO = (
    b"<MetronInfo><Series><Name>Sea Tales</Name><Volume>1</Volume></Series><Number>3</Number>"
    b"<ID><Primary source='Metron'>7</Primary></ID><CoverDate>1951-05-01</CoverDate></MetronInfo>"
)
COMET = (
    b"<comet><title>The Bell</title><series>Sea Tales</series><issue>3</issue><date>1951-05-01</date></comet>"
)
SERIES_JSON = json.dumps({"metadata": {"name": "Sea Tales", "year": 1951, "total_issues": 6}}).encode()
COMICBOOKINFO = json.dumps(
    {"appID": "x", "ComicBookInfo/1.0": {"series": "Sea Tales", "issue": 3, "credits": [{"person": "Ann"}]}}
).encode()
_ITEMS = "".join(f'<item id="i{n}" href="p{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(3))
PACKAGE = (
    '<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
    f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Sea</dc:title>{FIXED}</metadata>'
    f"<manifest>{_ITEMS}</manifest><spine>"
    '<itemref idref="i0"/><itemref idref="i1"/><itemref idref="i2"/></spine></package>'
).encode()


def seeds(shared: Path | None = None) -> list[Seed]:
    """One of every format, and the small RARs under `shared`, where there are any."""
    made = [_seed(kind, suffix, entries, pack) for kind, suffix, entries, pack in _RECIPES]
    made += [Seed("pdf", ".pdf", _pdf(**kind), []) for kind in ({}, {"quality": 30}, {"resolution": 300.0})]
    made += [Seed("image", ".cbz", data, []) for _, data in _every_picture()]
    found = sorted(shared.rglob("*.rar")) if shared else []
    return made + [
        Seed("rar (shared)", ".cbr", path.read_bytes(), []) for path in found if path.stat().st_size < 1 << 20
    ]


def _seed(kind: str, suffix: str, entries: Entries, pack: Callable[[Entries], bytes]) -> Seed:
    return Seed(kind, suffix, pack(entries), entries, pack)


def _every_picture() -> Entries:
    kinds = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "AVIF", "JPEG2000")
    endings = ("jpg", "png", "webp", "gif", "tif", "bmp", "avif", "jp2")
    return [
        (f"page {place}.{ending}", picture(drawing(40, 60, place), kind))
        for place, (kind, ending) in enumerate(zip(kinds, endings, strict=True))
    ]


def _pages() -> Entries:
    return _every_picture()[:3]


def _zip(method: int, comment: bytes = b"") -> Callable[[Entries], bytes]:
    def pack(entries: Entries) -> bytes:
        file = io.BytesIO()
        with warnings.catch_warnings(), zipfile.ZipFile(file, "w", method) as archive:
            warnings.simplefilter("ignore")  # names that repeat are wanted
            for name, data in entries:
                archive.writestr(zipfile.ZipInfo(name), data, compress_type=method)
            archive.comment = comment
        return file.getvalue()

    return pack


def _tar(compress: Callable[[bytes], bytes] = bytes) -> Callable[[Entries], bytes]:
    def pack(entries: Entries) -> bytes:
        file = io.BytesIO()
        with tarfile.open(fileobj=file, mode="w") as archive:
            for name, data in entries:
                member = tarfile.TarInfo(name)
                member.size = len(data)
                archive.addfile(member, io.BytesIO(data))
        return compress(file.getvalue())

    return pack


def _epub(entries: Entries) -> bytes:
    return _zip(zipfile.ZIP_DEFLATED)(entries)


def _epub_entries() -> Entries:
    documents = [
        (f"OPS/p{place}.xhtml", f'<html><body><img src="{name}"/></body></html>'.encode())
        for place, (name, _) in enumerate(_pages())
    ]
    pictures = [(f"OPS/{name}", data) for name, data in _pages()]
    head = [("mimetype", b"application/epub+zip"), ("META-INF/container.xml", CONTAINER)]
    return [*head, ("OPS/book.opf", PACKAGE), *documents, *pictures]


def _pdf(**options: float) -> bytes:
    first, *others = [Image.fromarray(drawing(40, 60, place)) for place in range(3)]
    file = io.BytesIO()
    first.save(
        file, "PDF", save_all=True, append_images=others, title="Sea Tales", author="Ann Dew", **options
    )
    return file.getvalue()


def _seven_zip(entries: Entries) -> bytes:
    blocks: list[bytes] = []

    def keep(block: bytes) -> int:
        blocks.append(bytes(block))
        return len(block)

    with libarchive.custom_writer(keep, "7zip") as archive:
        for name, data in entries:
            archive.add_file_from_memory(name, len(data), data)
    return b"".join(blocks)


def _rar4(entries: Entries) -> bytes:
    """RAR 1.5 to 4 as its technical note has it, nothing compressed."""

    def block(kind: int, flags: int, body: bytes, data: bytes = b"") -> bytes:
        head = bytes([kind]) + flags.to_bytes(2, "little") + (7 + len(body)).to_bytes(2, "little") + body
        return (zlib.crc32(head) & 0xFFFF).to_bytes(2, "little") + head + data

    parts = [b"Rar!\x1a\x07\x00", block(0x73, 0, bytes(6))]
    for name, data in entries:
        size, crc = len(data).to_bytes(4, "little"), zlib.crc32(data).to_bytes(4, "little")
        label = name.encode("utf-8", "replace")
        body = size + size + b"\x03" + crc + bytes(4) + b"\x14\x30" + len(label).to_bytes(2, "little")
        parts.append(block(0x74, 0x8000, body + (0o100644).to_bytes(4, "little") + label, data))
    return b"".join([*parts, block(0x7B, 0x4000, b"")])


def _rar5(entries: Entries) -> bytes:
    """RAR 5.0 as its technical note has it, nothing compressed."""

    def number(value: int) -> bytes:
        digits = bytearray()
        while value > 0x7F:
            digits.append(value & 0x7F | 0x80)
            value >>= 7
        return bytes([*digits, value])

    def block(body: bytes, data: bytes = b"") -> bytes:
        head = number(len(body)) + body
        return zlib.crc32(head).to_bytes(4, "little") + head + data

    parts = [b"Rar!\x1a\x07\x01\x00", block(b"\x01\x00\x00")]
    for name, data in entries:
        label = name.encode("utf-8", "replace")
        size = number(len(data))
        body = b"\x02\x02" + size + b"\x04" + size + number(0o100644) + zlib.crc32(data).to_bytes(4, "little")
        parts.append(block(body + b"\x00\x01" + number(len(label)) + label, data))
    return b"".join([*parts, block(b"\x05\x00\x00")])


_INFO = [("ComicInfo.xml", COMICINFO)]
_RECIPES: list[tuple[str, str, Entries, Callable[[Entries], bytes]]] = [
    ("zip stored", ".cbz", _every_picture() + _INFO, _zip(zipfile.ZIP_STORED)),
    ("zip deflate", ".cbz", [*_pages(), *_INFO, ("MetronInfo.xml", METRONINFO)], _zip(zipfile.ZIP_DEFLATED)),
    ("zip bzip2", ".cbz", [*_pages(), ("CoMet.xml", COMET)], _zip(zipfile.ZIP_BZIP2)),
    ("zip lzma", ".cbz", [*_pages(), ("series.json", SERIES_JSON)], _zip(zipfile.ZIP_LZMA, COMICBOOKINFO)),
    ("tar", ".cbt", _pages() + _INFO, _tar()),
    ("tar.gz", ".cbt", _pages() + _INFO, _tar(gzip.compress)),
    ("tar.xz", ".cbt", _pages(), _tar(lzma.compress)),
    ("tar.bz2", ".cbt", _pages(), _tar(bz2.compress)),
    ("7z", ".cb7", _pages() + _INFO, _seven_zip),
    ("rar4", ".cbr", _pages() + _INFO, _rar4),
    ("rar5", ".cbr", _pages() + _INFO, _rar5),
    ("epub", ".epub", _epub_entries(), _epub),
]
