"""A text reader run over annotated pages: how well it read, and to which panel each text was given."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from warehouse.books.reading import open_book
from warehouse.contracts import PanelDetector, ReadLine, TextReader
from warehouse.evaluation.detections import detect_in_order
from warehouse.evaluation.panels import match_panels, ratio
from warehouse.evaluation.text import TextFigures, judge_texts, lines_of_texts
from warehouse.evaluation.truth import TrueBook, TruePage, TrueText
from warehouse.geometry import Box
from warehouse.text_layout import group_lines


@dataclass(frozen=True, slots=True)
class PlaceFigures:
    """Of the texts that were read and that people gave a panel: how many the warehouse gives the same one.

    among_true: if the panels are those that people drew; among_found: those that are found on the page.
    """

    texts: int = 0
    among_true: int = 0
    among_found: int = 0

    def __add__(self, other: PlaceFigures) -> PlaceFigures:
        return PlaceFigures(
            self.texts + other.texts,
            self.among_true + other.among_true,
            self.among_found + other.among_found,
        )

    @property
    def share_of_true(self) -> float:
        return ratio(self.among_true, self.texts)

    @property
    def share_of_found(self) -> float:
        return ratio(self.among_found, self.texts)


@dataclass(frozen=True, slots=True)
class PageReading:
    """The lines read on an annotated page.  seconds: of the reader alone.  found: the panels found on it."""

    book: TrueBook
    page: TruePage
    lines: tuple[ReadLine, ...]
    found: tuple[Box, ...]
    seconds: float

    @property
    def true_boxes(self) -> list[Box]:
        return [text.box for text in self.page.texts or ()]

    @property
    def line_boxes(self) -> list[Box]:
        return [line.box for line in self.lines]

    def figures(self) -> TextFigures:
        return judge_texts(self.lines, self.page.texts or (), self.book.direction)

    def places(self) -> PlaceFigures:
        """Texts of which no line was read are left out: they are missing, not misplaced."""
        texts, true = self.page.texts or (), self.page.panels or ()
        matches = dict(match_panels(self.found, true))
        of_true, of_found = panels_of_lines(self.lines, true), panels_of_lines(self.lines, self.found)
        figures = PlaceFigures()
        for text, own in zip(texts, lines_of_texts(self.lines, texts), strict=True):
            if text.panel is not None and own and true:
                among_true = _most_common(of_true[place] for place in own) == text.panel
                found = _most_common(of_found[place] for place in own)
                right = found is not None and matches.get(found) == text.panel
                figures += PlaceFigures(1, int(among_true), int(right))
        return figures


def panels_of_lines(lines: Sequence[ReadLine], panels: Sequence[Box]) -> list[int | None]:
    """The panel that the warehouse gives each line, with the balloon or caption that it is part of."""
    given: list[int | None] = [None] * len(lines)
    for block in group_lines(lines, panels):
        for place in block.lines:
            given[place] = block.panel
    return given


def _most_common(panels: Iterable[int | None]) -> int | None:
    """The first on a tie."""
    return Counter(panels).most_common(1)[0][0]


def read_book(
    book: TrueBook, path: Path, reader: TextReader, detector: PanelDetector
) -> Iterator[PageReading]:
    """Read the pages that have a text somebody transcribed."""
    with open_book(path) as opened:
        for page in book.pages:
            if any(has_text(text) for text in page.texts or ()):
                pixels = opened.page_pixels(page.seq).pixels
                started = time.perf_counter()
                lines = tuple(reader.read(pixels))
                seconds = time.perf_counter() - started
                placed = any(text.panel is not None for text in page.texts or ())
                found = detect_in_order(detector, opened, path, page.seq, book.direction)[0] if placed else ()
                yield PageReading(book, page, lines, tuple(panel.box for panel in found), seconds)


def has_text(text: TrueText) -> bool:
    return text.text is not None
