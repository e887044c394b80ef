"""Real books and hostile archives, read from beside the project."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import numpy as np
import pytest

from warehouse.books.hashing import fingerprint, phash64
from warehouse.books.images import jxl_installed
from warehouse.books.metadata import gather_metadata
from warehouse.books.reading import OpenBook, open_book
from warehouse.books.sources import find_books
from warehouse.errors import BookError, PageError

DATA = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"
ODD = DATA / "odd" / "generated"

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="no real data beside the project: ../shared/data")

TRUTHS = sorted((DATA / "truth").glob("*.json"))


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: truth.stem)
def test_real_books_open_with_their_pages_and_direction(truth: Path) -> None:
    known = json.loads(truth.read_text("utf-8"))
    path = DATA / known["book"]
    with open_book(path) as book:
        metadata = gather_metadata(path, book)
        sizes = [book.page_size(seq) for seq in range(len(book.entries))]
        page = book.page_pixels(0)
    assert len(book.entries) == len(known["pages"])
    assert (metadata.direction, metadata.language) == (known["direction"], known["language"])
    assert (page.width, page.height) == sizes[0]
    for seq, size in enumerate(sizes):
        declared = (known["pages"][seq].get("width") or size[0], known["pages"][seq].get("height") or size[1])
        assert size == declared
    assert metadata.warnings == ()


def test_a_real_pdf() -> None:
    path = DATA / "books" / "buster-bear-010.pdf"
    with open_book(path) as book:
        metadata = gather_metadata(path, book)
        assert [book.page_size(seq) for seq in range(3)] == [(844, 1222), (827, 1215), (840, 1213)]
        assert len(book.entries) == 3
        assert not fingerprint(book.page_pixels(0).pixels).low_information
    assert (metadata.number, metadata.direction) == ("10", "ltr")


def test_all_real_books_are_found() -> None:
    assert len(list(find_books([DATA / "books"]))) == 11


PAGE_COUNTS = {
    "good-3-pages.cbz": 3, "natural-order.cbz": 6, "junk-entries.cbz": 2, "nested-folders.cbz": 4,
    "zip-slip.cbz": 4,
    "garbage-prefix.cbz": 3, "zip-named-cbr.cbr": 3, "pdf-named-cbz.cbz": 1, "truncated-jpeg.cbz": 3,
    "zero-byte-page.cbz": 3, "image-formats.cbz": 16, "tiny-and-strip.cbz": 4, "png-bomb-30000x30000.cbz": 2,
    "spread.cbz": 2, "duplicate-pages.cbz": 3, "unicode-names.cbz": 4, "comicinfo-rtl.cbz": 3,
    "comicinfo-malformed.cbz": 1, "comicinfo-billion-laughs.cbz": 1, "comicinfo-utf16-bom.cbz": 1,
    "comicinfo-page-out-of-range.cbz": 1, "three-pages.pdf": 3, "jpeg-named-cbz.cbz": 1, "truncated.cbz": 1,
}  # fmt: skip
PAGE_CODES = {
    "truncated-jpeg.cbz": {1: "image-truncated"},
    "zero-byte-page.cbz": {1: "image-empty"},
    "image-formats.cbz": {} if jxl_installed() else {15: "image-unsupported"},
    "png-bomb-30000x30000.cbz": {0: "image-too-large"},
}
METADATA_CODES = {
    "comicinfo-malformed.cbz": ["metadata-broken"],
    "comicinfo-billion-laughs.cbz": ["metadata-refused"],
    "truncated.cbz": ["archive-incomplete"],
}


@pytest.mark.parametrize("name", PAGE_COUNTS)
def test_odd_books_open(name: str) -> None:
    codes = {}
    with open_book(ODD / name) as book:
        assert len(book.entries) == PAGE_COUNTS[name]
        for seq in range(len(book.entries)):
            try:
                book.page_pixels(seq)
            except PageError as fault:
                codes[seq] = fault.code
        metadata = gather_metadata(ODD / name, book)
    assert codes == PAGE_CODES.get(name, {})
    assert [warning.code for warning in metadata.warnings] == METADATA_CODES.get(name, [])


def test_odd_orders_sizes_and_metadata() -> None:
    with open_book(ODD / "natural-order.cbz") as book:
        assert book.entries == tuple(f"page {number}.jpg" for number in (1, 2, 3, 9, 10, 11))
    with open_book(ODD / "nested-folders.cbz") as book:
        assert [entry.split("/")[1] for entry in book.entries] == ["ch 1", "ch 1", "ch 2", "ch 10"]
    with open_book(ODD / "spread.cbz") as book:
        width, height = book.page_size(1)
        assert width > height
    with open_book(ODD / "image-formats.cbz") as book:
        rotated = book.page_pixels(11)
        assert (rotated.width, rotated.height) == (480, 675)
    with open_book(ODD / "comicinfo-rtl.cbz") as book:
        known = gather_metadata(ODD / "comicinfo-rtl.cbz", book)
        assert known.direction == "rtl"
        assert known.page_types == {0: "cover", 1: "story", 2: "advertisement"}
    with open_book(ODD / "comicinfo-utf16-bom.cbz") as book:
        assert gather_metadata(ODD / "comicinfo-utf16-bom.cbz", book).series_name == "Ünï"


def test_duplicates_have_one_hash() -> None:
    with open_book(ODD / "duplicate-pages.cbz") as book:
        first, same, reencoded = (book.page_pixels(seq) for seq in range(3))
    assert first.md5 == same.md5 != reencoded.md5
    assert (phash64(first.pixels) ^ phash64(reencoded.pixels)).bit_count() <= 2


def test_one_drawing_in_many_formats_looks_the_same() -> None:
    """Each picture of the formats book is close in hash to the plain JPEG of the same page."""
    with open_book(ODD / "image-formats.cbz") as book:
        pages = [book.page_pixels(seq).pixels for seq in range(15)]
    same_drawing = [seq for seq in range(15) if pages[seq].shape == (675, 480, 3)]
    hashes = {seq: phash64(pages[seq]) for seq in same_drawing}
    near = [seq for seq in same_drawing if (hashes[0] ^ hashes[seq]).bit_count() <= 8]
    assert {0, 1, 4, 5, 7} <= set(near)
    assert all(30 < float(np.mean(pages[seq])) < 250 for seq in near)


def test_blank_and_tiny_pages_are_low_information() -> None:
    with open_book(ODD / "tiny-and-strip.cbz") as book:
        blank = [fingerprint(book.page_pixels(seq).pixels).low_information for seq in range(3)]
    assert blank == [True, True, True]


@pytest.mark.parametrize("folder", ["komga", "comicbox", "stump", "libarchive-c"])
def test_foreign_books_open_or_are_refused_with_a_code(folder: str) -> None:
    """Whatever other readers test themselves with raises our errors only, and nothing leaks as a warning."""
    opened = 0
    for path in sorted((DATA / "odd" / folder).iterdir()):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                with open_book(path) as book:
                    gather_metadata(path, book)
                    for seq in range(len(book.entries)):
                        opened += _decodes(book, seq)
            except BookError as fault:
                assert fault.code not in ("failed", "book-unreadable")  # noqa: PT017 - the code is the claim
    assert opened > 0 or folder == "libarchive-c"


def _decodes(book: OpenBook, seq: int) -> bool:
    try:
        return book.page_pixels(seq).pixels.size > 0
    except PageError:
        return False
