"""Names of the same page, here and elsewhere."""

from __future__ import annotations

import pytest

from models.detectors.page_names import agreement, name_parts, page_parts
from warehouse.contracts import PageName


def shared(book: str, entry: str, elsewhere: str) -> int:
    page = PageName(book, entry, 800, 1200)
    return max(agreement(name_parts(elsewhere), form) for form in page_parts(page))


@pytest.mark.parametrize(
    ("book", "entry", "elsewhere", "parts"),
    [
        ("/c/Red Sonja 001.cbz", "003.jpg", "Red Sonja 001/003.jpg", 2),
        ("/c/Red Sonja 001.cbz", "003.jpg", "E:\\scans\\red sonja 001\\003.PNG", 2),
        ("/c/Red Sonja 001.cbz", "Red Sonja 001/003.jpg", "Red Sonja 001/003.jpg", 2),
        ("/c/Red Sonja 001.cbz", "Red Sonja 001/003.jpg", "c/Red Sonja 001/003.jpg", 3),
        ("/c/Red Sonja 001.cbz", "pages/003.jpg", "/x/Red Sonja 001.cbz/003.jpg", 2),
        ("/c/Red Sonja 001.cbz", "pages/003.jpg", "/x/Red Sonja 001/pages_003.jpg", 2),
        ("/c/Red Sonja 001", "003.jpg", "/c/Red Sonja 001/003.jpg", 3),
        ("/c/Poster.png", "Poster.png", "/c/Poster.png", 2),
        ("/c/Red Sonja 001.cbz", "003.jpg", "Red Sonja 002/003.jpg", 1),
        ("/c/Red Sonja 001.cbz", "003.jpg", "003.jpg", 1),
        ("/c/Red Sonja 001.cbz", "003.jpg", "Red Sonja 001/004.jpg", 0),
        ("/c/Vol.1 no.2.cbz", "p.01.jpg", "Vol.1 no.2/p.01.jpg", 2),
        ("/c/Caf\u00e9.cbz", "1.jpg", "Cafe\u0301/1.jpg", 2),
    ],
)
def test_parts_in_common(book: str, entry: str, elsewhere: str, parts: int) -> None:
    assert shared(book, entry, elsewhere) == parts
