"""Outlines of panels on their way from a detector to the pages they are on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from warehouse.contracts import DetectedPanel, PageName, Pixels
from warehouse.geometry import Box
from warehouse.records import StoredPage
from warehouse.stages.panels import detect_on_page
from warehouse.stages.recorded_panels import RecordedBook
from warehouse.stages.slice_runs import Part, detect_on_strip, joined_at_parts

SLANTED = DetectedPanel(Box(10, 20, 60, 80), 0.9, ((10, 20), (70, 20), (50, 100), (10, 100)))


class Slanted:
    """The same panel on whatever picture."""

    name, revision = "slanted", "1"

    def detect(self, page: Pixels) -> list[DetectedPanel]:
        return [SLANTED]


class SlantedRecord(Slanted):
    """The same panel on every page but those named 'unknown'."""

    def knows(self, page: PageName) -> bool:
        return page.entry != "unknown"

    def panels_of(self, page: PageName) -> list[DetectedPanel]:
        return [SLANTED] if self.knows(page) else []


def page(seq: int, width: int, height: int, entry: str = "known") -> StoredPage:
    return StoredPage(seq, seq, width, height, "", False, 0, 0, 0, True, "", entry, False, None)


def part(*pages: StoredPage) -> Part:
    pictures: Sequence[Pixels] = [np.zeros((p.height, p.width, 3), np.uint8) for p in pages]
    return Part(pages, tuple(pictures), linked=False)


def test_outlines_are_divided_among_slices_and_scaled_to_them() -> None:
    upper, lower = detect_on_strip(Slanted(), part(page(0, 100, 60), page(1, 200, 200)))
    [above], [below] = upper.panels, lower.panels
    assert above.box == Box(10, 20, 60, 40)
    assert set(above.polygon or ()) == {(10, 20), (70, 20), (60, 60), (10, 60)}
    assert below.box == Box(20, 0, 120, 80)
    assert set(below.polygon or ()) == {(20, 0), (120, 0), (100, 80), (20, 80)}


def test_outlines_on_the_right_half_of_a_spread_are_shifted() -> None:
    spread = np.random.default_rng(1).integers(0, 120, (200, 400, 3), np.uint8)
    spread[:, 195:205] = 255
    panels, fold = detect_on_page(Slanted(), spread, double=True)
    assert fold is not None
    left, right = panels
    assert left == SLANTED
    assert right.box.x == 10 + fold
    assert right.polygon == tuple((x + fold, y) for x, y in SLANTED.polygon or ())


def test_recorded_panels_stay_on_their_pages() -> None:
    pages = (page(0, 100, 100), page(1, 100, 100, "unknown"), page(2, 100, 100))
    book = RecordedBook(SlantedRecord(), "record", "book.cbz", pages)
    found = book.found_on(part(*pages))
    assert [len(on.panels) for on in found] == [1, 0, 1]
    assert found[0].panels[0].polygon == SLANTED.polygon
    assert [on.linked for on in found] == [False, True, True]


def test_recorded_panels_over_a_border_of_slices_are_one() -> None:
    class Whole(SlantedRecord):
        def panels_of(self, page: PageName) -> list[DetectedPanel]:
            return [DetectedPanel(Box(0, 0, page.width, page.height), 1.0)]

    pages = (page(0, 100, 100), page(1, 100, 100))
    one, two = joined_at_parts(RecordedBook(Whole(), "record", "book.cbz", pages).found_on(part(*pages)))
    assert one.panels[0].to_next
    assert two.panels[0].from_previous
