"""Odd inputs of every kind end as they should; packed RARs cannot be made here, so they are read."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from tests.real.odd import DATA, agrees_with_manifest, expectations, inputs, is_installed, outcomes
from warehouse.books.hashing import md5_hex
from warehouse.books.reading import open_book
from warehouse.database.connection import Database
from warehouse.errors import BookError, PageError

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="no real data beside the project: ../shared/data")

PACKED_RARS = ("komga/rar4-solid.rar", "komga/rar5-solid.rar", "comicbox/Captain Science #001-cbi.cbr")
NEEDS = dict(zip(PACKED_RARS, ("unar", "libarchive", "libarchive"), strict=True))


def test_every_odd_input_ends_as_it_should(database: Database) -> None:
    data = DATA.resolve()
    expected = expectations(data)
    names = inputs(data)
    assert set(names) == set(expected)
    found = outcomes(data, names, database)
    assert found == {name: expected[name].outcome for name in names}


def test_what_is_expected_is_what_the_manifest_asks() -> None:
    asked = [expected for expected in expectations(DATA).values() if expected.asked]
    manifest = (DATA / "generated" / "MANIFEST.tsv").read_text("utf-8").splitlines()
    assert len(asked) == len(manifest)
    for expected in asked:
        assert agrees_with_manifest(expected.outcome, expected.asked), expected


@pytest.mark.parametrize("name", PACKED_RARS)
def test_packed_rars_are_unpacked_once_and_checked(name: str) -> None:
    path = DATA / name
    if not is_installed(NEEDS[name]):
        with pytest.raises(BookError) as caught:
            open_book(path)
        assert caught.value.code == "reader-missing"
        return
    with open_book(path) as book:
        first = [md5_hex(book.page_bytes(seq)) for seq in range(len(book.entries))]
        again = [md5_hex(book.page_bytes(seq)) for seq in reversed(range(len(book.entries)))]
        assert first == again[::-1]
        assert all(book.page_pixels(seq).width > 40 for seq in range(len(book.entries)))


def test_solid_and_plain_rars_hold_the_same_page() -> None:
    pages = set()
    for name in ("rar4.rar", "rar4-solid.rar", "rar5.rar", "rar5-solid.rar"):
        try:
            with open_book(DATA / "komga" / name) as book:
                pages |= {book.page_bytes(seq) for seq in range(len(book.entries))}
        except BookError as fault:
            assert fault.code == "reader-missing"  # noqa: PT017 - as good as it gets on such a machine
    assert len(pages) == 1


@pytest.mark.parametrize("name", [*PACKED_RARS, "komga/rar4.rar", "komga/7zip.7z"])
def test_damage_is_never_passed_on_as_a_page(name: str, tmp_path: Path) -> None:
    """Whatever byte is spoilt and wherever the file ends: a page is what it was, or it is an error."""
    whole = (DATA / name).read_bytes()
    try:
        with open_book(DATA / name) as book:
            good = {book.page_bytes(seq) for seq in range(len(book.entries))}
    except BookError as fault:
        assert fault.code == "reader-missing"  # noqa: PT017 - as good as it gets on such a machine
        return
    path = tmp_path / "spoilt"
    for step in range(12):
        data = bytearray(whole)
        place = len(whole) * (step + 1) // 14
        if step % 2:
            data[place] ^= 0x10
        else:
            del data[place:]
        path.write_bytes(data)
        try:
            with open_book(path) as book:
                for seq in range(len(book.entries)):
                    try:
                        assert book.page_bytes(seq) in good
                    except PageError as fault:
                        assert fault.code == "entry-unreadable"  # noqa: PT017 - some pages survive
        except BookError as fault:
            assert fault.code in ("archive-broken", "reader-missing")  # noqa: PT017 - some books do


def test_the_comment_of_a_rar_is_read() -> None:
    path = DATA / "comicbox" / "Captain Science #001-cbi.cbr"
    if is_installed("libarchive"):
        with open_book(path) as book:
            assert b"ComicBookInfo/1.0" in book.comment


def test_a_packed_comment_of_a_rar_4_is_unpacked(tmp_path: Path) -> None:
    """A comment block is made of the packed bytes of a page: only unar can tell what it says."""
    solid = (DATA / "komga" / "rar4-solid.rar").read_bytes()
    place = solid.index(b"komga-1.png") - 32
    length = struct.unpack_from("<H", solid, place + 5)[0]
    packed_size, size = struct.unpack_from("<LL", solid, place + 7)
    fields = bytearray(solid[place + 7 : place + 32])
    struct.pack_into("<H", fields, 19, 3)
    block = struct.pack("<BHH", 0x7A, 0x8000, 32 + 3) + bytes(fields) + b"CMT"
    packed = solid[place + length : place + length + packed_size]
    comment = struct.pack("<H", zlib.crc32(block) & 0xFFFF) + block + packed
    plain = (DATA / "komga" / "rar4.rar").read_bytes()
    path = tmp_path / "a.cbr"
    path.write_bytes(plain[:20] + comment + plain[20:])
    with open_book(path) as book:
        assert len(book.entries) == 3
        if is_installed("unar"):
            assert book.comment.startswith("\ufffdPNG".encode())
            assert size == 3108
        else:
            assert book.comment == b""
