"""Tars of every age and compression, and what is hostile in them."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import tarfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.unit.books.books_made import pages
from warehouse.books.compressed_stream import zstd
from warehouse.books.formats import sniff
from warehouse.books.limits import Limits
from warehouse.books.reading import open_book
from warehouse.errors import BookError, PageError

COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {
    "plain": bytes,
    "gz": gzip.compress,
    "xz": lzma.compress,
    "bz2": lambda data: bz2.compress(data, 1),
    "zst": zstd.compress,
}
EVERY_WAY = pytest.mark.parametrize("way", COMPRESSORS)
PAGES = pages("p10.png", "P2.png", "p1.png")


def link(name: str, target: str, kind: bytes = tarfile.SYMTYPE) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def tarred(
    files: Sequence[tuple[str, bytes]],
    others: Sequence[tarfile.TarInfo] = (),
    format_: int = tarfile.GNU_FORMAT,
) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=format_) as archive:
        for other in others:
            archive.addfile(other)
        for name, data in files:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


def written(folder: Path, data: bytes) -> Path:
    (folder / "a.cbz").write_bytes(data)
    return folder / "a.cbz"


def book_code(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(BookError) as caught, open_book(path, limits):
        pass
    return caught.value.code


@EVERY_WAY
def test_pages_in_order_and_at_random_access(tmp_path: Path, way: str) -> None:
    data = tarred([*PAGES, ("ComicInfo.xml", b"<ComicInfo/>"), ("big.txt", bytes(100_000))])
    with open_book(written(tmp_path, COMPRESSORS[way](data))) as book:
        assert (book.format, book.entries) == ("tar", ("p1.png", "P2.png", "p10.png"))
        assert [book.page_pixels(seq).height for seq in (2, 0, 1)] == [60, 62, 61]
        assert book.sidecars["comicinfo.xml"] == b"<ComicInfo/>"
        assert book.warnings == ()
        with pytest.raises(IndexError):
            book.page_bytes(3)


def test_tars_without_magic_are_known_by_their_checksum(tmp_path: Path) -> None:
    data = bytearray(tarred(PAGES))
    place = 0
    for _, page in PAGES:
        data[place + 257 : place + 500] = bytes(243)
        data[place + 148 : place + 156] = b"%06o\0 " % (
            sum(data[place : place + 148]) + 256 + sum(data[place + 156 : place + 512])
        )
        place += 512 + -(-len(page) // 512) * 512
    assert b"ustar" not in data
    path = written(tmp_path, bytes(data))
    assert sniff(path) == "tar"
    with open_book(path) as book:
        assert len(book.entries) == 3
        assert book.page_pixels(0).height == 62


@pytest.mark.parametrize("format_", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_long_and_foreign_names(tmp_path: Path, format_: int) -> None:
    long = "/".join(["folder" * 4] * 8) + "/p1.png"
    names = [long] if format_ == tarfile.USTAR_FORMAT else [long, "Ünï-第1巻.png", "x" * 300 + ".png"]
    with open_book(written(tmp_path, tarred(pages(*names), format_=format_))) as book:
        assert set(book.entries) == set(names)
        assert all(book.page_pixels(seq).width == 40 for seq in range(len(names)))


@EVERY_WAY
def test_links_devices_and_sparse_files_are_not_followed(tmp_path: Path, way: str) -> None:
    (tmp_path / "secret").write_bytes(PAGES[0][1])
    strange = [
        link("a.png", str(tmp_path / "secret")),
        link("b.png", "../../secret"),
        link("c.png", "p1.png", tarfile.LNKTYPE),
        link("d.png", "", tarfile.CHRTYPE),
        link("e.png", "", tarfile.BLKTYPE),
        link("f.png", "", tarfile.FIFOTYPE),
        link("g.png", "", tarfile.DIRTYPE),
    ]
    with open_book(written(tmp_path, COMPRESSORS[way](tarred(PAGES, strange)))) as book:
        assert len(book.entries) == 3
        assert [warning.code for warning in book.warnings] == ["entries-refused"]
        assert "7 links" in book.warnings[0].message
    only_links = COMPRESSORS[way](tarred([], strange))
    assert book_code(written(tmp_path, only_links)) == "no-pages"


def test_sparse_files_are_passed_over(tmp_path: Path) -> None:
    sparse = bytearray(512)
    info = tarfile.TarInfo("bomb.png")
    info.size, info.type = 512, tarfile.GNUTYPE_SPARSE
    sparse[:] = info.tobuf(tarfile.GNU_FORMAT)
    sparse[386:410] = b"%011o\0%011o\0" % (0, 512)
    sparse[482:495] = b"\0%011o\0" % (1 << 32)
    sparse[148:156] = b"        "
    sparse[148:156] = b"%06o\0 " % sum(sparse)
    with open_book(written(tmp_path, bytes(sparse) + bytes(512) + tarred(PAGES))) as book:
        assert len(book.entries) == 3
        assert [warning.code for warning in book.warnings] == ["entries-refused"]


def test_names_are_labels_and_may_repeat(tmp_path: Path) -> None:
    names = ("../../evil.png", "/abs/evil.png", "C:\\x.png", "a.png", "a.png")
    before = sorted(os.listdir(tmp_path.parent))
    with open_book(written(tmp_path, gzip.compress(tarred(pages(*names))))) as book:
        assert sorted(book.entries) == sorted(names)
        assert all(book.page_pixels(seq).width == 40 for seq in range(5))
    assert sorted(os.listdir(tmp_path.parent)) == before
    assert os.listdir(tmp_path) == ["a.cbz"]


@EVERY_WAY
def test_a_download_cut_short_keeps_its_first_pages(tmp_path: Path, way: str) -> None:
    noise = [(f"{place}.png", data + os.urandom(300_000)) for place, (_, data) in enumerate(PAGES)]
    whole = COMPRESSORS[way](tarred(noise))
    with open_book(written(tmp_path, whole[: len(whole) * 5 // 6])) as book:
        assert 0 < len(book.entries) < 3
        assert book.page_pixels(0).height == 60
        assert [warning.code for warning in book.warnings] == ["archive-incomplete"]
    assert book_code(written(tmp_path, whole[: len(whole) // 9])) == "archive-broken"


def test_a_damaged_header_in_the_middle_is_noticed(tmp_path: Path) -> None:
    data = bytearray(tarred(PAGES))
    data[data.index(b"P2.png")] ^= 1
    with open_book(written(tmp_path, bytes(data))) as book:
        assert book.entries == ("p10.png",)
        assert [warning.code for warning in book.warnings] == ["archive-incomplete"]


def test_a_wrong_checksum_of_the_whole_is_noticed(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(tarred(PAGES)))
    packed[-6] ^= 1
    with open_book(written(tmp_path, bytes(packed))) as book:
        assert [warning.code for warning in book.warnings] == ["archive-incomplete"]


@pytest.mark.parametrize("way", ["gz", "xz", "bz2", "zst"])
def test_what_is_compressed_but_no_tar_is_refused(tmp_path: Path, way: str) -> None:
    path = written(tmp_path, COMPRESSORS[way](PAGES[0][1]))
    with pytest.raises(BookError, match="holds no tar") as caught:
        open_book(path)
    assert caught.value.code == "format-unsupported"
    packed = COMPRESSORS[way](tarred([("a.txt", b"x")]))
    assert book_code(written(tmp_path, packed)) == "no-pages"
    assert book_code(written(tmp_path, packed[:40])) == "archive-broken"


@pytest.mark.parametrize("way", ["gz", "zst"])
def test_bombs_are_bounded_while_they_unpack(tmp_path: Path, way: str) -> None:
    limits = Limits(entry_bytes=100_000, total_bytes=2_000_000)
    large = written(tmp_path, COMPRESSORS[way](tarred([*PAGES, ("p3.png", bytes(500_000))])))
    with open_book(large, limits) as book, pytest.raises(PageError) as caught:
        book.page_bytes(2)
    assert caught.value.code == "image-too-large"
    bomb = COMPRESSORS[way](tarred([("a.txt", bytes(5_000_000)), *PAGES]))
    assert book_code(written(tmp_path, bomb), limits) == "archive-too-large"
    assert book_code(large, Limits(entries=2)) == "archive-too-large"
    assert book_code(large, Limits(spool_bytes=10_000)) == "archive-too-large"


def test_lying_sizes(tmp_path: Path) -> None:
    data = bytearray(tarred(PAGES))
    for size in (b"77777777777\0", b"\x80" + b"\xff" * 11, b"\xff" * 12):
        data[124:136] = size
        data[148:156] = b"        "
        data[148:156] = b"%06o\0 " % sum(data[:512])
        assert book_code(written(tmp_path, bytes(data))) == "archive-broken"
        assert book_code(written(tmp_path, gzip.compress(bytes(data)))) in (
            "archive-broken",
            "archive-too-large",
        )
    head = tarfile.TarInfo("x" * 200)
    head.type, head.size = tarfile.XHDTYPE, 1 << 40
    endless = head.tobuf(tarfile.GNU_FORMAT)[-512:] + bytes(4096)
    assert book_code(written(tmp_path, endless)) == "archive-broken"


def test_a_tar_of_archives_says_so(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="but 2 books"):
        open_book(
            written(tmp_path, gzip.compress(tarred([("a.cbz", b"x"), ("b.cbr", b"y"), ("c.txt", b"")])))
        )
