"""The trained detector with the weights that come with it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from models.detectors import load_detector
from models.panel_votes.detector import VotingPanelDetector
from warehouse.contracts import PanelDetector, Pixels
from warehouse.errors import ModelError
from warehouse.geometry import Box


@pytest.fixture(scope="module", params=["trained", "both"])
def detector(request: pytest.FixtureRequest) -> PanelDetector:
    return load_detector(request.param, threads=1)


def page_of(height: int, width: int, *boxes: Box) -> Pixels:
    """White paper with panels on it: a border of ink around slanted strokes on a tone."""
    page = np.full((height, width, 3), 252, np.uint8)
    y, x = np.mgrid[:height, :width]
    strokes = np.where((x + 2 * y) % 37 < 4, 60, 200 + 30 * np.sin(x / 70) * np.sin(y / 90)).astype(np.uint8)
    for box in boxes:
        page[box.y : box.bottom, box.x : box.right] = 10
        inner = slice(box.y + 4, box.bottom - 4), slice(box.x + 4, box.right - 4)
        page[inner] = strokes[inner][..., None]
    return page


def test_it_finds_the_panels_of_a_page(detector: PanelDetector) -> None:
    boxes = [Box(60, 60, 880, 420), Box(60, 510, 420, 400), Box(510, 510, 430, 400), Box(60, 940, 880, 500)]
    found = sorted(detector.detect(page_of(1500, 1000, *boxes)), key=lambda panel: (panel.box.y, panel.box.x))
    assert [panel.box.iou(box) > 0.85 for panel, box in zip(found, boxes, strict=True)] == [True] * 4
    assert all(0 < panel.score <= 1 for panel in found)


def test_strips_are_looked_at_window_by_window(detector: PanelDetector) -> None:
    boxes = [Box(30, 60 + 700 * place, 540, 560) for place in range(6)]
    found = sorted(detector.detect(page_of(4300, 600, *boxes)), key=lambda panel: panel.box.y)
    assert [panel.box.iou(box) > 0.8 for panel, box in zip(found, boxes, strict=True)] == [True] * 6


@pytest.mark.parametrize("shape", [(1, 1, 3), (7, 400, 3), (300, 200, 3)])
def test_nothing_is_found_on_blank_or_tiny_pages(
    detector: PanelDetector, shape: tuple[int, int, int]
) -> None:
    assert detector.detect(np.full(shape, 250, np.uint8)) == []


def test_it_says_what_it_lacks(tmp_path: Path) -> None:
    lacking = VotingPanelDetector(weights=tmp_path)
    with pytest.raises(ModelError, match="cannot read the model description"):
        lacking.detect(page_of(300, 200))
