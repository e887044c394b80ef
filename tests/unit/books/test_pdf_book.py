"""A PDF page that is no scan is drawn at a set short side, upright."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from warehouse.books.limits import Limits
from warehouse.books.reading import open_book


def drawn_pdf(path: Path, width: int, height: int, rotation: int = 0) -> Path:
    document = pypdfium2.PdfDocument.new()
    document.new_page(width, height).set_rotation(rotation)
    document.save(path)
    document.close()
    return path


@pytest.mark.parametrize(
    ("width", "height", "rotation", "size"),
    [(400, 600, 0, (1200, 1800)), (600, 400, 0, (1800, 1200)), (400, 600, 90, (1800, 1200))],
)
def test_short_side(tmp_path: Path, width: int, height: int, rotation: int, size: tuple[int, int]) -> None:
    with open_book(drawn_pdf(tmp_path / "a.pdf", width, height, rotation)) as book:
        assert book.page_size(0) == size
        assert book.page_pixels(0).pixels.shape == (size[1], size[0], 3)


def test_a_set_short_side_within_the_longest(tmp_path: Path) -> None:
    path = drawn_pdf(tmp_path / "a.pdf", 100, 1000)
    with open_book(path, Limits(pdf_short_side=300)) as book:
        assert book.page_size(0) == (300, 3000)
    with open_book(path, Limits(pdf_short_side=300, pdf_long_side=1500)) as book:
        assert book.page_size(0) == (150, 1500)
