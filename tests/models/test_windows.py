"""Tall pictures are cut where nothing is drawn, and what a cut goes through is put together again."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from models.panel_detector import OpenCvPanelDetector
from models.windows import cut_windows
from warehouse.contracts import Pixels
from warehouse.geometry import Box


def strip(height: int, *drawn: Box, width: int = 400, paper: int = 255) -> Pixels:
    """A strip with hatched, framed pictures on it."""
    picture = np.full((height, width, 3), paper, np.uint8)
    for number, box in enumerate(drawn):
        noise = np.random.default_rng(number).integers(40, 200, (-(-box.h // 12), -(-box.w // 12), 3))
        picture[box.y : box.bottom, box.x : box.right] = np.kron(noise, np.ones((12, 12, 1)))[
            : box.h, : box.w
        ]
        for rows, columns in (
            (slice(box.y, box.y + 3), slice(box.x, box.right)),
            (slice(box.bottom - 3, box.bottom), slice(box.x, box.right)),
            (slice(box.y, box.bottom), slice(box.x, box.x + 3)),
            (slice(box.y, box.bottom), slice(box.right - 3, box.right)),
        ):
            picture[rows, columns] = 0
    return picture


ROW_OF_PANELS = [Box(20, 100 + 500 * place, 360, 400) for place in range(12)]


@pytest.mark.parametrize("height", [1, 700, 800, 801, 6200])
def test_windows_cover_a_picture_once(height: int) -> None:
    picture = strip(max(height, 6200), *ROW_OF_PANELS)[:height]
    windows = list(cut_windows(picture, 800, 1600))
    assert (windows[0].top, windows[-1].bottom) == (0, height)
    assert all(above.bottom == below.top for above, below in pairwise(windows))
    assert max(window.bottom - window.top for window in windows) <= 1600


def test_cuts_lie_in_gutters() -> None:
    windows = list(cut_windows(strip(6200, *ROW_OF_PANELS), 1200, 2400))
    assert len(windows) > 4
    assert not any(window.goes_on or window.blank for window in windows)
    assert not any(box.y < window.bottom < box.bottom for window in windows for box in ROW_OF_PANELS)


def test_a_gutter_is_preferred_to_a_plain_sky() -> None:
    picture = strip(3000, Box(0, 0, 400, 900), Box(0, 960, 400, 1500))
    picture[560:700] = (90, 150, 230)
    first = next(iter(cut_windows(picture, 1000, 2000)))
    assert 900 <= first.bottom <= 960


def test_what_no_row_parts_is_cut_at_the_longest() -> None:
    drawn = strip(5000, Box(0, 0, 400, 5000))
    windows = list(cut_windows(drawn, 800, 1600))
    assert [window.goes_on for window in windows] == [True, True, True, False]


def test_panels_of_a_tall_strip_are_all_found_once() -> None:
    found = OpenCvPanelDetector().detect(strip(6200, *ROW_OF_PANELS))
    assert len(found) == len(ROW_OF_PANELS)
    for box in ROW_OF_PANELS:
        assert max(panel.box.iou(box) for panel in found) > 0.95


def test_a_panel_longer_than_any_window_stays_one() -> None:
    box = Box(10, 200, 380, 4300)
    found = OpenCvPanelDetector().detect(strip(4800, box))
    assert [panel.box.iou(box) > 0.95 for panel in found] == [True]


@pytest.mark.parametrize("size", [(1, 20000), (20000, 1), (5, 300), (300, 5)])
def test_slivers_have_no_panels(size: tuple[int, int]) -> None:
    assert OpenCvPanelDetector().detect(np.zeros((*size, 3), np.uint8)) == []


def test_a_blank_strip_has_no_panels() -> None:
    assert OpenCvPanelDetector().detect(np.full((20000, 800, 3), 128, np.uint8)) == []
