"""A detector run over annotated pages: what it found, in reading order, and how long it took."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from warehouse.books.reading import OpenBook, open_book
from warehouse.contracts import DetectedPanel, Direction, PageName, PanelDetector, PanelRecord
from warehouse.evaluation.order import OrderFigures, judge_order
from warehouse.evaluation.panels import PanelFigures, judge_page, match_panels
from warehouse.evaluation.truth import TrueBook, TruePage
from warehouse.geometry import Box
from warehouse.reading_order import order_panels


@dataclass(frozen=True, slots=True)
class PageDetections:
    """The panels found on an annotated page, in reading order.  seconds: of the detector alone."""

    book: TrueBook
    page: TruePage
    panels: tuple[DetectedPanel, ...]
    seconds: float

    @property
    def boxes(self) -> list[Box]:
        return [panel.box for panel in self.panels]

    @property
    def is_judged(self) -> bool:
        """Whether its panels are compared: people drew some in this book, and it is no bare page."""
        return self.book.has_panels and self.page.may_be_story and self.page.panels is not None

    @property
    def is_bare(self) -> bool:
        """Whether people see no panels on it: a cover, an advertisement, a page of text."""
        return not self.page.may_be_story

    @property
    def stray(self) -> int:
        """Panels found where people see none."""
        return max(0, len(self.panels) - len(self.page.panels or ())) if self.is_bare else 0

    @property
    def errors(self) -> int:
        """Panels missed, and panels found that are none."""
        true = self.page.panels or ()
        return len(true) + len(self.panels) - 2 * len(match_panels(self.boxes, true))

    @property
    def pairs_wrong(self) -> int:
        """Pairs of matched panels that are read in the wrong order."""
        order = self.order()
        return order.pairs - order.pairs_right

    def figures(self) -> PanelFigures:
        return judge_page(self.boxes, self.page.panels or ())

    def order(self) -> OrderFigures:
        """The order of the panels that were found."""
        return judge_order([found for found, _ in match_panels(self.boxes, self.page.panels or ())])

    def order_of_true(self) -> OrderFigures:
        """The order of the boxes that people drew: of the ordering alone, whatever was found."""
        order = order_panels(self.page.panels or (), self.book.direction)
        return judge_order([order.index(place) for place in range(len(order))])


def detect_book(
    book: TrueBook, path: Path, detector: PanelDetector, every: int = 1
) -> Iterator[PageDetections]:
    """Run a detector on the pages whose panels are annotated, and on those that have none; or on a few."""
    asked = [
        page for page in book.pages if (book.has_panels and page.panels is not None) or not page.may_be_story
    ]
    with open_book(path) as opened:
        for page in asked[::every]:
            panels, seconds = detect_in_order(detector, opened, path, page.seq, book.direction)
            yield PageDetections(book, page, panels, seconds)


def detect_in_order(
    detector: PanelDetector, opened: OpenBook, path: Path, seq: int, direction: Direction
) -> tuple[tuple[DetectedPanel, ...], float]:
    """The panels of a page in reading order, and the seconds it took to find them."""
    page = opened.page_pixels(seq)
    started = time.perf_counter()
    if isinstance(detector, PanelRecord):
        name = PageName(str(path), opened.entries[seq], page.width, page.height)
        panels = detector.panels_of(name)
    else:
        panels = detector.detect(page.pixels)
    seconds = time.perf_counter() - started
    order = order_panels([panel.box for panel in panels], direction)
    return tuple(panels[place] for place in order), seconds
