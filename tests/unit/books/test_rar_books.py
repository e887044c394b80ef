"""RAR books of stored pages, and everything that can be wrong with a RAR."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.unit.books.books_made import pages
from tests.unit.books.rars_made import NORMAL, Member, rar4, rar5
from warehouse.books.formats import sniff
from warehouse.books.limits import Limits
from warehouse.books.readers.libarchive_stream import libarchive
from warehouse.books.reading import open_book
from warehouse.errors import BookError, PageError

PICTURES = [Member(name, data) for name, data in pages("p10.png", "P2.png", "x/p1.png")]


def has_libarchive() -> bool:
    try:
        libarchive()
    except BookError:
        return False
    return True


def has_unar() -> bool:
    return shutil.which("unar") is not None


def written(folder: Path, data: bytes) -> Path:
    (folder / "a.cbz").write_bytes(data)
    return folder / "a.cbz"


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


@pytest.mark.parametrize("make", [rar4, rar5])
def test_stored_pages_are_read_where_they_lie(tmp_path: Path, make: type) -> None:
    sidecar = Member("ComicInfo.xml", b"<ComicInfo/>")
    with open_book(written(tmp_path, make([*PICTURES, sidecar, Member("notes.txt", b"x")]))) as book:
        assert (book.format, book.entries) == ("rar", ("P2.png", "p10.png", "x/p1.png"))
        assert [book.page_pixels(seq).height for seq in (2, 0, 1)] == [62, 61, 60]
        assert book.sidecars["comicinfo.xml"] == b"<ComicInfo/>"
        assert book.warnings == ()
        with pytest.raises(IndexError):
            book.page_bytes(3)


@pytest.mark.parametrize("make", [rar4, rar5])
def test_one_damaged_page_leaves_the_others(tmp_path: Path, make: type) -> None:
    spoilt = Member("p11.png", PICTURES[0].data, crc=1)
    short = Member("p12.png", PICTURES[0].data, size=10**6)
    path = written(tmp_path, make([*PICTURES, spoilt]))
    assert page_codes(path) == ["", "", "entry-unreadable", ""]
    # A stored file whose two sizes differ has to be unpacked, and every unpacker finds it damaged.
    path = written(tmp_path, make([*PICTURES, short]))
    if has_libarchive():
        assert page_codes(path) == ["", "", "entry-unreadable", ""]
    else:
        assert book_code(path) in ("reader-missing", "archive-broken")


@pytest.mark.parametrize("make", [rar4, rar5])
def test_a_download_cut_short_keeps_its_first_pages(tmp_path: Path, make: type) -> None:
    whole = make(PICTURES)
    with open_book(written(tmp_path, whole[:-30])) as book:
        assert book.entries == ("P2.png", "p10.png")
        assert [warning.code for warning in book.warnings] == ["archive-incomplete"]
        assert book.page_pixels(0).height == 61
    assert book_code(written(tmp_path, whole[:60])) == "archive-broken"


def test_encrypted_files_and_headers(tmp_path: Path) -> None:
    secret = [Member(page.name, page.data, encrypted=True) for page in PICTURES]
    assert book_code(written(tmp_path, rar4(secret))) == "archive-encrypted"
    assert book_code(written(tmp_path, rar5(secret))) == "archive-encrypted"
    assert book_code(written(tmp_path, rar4(PICTURES, flags=0x80))) == "archive-encrypted"
    assert page_codes(written(tmp_path, rar5([PICTURES[0], secret[1]]))) == ["entry-unreadable", ""]


@pytest.mark.parametrize(
    "data",
    [
        rar4(PICTURES, flags=0x11),
        rar4([*PICTURES[:2], Member("p3.png", PICTURES[2].data, flags=0x2)], flags=0x111),
        rar4([Member("p0.png", PICTURES[0].data, flags=0x1), *PICTURES[1:]], flags=0x1),
        rar5(PICTURES, flags=3, volume=1),
    ],
    ids=["later part", "first part", "old numbering", "later part, RAR 5"],
)
def test_one_part_of_several_is_named_as_such(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(BookError, match="beginning with the first") as caught:
        open_book(written(tmp_path, data))
    assert caught.value.code == "archive-multi-volume"


def test_links_are_not_followed(tmp_path: Path) -> None:
    link4 = Member("p9.png", b"/etc/passwd", mode=0o120777)
    link5 = Member("p9.png", b"", redirection="/etc/passwd")
    for data in (rar4([*PICTURES, link4]), rar5([*PICTURES, link5])):
        with open_book(written(tmp_path, data)) as book:
            assert len(book.entries) == 3
            assert [warning.code for warning in book.warnings] == ["entries-refused"]


def test_names_are_labels(tmp_path: Path) -> None:
    names = ["../../evil.png", "/abs.png", "-o.png", "$(reboot).png"]
    before = sorted(os.listdir(tmp_path.parent))
    members = [Member(name, data) for name, data in pages(*names)]
    assert page_codes(written(tmp_path, rar5(members))) == [""] * 4
    assert sorted(os.listdir(tmp_path.parent)) == before
    assert os.listdir(tmp_path) == ["a.cbz"]


def test_limits(tmp_path: Path) -> None:
    path = written(tmp_path, rar5(PICTURES))
    assert book_code(path, Limits(entries=2)) == "archive-too-large"
    assert book_code(path, Limits(total_bytes=100)) == "archive-too-large"
    assert page_codes(path, Limits(entry_bytes=10)) == ["image-too-large"] * 3


def test_comments_are_kept(tmp_path: Path) -> None:
    comment = b'{"ComicBookInfo/1.0": {}}'
    with open_book(written(tmp_path, rar4(PICTURES, comment=comment))) as book:
        assert book.comment == comment


def test_an_archive_of_archives_holds_no_pages(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="but 2 books") as caught:
        open_book(written(tmp_path, rar5([Member("a.cbz", b"PK"), Member("b.CBR", b"x")])))
    assert caught.value.code == "no-pages"


def test_a_self_extractor_is_a_rar(tmp_path: Path) -> None:
    path = written(tmp_path, b"MZ" + bytes(5000) + rar4(PICTURES))
    assert sniff(path) == "rar"
    assert page_codes(path) == [""] * 3


def packed(count: int = 2) -> Sequence[Member]:
    """Pages said to be packed, of which no unpacker makes anything."""
    return [Member(f"{place}.png", bytes([7, place]) * 40, NORMAL, size=5000) for place in range(count)]


def test_without_unpackers_the_missing_package_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(sys.modules, "libarchive", None)
    libarchive.cache_clear()
    try:
        for data, package in ((rar5(packed()), "libarchive13"), (rar4(packed(), flags=8), "unar")):
            with pytest.raises(BookError, match=package) as caught:
                open_book(written(tmp_path, data))
            assert caught.value.code == "reader-missing"
            assert "make system-deps" in str(caught.value)
        assert page_codes(written(tmp_path, rar5(PICTURES))) == [""] * 3
    finally:
        libarchive.cache_clear()


@pytest.mark.parametrize("make", [rar4, rar5])
def test_packed_nonsense_is_damage(tmp_path: Path, make: type) -> None:
    path = written(tmp_path, make(packed()))
    expected = "archive-broken" if has_libarchive() else "reader-missing"
    assert book_code(path) == expected
    path = written(tmp_path, make([*packed(), *PICTURES]))
    if has_libarchive():
        assert page_codes(path) == ["entry-unreadable", "entry-unreadable", "", "", ""]


def test_a_file_may_be_called_like_an_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "-o.rar").write_bytes(rar4(packed(), flags=8))
    monkeypatch.chdir(tmp_path)
    assert book_code(Path("-o.rar")) == ("archive-broken" if has_unar() else "reader-missing")
    assert os.listdir(tmp_path) == ["-o.rar"]
