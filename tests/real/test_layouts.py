"""Strips, slices, spreads and directions of real books."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from models.panel_detector import OpenCvPanelDetector
from models.text_reader import RapidOcrReader
from warehouse.books.reading import open_book
from warehouse.books.scanner_pages import scanner_pages
from warehouse.books.slices import Borders, borders_of, goes_on
from warehouse.books.spreads import double_pages, find_fold
from warehouse.contracts import Pixels
from warehouse.records import StoredBook, StoredPage
from warehouse.stages.panels import detect_on_page, detect_on_part
from warehouse.stages.slice_runs import FoundPage, chains, is_strip, joined_at_parts, parts
from warehouse.stages.text import seen_direction

FROGS = "climate-frogs-webtoon.cbz"
CONTINUED = [2, 4, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17, 19, 21, 22, 24, 25]
"""Slices of Climate Frogs at whose head something drawn or written goes on, as seen by a person."""

PAGE_BOOKS = (
    "balloon_dream.cbz",
    "tencho_isoro.cbz",
    "haruko.epub",
    "pepper-and-carrot-06-en.cbz",
    "science-comics-001.cbz",
)


def pictures(shared: Path, name: str) -> list[Pixels]:
    with open_book(shared / "data" / "books" / name) as book:
        return [book.page_pixels(seq).pixels for seq in range(len(book.entries))]


def stored(drawn: list[Pixels]) -> Iterator[tuple[StoredPage, Pixels]]:
    for seq, pixels in enumerate(drawn):
        height, width = pixels.shape[:2]
        yield StoredPage(seq, seq, width, height, "", False, 0, 0, 0, True, "", f"{seq}", False, None), pixels


def continued(borders: list[Borders], *, expected: bool) -> list[int]:
    return [
        seq for seq in range(1, len(borders)) if goes_on(borders[seq - 1], borders[seq], expected=expected)
    ]


def test_slices_go_on_where_people_see_it(shared: Path) -> None:
    borders = [borders_of(page) for page in pictures(shared, FROGS)]
    assert continued(borders, expected=True) == CONTINUED
    assert len(continued(borders, expected=False)) >= 12
    wrong = [(a, b) for a in range(26) for b in range(26) if b not in (a, a + 1)]
    assert not any(goes_on(borders[a], borders[b], expected=True) for a, b in wrong)


@pytest.mark.parametrize("name", PAGE_BOOKS)
def test_pages_of_other_books_do_not_go_on(shared: Path, name: str) -> None:
    assert continued([borders_of(page) for page in pictures(shared, name)], expected=True) == []


def test_panels_cross_slices(shared: Path) -> None:
    drawn = pictures(shared, FROGS)[7:16]
    found: list[FoundPage] = []
    for part in parts(stored(drawn), vertical=True):
        found.extend(detect_on_part(OpenCvPanelDetector(), part))
    found = joined_at_parts(found)
    assert is_strip(found)
    assert [place and place[0] for place in chains(found)] == [0] * 9
    assert [place and place[1] for place in chains(found)] == [1280 * seq for seq in range(9)]
    crossing = [any(panel.to_next for panel in page.panels) for page in found[:-1]]
    back = [any(panel.from_previous for panel in page.panels) for page in found[1:]]
    assert crossing == back
    assert [crossing[seq] for seq in (0, 3, 4, 5, 6, 7)] == [True] * 6  # by eye: a drawing is cut there
    for page in found:
        for panel in page.panels:
            assert panel.box.clipped(800, 1280) == panel.box


def test_a_very_tall_page_keeps_its_text_and_panels(shared: Path) -> None:
    drawn = pictures(shared, FROGS)[5:9]
    tall = np.concatenate(drawn)
    reader = RapidOcrReader(threads=1)
    whole = {line.text for line in reader.read(tall)}
    single = {line.text for page in drawn[1:2] for line in reader.read(page)}
    assert len(single & whole) >= 0.7 * len(single)
    assert sum(len(text) for text in whole) > 350
    panels = [panel.box for panel in OpenCvPanelDetector().detect(tall)]
    assert 4 <= len(panels) <= 8
    assert max(box.iou(other) for box in panels for other in panels if box != other) < 0.1


@pytest.mark.parametrize("name", PAGE_BOOKS)
def test_two_pages_scanned_together_part_at_the_fold(shared: Path, name: str) -> None:
    """Most pairs of pages fold; what runs out over the edge of both is one drawing to anyone who looks."""
    drawn = [page for page in pictures(shared, name)[2:14] if page.shape[0] > page.shape[1]]
    detector, folds, pairs = OpenCvPanelDetector(), [], 0
    for left, right in zip(drawn[::2], drawn[1::2], strict=False):
        height = min(left.shape[0], right.shape[0])
        spread = np.concatenate([left[:height], right[:height]], axis=1)
        pairs += 1
        _, fold = detect_on_page(detector, spread, double=True)
        if fold is not None:
            folds.append(fold - left.shape[1])
    assert len(folds) >= pairs / 3 if name == "haruko.epub" else len(folds) >= 0.6 * pairs
    assert all(abs(off) < 45 for off in folds)


def test_drawings_over_two_pages_do_not_fold(shared: Path) -> None:
    with open_book(shared / "data" / "train" / "cruikshank" / "my-sketch-book.cbz") as book:
        plates = [book.page_pixels(seq).pixels for seq in range(8)]
    assert [find_fold(plate) for plate in plates] == [None] * 8


def test_the_odd_spread_is_one(shared: Path) -> None:
    with open_book(shared / "data" / "odd" / "generated" / "spread.cbz") as book:
        sizes = [book.page_size(seq) for seq in range(2)]
        spread = book.page_pixels(1).pixels
    assert double_pages(sizes, frozenset()) == {1}
    panels, fold = detect_on_page(OpenCvPanelDetector(), spread, double=True)
    assert fold is not None
    assert abs(fold - 480) < 8
    assert not any(panel.box.x < fold - 5 and panel.box.right > fold + 5 for panel in panels)


@pytest.mark.parametrize("folder", ["books", "train"])
def test_no_real_book_has_false_spreads_or_scanners_pages(shared: Path, folder: str) -> None:
    for path in sorted((shared / "data" / folder).glob("**/*.*")):
        if path.suffix in (".cbz", ".epub"):
            with open_book(path) as book:
                sizes = [book.page_size(seq) for seq in range(len(book.entries))]
                assert double_pages(sizes, frozenset()) == frozenset(), path.name
                assert scanner_pages(book.entries, sizes) == {}, path.name


def test_a_blank_strip_has_nothing_on_it(shared: Path) -> None:
    with open_book(shared / "data" / "odd" / "generated" / "tiny-and-strip.cbz") as book:
        strip = book.page_pixels(3).pixels
    assert strip.shape[:2] == (20000, 800)
    assert OpenCvPanelDetector().detect(strip) == []
    assert RapidOcrReader(threads=1).read(strip) == []


@pytest.mark.parametrize(
    ("name", "seq", "seen"),
    [("balloon_dream.cbz", 9, "rtl"), ("haruko.epub", 3, "rtl"), ("pepper-and-carrot-06-en.cbz", 6, None)],
)
def test_columns_of_text_show_the_direction(shared: Path, name: str, seq: int, seen: str | None) -> None:
    with open_book(shared / "data" / "books" / name) as book:
        lines = RapidOcrReader(threads=1).read(book.page_pixels(seq).pixels)
    found = seen_direction(StoredBook(1, name, "ltr", None, "new", 0.6), [lines])
    assert (found and found.direction) == seen
