"""7z books, packed by libarchive where it is installed; where it is not, the error that says so."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.unit.books.books_made import pages
from warehouse.books.limits import Limits
from warehouse.books.readers.libarchive_stream import libarchive
from warehouse.books.reading import open_book
from warehouse.errors import BookError, PageError

SIGNATURE = b"7z\xbc\xaf\x27\x1c\0\4"
PAGES = pages("p10.png", "P2.png", "ü/p1.png")


def has_libarchive() -> bool:
    try:
        libarchive()
    except BookError:
        return False
    return True


HAS_LIBARCHIVE = has_libarchive()


def make_7z(path: Path, files: Sequence[tuple[str, bytes]]) -> Path:
    """A 7z of these files; its mere signature where nothing here can pack one."""
    if not HAS_LIBARCHIVE:
        path.write_bytes(SIGNATURE + bytes(100))
        return path
    import libarchive.write

    with libarchive.write.file_writer(str(path), "7zip") as archive:
        for name, data in files:
            archive.add_file_from_memory(name, len(data), data)
    return path


def book_code(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(BookError) as caught, open_book(path, limits):
        pass
    return caught.value.code


def expected(code: str) -> str:
    return code if HAS_LIBARCHIVE else "reader-missing"


def test_pages_in_order_and_at_random_access(tmp_path: Path) -> None:
    path = make_7z(tmp_path / "a.cbz", [*PAGES, ("ComicInfo.xml", b"<ComicInfo/>"), ("a.txt", b"x" * 99)])
    if not HAS_LIBARCHIVE:
        assert book_code(path) == "reader-missing"
        return
    with open_book(path) as book:
        assert (book.format, book.entries) == ("7z", ("P2.png", "p10.png", "ü/p1.png"))
        assert [book.page_pixels(seq).height for seq in (2, 0, 1)] == [62, 61, 60]
        assert book.sidecars["comicinfo.xml"] == b"<ComicInfo/>"
        with pytest.raises(IndexError):
            book.page_bytes(3)


def test_without_libarchive_the_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make_7z(tmp_path / "a.cb7", PAGES)
    monkeypatch.setitem(sys.modules, "libarchive", None)
    libarchive.cache_clear()
    try:
        with pytest.raises(BookError, match="libarchive13") as caught:
            open_book(path)
        assert caught.value.code == "reader-missing"
    finally:
        libarchive.cache_clear()


def test_damage_and_limits(tmp_path: Path) -> None:
    path = make_7z(tmp_path / "a.cb7", PAGES)
    assert book_code(path, Limits(entries=2)) == expected("archive-too-large")
    assert book_code(path, Limits(total_bytes=500)) == expected("archive-too-large")
    if HAS_LIBARCHIVE:
        with open_book(path, Limits(entry_bytes=500)) as book, pytest.raises(PageError) as caught:
            book.page_bytes(0)
        assert caught.value.code == "image-too-large"
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert book_code(path) == expected("archive-broken")
    assert book_code(path.rename(tmp_path / "a.7z.001")) == expected("archive-multi-volume")
    path.write_bytes(SIGNATURE + bytes(100))
    assert book_code(path) == expected("no-pages")


def test_a_7z_of_books_says_so(tmp_path: Path) -> None:
    path = make_7z(tmp_path / "a.7z", [("a.cbz", b"PK"), ("b.cbr", b"x")])
    with pytest.raises(BookError, match="2 books" if HAS_LIBARCHIVE else "libarchive13"):
        open_book(path)


def test_names_are_labels(tmp_path: Path) -> None:
    path = make_7z(tmp_path / "a.cb7", pages("../../evil.png", "/abs.png"))
    if HAS_LIBARCHIVE:
        with open_book(path) as book:
            assert set(book.entries) == {"../../evil.png", "/abs.png"}
    assert [item.name for item in tmp_path.iterdir()] == ["a.cb7"]
