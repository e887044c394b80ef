"""Strips, slices and spreads of real books: what is cut well, what goes on, where spreads fold.

python -m tests.real.layouts --data ../shared/data
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from models.panel_detector import OpenCvPanelDetector
from models.text_reader import RapidOcrReader
from warehouse.books.reading import open_book
from warehouse.books.slices import borders_of, goes_on
from warehouse.cli.output import echo_table
from warehouse.contracts import Pixels, ReadLine
from warehouse.evaluation.text import judge_texts
from warehouse.evaluation.truth import TrueText, load_truth
from warehouse.geometry import Box
from warehouse.stages.panels import detect_on_page

STRIP = "climate-frogs-webtoon"
TALL = 1, 13
"""Slices joined into the tall page: 800 x 15,360 pixels."""

FOLDED = (
    "balloon_dream.cbz",
    "tencho_isoro.cbz",
    "boureisougi.cbz",
    "haruko.epub",
    "science-comics-001.cbz",
    "pepper-and-carrot-06-en.cbz",
    "pepper-and-carrot-03-en.cbz",
)
OFF = 0.03
"""Of the width of a spread that a fold may lie beside where the pages were joined: anywhere in the gutter."""


def pages_of(path: Path) -> list[Pixels]:
    with open_book(path) as book:
        return [book.page_pixels(seq).pixels for seq in range(len(book.entries))]


def tall_rows(data: Path) -> Iterator[tuple[str, ...]]:
    """Text of twelve slices joined into one page: shrunk whole, in windows, and slice by slice."""
    drawn = pages_of(data / "books" / f"{STRIP}.cbz")[slice(*TALL)]
    tall, height = np.concatenate(drawn), drawn[0].shape[0]
    truth = load_truth(data / "truth" / f"{STRIP}.json")
    texts = [
        replace(text, box=lowered(text.box, (page.seq - TALL[0]) * height))
        for page in truth.pages[slice(*TALL)]
        for text in page.texts or ()
    ]
    reader = RapidOcrReader(threads=1)
    yield "800 x 15,360", "lines", "characters", "character error rate"
    yield text_row("shrunk whole", reader._read_tile(tall, 0), texts)
    yield text_row("in windows", reader.read(tall), texts)
    apart = [
        replace(line, box=lowered(line.box, place * height))
        for place, page in enumerate(drawn)
        for line in reader.read(page)
    ]
    yield text_row("slice by slice", apart, texts)


def text_row(name: str, lines: Sequence[ReadLine], texts: Sequence[TrueText]) -> tuple[str, ...]:
    characters = sum(len(line.text) for line in lines)
    return (
        name,
        str(len(lines)),
        str(characters),
        f"{judge_texts(lines, texts).character_error_rate:.3f}",
    )


def lowered(box: Box, by: int) -> Box:
    return Box(box.x, box.y + by, box.w, box.h)


def slice_rows(data: Path) -> Iterator[tuple[str, ...]]:
    """Borders between pages that something drawn goes on over: neighbours, and pages that are none."""
    yield "borders gone over", "neighbours", "found", "others", "wrongly found"
    for path in sorted((data / "books").glob("*.*")):
        borders = [borders_of(page) for page in pages_of(path)]
        count = len(borders)
        found = sum(goes_on(borders[k], borders[k + 1], expected=True) for k in range(count - 1))
        others = [(a, b) for a in range(count) for b in range(count) if b not in (a, a + 1)]
        wrong = sum(goes_on(borders[a], borders[b], expected=True) for a, b in others)
        yield path.stem, str(count - 1), str(found), str(len(others)), str(wrong)


def fold_rows(data: Path) -> Iterator[tuple[str, ...]]:
    """Pages joined two by two as a scanner would, and drawings that are one."""
    detector = OpenCvPanelDetector()
    yield "spreads", "pictures", "folds", "in the gutter"
    for name in FOLDED:
        drawn = [page for page in pages_of(data / "books" / name)[2:-1] if page.shape[0] > page.shape[1]]
        pairs = folds = right = 0
        for left, other in zip(drawn[::2], drawn[1::2], strict=False):
            height = min(left.shape[0], other.shape[0])
            spread = np.concatenate([left[:height], other[:height]], axis=1)
            _, fold = detect_on_page(detector, spread, double=True)
            pairs += 1
            folds += fold is not None
            right += fold is not None and abs(fold - left.shape[1]) <= OFF * spread.shape[1]
        yield f"{name} joined", str(pairs), str(folds), str(right)
    plates = pages_of(data / "train" / "cruikshank" / "my-sketch-book.cbz")
    wide = [page for page in plates if page.shape[1] > page.shape[0]]
    covers = [pages_of(path)[0] for path in sorted((data / "train" / "pepper-carrot").glob("*.cbz"))]
    for name, drawings in (("one drawing: plates", wide), ("one drawing: title pictures", covers)):
        found = sum(detect_on_page(detector, drawing, double=True)[1] is not None for drawing in drawings)
        yield name, str(len(drawings)), str(found), "-"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with books/, truth/ and train/")
    data = parser.parse_args().data
    for headings, *rows in (tall_rows(data), slice_rows(data), fold_rows(data)):
        echo_table(headings, rows)


if __name__ == "__main__":
    main()
