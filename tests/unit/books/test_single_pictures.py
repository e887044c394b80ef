"""A picture file is a book of one page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.books.books_made import drawing, picture
from warehouse.books.images import jxl_installed
from warehouse.books.limits import Limits
from warehouse.books.reading import open_book
from warehouse.errors import BookError, PageError


def book_code(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(BookError) as caught:
        open_book(path, limits)
    return caught.value.code


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF", "BMP", "TIFF", "JPEG2000"])
def test_one_picture_one_page(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "strange name"
    path.write_bytes(picture(drawing(48, 60), kind))
    with open_book(path) as book:
        assert (book.format, book.entries, dict(book.sidecars)) == ("image", ("strange name",), {})
        assert book.page_size(0) == (48, 60)
        assert book.page_pixels(0).pixels.shape == (60, 48, 3)
        with pytest.raises(IndexError):
            book.page_bytes(1)


def test_pictures_that_cannot_be_read_have_their_own_codes(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(picture(drawing(400, 600), "JPEG"))
    assert book_code(path, Limits(pixels=1000)) == "image-too-large"
    assert book_code(path, Limits(entry_bytes=1000)) == "image-too-large"
    path.write_bytes(path.read_bytes()[:3000])
    with open_book(path) as book, pytest.raises(PageError) as caught:
        book.page_pixels(0)
    assert caught.value.code == "image-truncated"
    path.write_bytes(b"\0\0\0\x18ftypheic" + bytes(50))
    assert book_code(path) == "image-unsupported"
    path.write_bytes(b"\xff\xd8\xff" + bytes(50))
    assert book_code(path) == "image-broken"


def test_jpeg_xl_needs_its_plugin(tmp_path: Path) -> None:
    path = tmp_path / "a.jxl"
    path.write_bytes(b"\xff\x0a" + bytes(50))
    if jxl_installed():
        assert book_code(path) == "image-broken"
        return
    with pytest.raises(BookError, match=r"comic-warehouse\[jxl\]") as caught:
        open_book(path)
    assert caught.value.code == "image-unsupported"


def test_a_picture_that_goes_away_is_a_page_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(picture(drawing()))
    with open_book(path) as book:
        path.unlink()
        with pytest.raises(PageError) as caught:
            book.page_bytes(0)
    assert caught.value.code == "entry-unreadable"
