"""Zips that Python's zipfile refuses but readers of comics open, and zips that lie."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.unit.books.books_made import make_zip, pages
from warehouse.books.limits import Limits
from warehouse.books.reading import open_book
from warehouse.errors import BookError, PageError

PAGES = pages("1.png", "2.png", "3.png")


def book_code(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(BookError) as caught, open_book(path, limits):
        pass
    return caught.value.code


def page_codes(path: Path, limits: Limits | None = None) -> list[str]:
    codes = []
    with open_book(path, limits) as book:
        for seq in range(len(book.entries)):
            try:
                book.page_pixels(seq)
                codes.append("")
            except PageError as fault:
                codes.append(fault.code)
    return codes


def rewritten(path: Path, old: bytes, new: bytes) -> Path:
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new))
    return path


def streamed(method: int) -> bytes:
    """A zip written to a pipe: sizes and checksums follow the data."""

    class Pipe(io.BytesIO):
        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", method) as archive:
        for name, data in PAGES:
            archive.writestr(name, data)
    return pipe.getvalue()


def directory_start(data: bytes) -> int:
    return data.index(b"PK\x01\x02")


def test_a_name_that_is_not_the_unicode_it_claims(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.cbz", [("ü1.png", PAGES[0][1]), *PAGES[1:]])
    with open_book(rewritten(path, "ü1.png".encode(), b"\xff\xfe1.png")) as book:
        assert len(book.entries) == 3
        assert [book.page_pixels(seq).width for seq in range(3)] == [40] * 3


def test_names_without_the_unicode_flag(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.cbz", [("xx.png", PAGES[0][1]), ("yy.png", PAGES[1][1])])
    rewritten(path, b"xx.png", "ü.png".encode())
    with open_book(rewritten(path, b"yy.png", b"y\x81.png")) as book:
        assert set(book.entries) == {"ü.png", "yü.png"}


def test_garbage_before_and_behind(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.cbz", PAGES)
    path.write_bytes(b"#!/bin/sh\nexit\n" * 99 + path.read_bytes() + b"\0trailing PK\x05\x06 words" * 9)
    with open_book(path) as book:
        assert book.warnings == ()
    assert page_codes(path) == ["", "", ""]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_a_download_cut_short_keeps_its_first_pages(tmp_path: Path, method: int) -> None:
    path = make_zip(tmp_path / "a.cbz", PAGES, method)
    whole = path.read_bytes()
    path.write_bytes(whole[: directory_start(whole) - 5])
    with open_book(path) as book:
        assert book.entries == ("1.png", "2.png")
        assert [warning.code for warning in book.warnings] == ["archive-incomplete"]
        assert [book.page_pixels(seq).height for seq in (0, 1)] == [60, 61]
    path.write_bytes(whole[: directory_start(whole)])
    assert page_codes(path) == ["", "", ""]
    path.write_bytes(whole[:100])
    assert book_code(path) == "archive-broken"


def test_a_streamed_zip_is_recovered_too(tmp_path: Path) -> None:
    whole = streamed(zipfile.ZIP_DEFLATED)
    path = tmp_path / "a.cbz"
    path.write_bytes(whole)
    assert page_codes(path) == ["", "", ""]
    path.write_bytes(whole[: directory_start(whole) - 40])
    assert page_codes(path) == ["", ""]
    path.write_bytes(whole[: directory_start(whole) + 20])
    assert page_codes(path) == ["", "", ""]
    assert book_code(path, Limits(entry_bytes=100)) == "archive-broken"


def test_a_damaged_table_of_contents_is_done_without(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.cbz", PAGES)
    data = bytearray(path.read_bytes())
    second = data.index(b"PK\x01\x02", directory_start(bytes(data)) + 1)
    data[second] = 0
    path.write_bytes(data)
    with open_book(path) as book:
        assert [warning.code for warning in book.warnings] == ["archive-incomplete"]
    assert page_codes(path) == ["", "", ""]


def test_a_wrong_position_in_the_end_record_is_done_without(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.cbz", PAGES)
    data = bytearray(path.read_bytes())
    data[-6:-2] = struct.pack("<L", 12345)
    path.write_bytes(data)
    assert page_codes(path) == ["", "", ""]


def test_long_fields_and_impossible_positions(tmp_path: Path) -> None:
    path = tmp_path / "a.cbz"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in PAGES:
            with archive.open(name, "w", force_zip64=True) as entry:
                entry.write(data)
    assert page_codes(path) == ["", "", ""]
    record = struct.pack(
        "<4s6H3L5H2L", b"PK\x01\x02", 45, 45, 0, 0, 0, 0, 0, 0, 0, 5, 12, 0, 0, 0, 0, 2**32 - 1
    )
    table = record + b"x.png" + struct.pack("<HHQ", 1, 8, 2**64 - 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(table), 0, 0)
    path.write_bytes(table + end)
    assert book_code(path) in ("archive-broken", "not-an-archive")


def test_the_comment_is_kept(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.cbz", PAGES)
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = b'{"ComicBookInfo/1.0": {}} PK\x05\x06'
    with open_book(path) as book:
        assert book.comment == b'{"ComicBookInfo/1.0": {}} PK\x05\x06'
        assert len(book.entries) == 3


def test_one_part_of_several_is_named_as_such(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.zip", PAGES)
    data = bytearray(path.read_bytes())
    (tmp_path / "a.z01").write_bytes(b"PK\x07\x08" + data[:500])
    assert book_code(tmp_path / "a.z01") == "archive-multi-volume"
    data[-18:-14] = struct.pack("<HH", 1, 1)
    path.write_bytes(data)
    assert book_code(path) == "archive-multi-volume"


def test_a_few_pages_of_a_foreign_method_leave_the_others(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.cbz", PAGES)
    data = bytearray(path.read_bytes())
    data[directory_start(bytes(data)) + 10] = 98
    path.write_bytes(data)
    assert page_codes(path) == ["compression-unsupported", "", ""]


def test_links_are_not_followed(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.cbz", PAGES)
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("4.png")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    with open_book(path) as book:
        assert book.entries == ("1.png", "2.png", "3.png")
        assert [warning.code for warning in book.warnings] == ["entries-refused"]


def test_a_zip_of_zips_holds_no_pages(tmp_path: Path) -> None:
    inner = make_zip(tmp_path / "inner", PAGES).read_bytes()
    with pytest.raises(BookError, match="but 16 books: unpack it and ingest what comes out") as caught:
        open_book(make_zip(tmp_path / "42.zip", [(f"lib {place}.zip", inner) for place in range(16)]))
    assert caught.value.code == "no-pages"


def overlapping(count: int) -> bytes:
    """Entries that quote the headers of those behind them and share one kernel (Fifield 2019)."""
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    zeros = bytes(4_000_000)
    packed = kernel.compress(zeros) + kernel.flush()
    data, size, crc = packed, len(zeros), zlib.crc32(zeros)
    body, entries = b"", []
    for place in reversed(range(count)):
        name = f"{place}.png".encode()
        header = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(data), size, len(name), 0)
        local = header + name
        body = local + data
        entries.append((name, crc, len(data), size, len(body)))
        quoted = struct.pack("<BHH", 0, len(local), len(local) ^ 0xFFFF)
        crc = zlib.crc32(zeros, zlib.crc32(local)) if place == count - 1 else 0
        data, size = quoted + body, size + len(local)
    table = b"".join(
        struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, crc, packed_size, size,
            len(name), 0, 0, 0, 0, 0, len(body) - length,
        )
        + name
        for name, crc, packed_size, size, length in reversed(entries)
    )  # fmt: skip
    return body + table + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(table), len(body), 0)


def test_entries_that_share_bytes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.cbz"
    path.write_bytes(overlapping(200))
    assert len(path.read_bytes()) < 60_000
    tracemalloc.start()
    with open_book(path) as book:
        codes = set()
        for seq in range(200):
            try:
                book.page_bytes(seq)
                codes.add("")
            except PageError as fault:
                codes.add(fault.code)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert codes == {"entry-unreadable", ""}  # only the last entry has its bytes to itself
    assert peak < 50_000_000
    assert book_code(path, Limits(total_bytes=100_000_000)) == "archive-too-large"


def test_one_file_listed_many_times_is_read_once(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.cbz", PAGES[:1])
    data = path.read_bytes()
    start = directory_start(data)
    record = data[start : data.index(b"PK\x05\x06")]
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 50, 50, 50 * len(record), start, 0)
    path.write_bytes(data[:start] + record * 50 + end)
    assert sorted(page_codes(path)) == ["", *["entry-unreadable"] * 49]


@pytest.mark.parametrize("declared", [100, 90_000_000])
def test_lying_sizes_are_noticed_within_bounds(tmp_path: Path, declared: int) -> None:
    path = make_zip(tmp_path / "a.cbz", [("1.png", bytes(5_000_000)), *PAGES[1:]], zipfile.ZIP_DEFLATED)
    data = bytearray(path.read_bytes())
    struct.pack_into("<L", data, directory_start(bytes(data)) + 24, declared)
    path.write_bytes(data)
    tracemalloc.start()
    assert page_codes(path) == ["entry-unreadable", "", ""]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 30_000_000


def test_an_lzma_entry_gets_no_more_memory_than_its_size(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "a.cbz", PAGES, zipfile.ZIP_LZMA)
    data = bytearray(path.read_bytes())
    properties = data.index(b"1.png") + len("1.png") + 4
    data[properties + 1 : properties + 5] = b"\xff\xff\xff\xff"
    path.write_bytes(data)
    assert page_codes(path) == ["", "", ""]
