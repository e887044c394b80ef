"""Panels, reading order, text and page types against human truth.

    python -m tests.real.accuracy --truth DIR --books DIR [--draw DIR] [--panels-only] [--only NAME]

Panels are judged on story pages, and on pages whose type nobody noted: a cover is no panel to the people
who annotated it, though nothing on it tells a detector so.  Panels found on the other pages are counted
under `stray`.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cv2

from models.profiles import load_profile
from tests.real.page_reading import page_evidence
from warehouse.books.reading import open_book
from warehouse.cli.train import SAME_TYPE
from warehouse.contracts import Direction, PanelDetector, Pixels, Profile, TextReader
from warehouse.evaluation.panels import PanelFigures, judge_page
from warehouse.evaluation.text import TextFigures, judge_texts
from warehouse.evaluation.truth import TrueBook, TruePage, load_truth
from warehouse.geometry import Box
from warehouse.reading_order import order_panels
from warehouse.stages.ahead import mapped_ahead

TRUE_COLOUR, FOUND_COLOUR = (0, 160, 0), (220, 0, 0)


@dataclass
class BookFigures:
    """What was measured on one book.  Seconds are of the models alone, without opening pages."""

    name: str
    panels: PanelFigures = field(default_factory=PanelFigures)
    stray: int = 0
    texts: TextFigures = field(default_factory=TextFigures)
    panel_seconds: list[float] = field(default_factory=list)
    text_seconds: list[float] = field(default_factory=list)


def read_truths(truth: Path, books: Path) -> Iterator[tuple[TrueBook, Path]]:
    """The annotated books that are there."""
    for file in sorted(truth.glob("*.json")):
        book = load_truth(file)
        path = books / book.file
        if path.exists():
            yield book, path


def pages_of(book: TrueBook, path: Path) -> Iterator[tuple[TruePage, Pixels]]:
    with open_book(path) as opened:
        for page in book.pages:
            if page.panels is not None or page.texts:
                yield page, opened.page_pixels(page.seq).pixels


def find_panels(detector: PanelDetector, pixels: Pixels, direction: Direction) -> tuple[list[Box], float]:
    """Boxes in reading order, and the seconds it took to find them."""
    started = time.perf_counter()
    boxes = [panel.box for panel in detector.detect(pixels)]
    seconds = time.perf_counter() - started
    return [boxes[index] for index in order_panels(boxes, direction)], seconds


def is_judged(book: TrueBook, page: TruePage) -> bool:
    """Whether panels of this page are compared; a book of empty lists has no annotated panels at all."""
    return bool(page.page_type in (None, "story") and page.panels is not None and has_panels(book))


def has_panels(book: TrueBook) -> bool:
    return any(page.panels for page in book.pages)


def measure_book(
    book: TrueBook, path: Path, detector: PanelDetector, reader: TextReader | None, drawings: Path | None
) -> BookFigures:
    figures = BookFigures(book.name)
    for page, pixels in pages_of(book, path):
        if has_panels(book) and page.panels is not None:
            boxes, seconds = find_panels(detector, pixels, book.direction)
            figures.panel_seconds.append(seconds)
            if is_judged(book, page):
                figures.panels += judge_page(boxes, page.panels)
            else:
                figures.stray += max(0, len(boxes) - len(page.panels))
            if drawings is not None:
                draw(drawings / f"{book.name}_{page.seq:03}.jpg", pixels, boxes, page.panels)
        if reader is not None and any(text.text for text in page.texts or ()):
            started = time.perf_counter()
            lines = reader.read(pixels)
            figures.text_seconds.append(time.perf_counter() - started)
            figures.texts += judge_texts(lines, page.texts or ())
    return figures


def draw(file: Path, pixels: Pixels, found: Sequence[Box], true: Sequence[Box]) -> None:
    """Write a page with its true panels in green and what was found in red, numbered in reading order."""
    picture = cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)
    for colour, boxes, inset in ((TRUE_COLOUR, true, 4), (FOUND_COLOUR, found, 0)):
        for number, box in enumerate(boxes, start=1):
            corner = (box.x + inset, box.y + inset)
            cv2.rectangle(picture, corner, (box.right - 1 - inset, box.bottom - 1 - inset), colour[::-1], 4)
            at = (box.x + 12 + 12 * inset, box.y + 50)
            cv2.putText(picture, str(number), at, cv2.FONT_HERSHEY_SIMPLEX, 1.5, colour[::-1], 4)
    file.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(file), picture)


def panel_rows(measured: Sequence[BookFigures]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        ("panels", "pages", "F1", "precision", "recall", "all right", "order", "stray", "s/page")
    ]
    every = BookFigures("all")
    for figures in measured:
        if figures.panels.pages:
            rows.append(panel_row(figures))
            every.panels += figures.panels
            every.stray += figures.stray
            every.panel_seconds += figures.panel_seconds
    return [*rows, panel_row(every)]


def panel_row(figures: BookFigures) -> tuple[str, ...]:
    panels, seconds = figures.panels, figures.panel_seconds
    shares = (panels.f1, panels.precision, panels.recall, panels.share_right, panels.order)
    speed = sum(seconds) / max(1, len(seconds))
    return (
        figures.name,
        str(panels.pages),
        *(f"{share:.3f}" for share in shares),
        str(figures.stray),
        f"{speed:.3f}",
    )


def text_rows(measured: Sequence[BookFigures]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [("text", "boxes", "character error rate", "s/page")]
    read = [figures for figures in measured if figures.texts.boxes]
    for figures in read:
        speed = sum(figures.text_seconds) / len(figures.text_seconds)
        rate = figures.texts.character_error_rate
        rows.append((figures.name, str(figures.texts.boxes), f"{rate:.3f}", f"{speed:.2f}"))
    return rows


def type_rows(profile: Profile, truths: Sequence[tuple[TrueBook, Path]]) -> list[tuple[str, ...]]:
    """Predicted page types, beside calling the first page a cover and all others story.

    Some of these books were among those the predictor was fitted to; `warehouse train page-types` prints the
    agreement on series held out.
    """
    rows: list[tuple[str, ...]] = [("page types", "pages", "right", "story or not", "first is cover")]
    for book, path in truths:
        told = {
            page.seq: SAME_TYPE.get(page.page_type, page.page_type) for page in book.pages if page.page_type
        }
        if told:
            said = predicted_types(profile, path)
            pairs = [(name, said[seq], "story" if seq else "cover") for seq, name in told.items()]
            right = sum(name == guess for name, guess, _ in pairs) / len(pairs)
            story = sum((name == "story") == (guess == "story") for name, guess, _ in pairs) / len(pairs)
            plain = sum(name == other for name, _, other in pairs) / len(pairs)
            rows.append((book.name, str(len(pairs)), f"{right:.3f}", f"{story:.3f}", f"{plain:.3f}"))
    return rows


def predicted_types(profile: Profile, path: Path) -> list[str]:
    """The predicted type of every page of a book."""
    with open_book(path) as opened:
        count = len(opened.entries)
        read = mapped_ahead(
            lambda seq: page_evidence(profile, opened.page_pixels(seq), seq, count), range(count), threads=2
        )
        return [guess.page_type for guess in profile.page_types.predict([page for _, page in read])]


def print_table(rows: Sequence[Sequence[str]]) -> None:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
        print("  ".join([row[0].ljust(widths[0]), *cells[1:]]))
    print()


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--truth", type=Path, required=True, help="folder of annotations, a JSON file a book")
    parser.add_argument("--books", type=Path, required=True, help="folder of the books they are about")
    parser.add_argument("--profile", default="offline", help="model profile to measure")
    parser.add_argument("--draw", type=Path, help="folder to write pages with boxes to")
    parser.add_argument("--only", default="", help="measure only books with this in their name")
    parser.add_argument("--panels-only", action="store_true", help="leave out text, the slow part")
    return parser.parse_args()


def main() -> None:
    options = parse_options()
    cv2.setNumThreads(1)
    profile = load_profile(options.profile, threads=1)
    reader = None if options.panels_only else profile.text_reader
    truths = [
        (book, path) for book, path in read_truths(options.truth, options.books) if options.only in book.name
    ]
    measured = [
        measure_book(book, path, profile.panel_detector, reader, options.draw) for book, path in truths
    ]
    print_table(panel_rows(measured))
    if reader is not None:
        print_table(text_rows(measured))
        print_table(type_rows(profile, truths))


if __name__ == "__main__":
    main()
