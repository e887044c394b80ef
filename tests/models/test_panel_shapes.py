"""Outlines of panels that are not boxes."""

from __future__ import annotations

import cv2
import numpy as np

from models.panel_detector import OpenCvPanelDetector
from warehouse.contracts import DetectedPanel, Pixels
from warehouse.geometry import polygon_area

WIDTH, HEIGHT = 800, 1200


def slanted_page(drop: int) -> tuple[Pixels, list[np.ndarray]]:
    """Two tiers parted by a gutter that falls by so many pixels from left to right."""
    page = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    upper = np.array([(40, 40), (760, 40), (760, 560 + drop), (40, 560)], np.int32)
    lower = np.array([(40, 590), (760, 590 + drop), (760, 1160), (40, 1160)], np.int32)
    for shape, shade in ((upper, 150), (lower, 110)):
        cv2.fillPoly(page, [shape], (shade, shade, shade))
        cv2.polylines(page, [shape], True, (0, 0, 0), 4)
    return page, [upper, lower]


def overlap(panel: DetectedPanel, shape: np.ndarray) -> float:
    """Intersection over union of a panel's outline with a shape that was drawn."""
    masks = []
    for outline in (np.array(panel.polygon, np.int32), shape):
        mask = np.zeros((HEIGHT, WIDTH), np.uint8)
        cv2.fillPoly(mask, [outline], 1)
        masks.append(mask > 0)
    return float((masks[0] & masks[1]).sum() / (masks[0] | masks[1]).sum())


def test_slanted_panels_have_the_outline_that_was_drawn() -> None:
    page, shapes = slanted_page(drop=200)
    panels = sorted(OpenCvPanelDetector().detect(page), key=lambda panel: panel.box.y)
    assert len(panels) == 2
    for panel, shape in zip(panels, shapes, strict=True):
        assert panel.polygon is not None
        assert overlap(panel, shape) > 0.96
        for x, y in panel.polygon:
            assert panel.box.x <= x <= panel.box.right
            assert panel.box.y <= y <= panel.box.bottom
        assert polygon_area(panel.polygon) < 0.92 * panel.box.area


def test_straight_and_hardly_slanted_panels_are_boxes() -> None:
    for drop in (0, 12):
        panels = OpenCvPanelDetector().detect(slanted_page(drop)[0])
        assert [panel.polygon for panel in panels] == [None, None]


def test_outlines_of_a_strip_lie_in_its_own_pixels() -> None:
    page, shapes = slanted_page(drop=200)
    strip = np.concatenate([page, np.full_like(page, 255), page])
    panels = sorted(OpenCvPanelDetector().detect(strip), key=lambda panel: panel.box.y)
    low = [panel for panel in panels if panel.polygon and panel.box.y >= 2 * HEIGHT]
    assert len(low) == 2
    for panel, shape in zip(low, shapes, strict=True):
        raised = tuple((x, y - 2 * HEIGHT) for x, y in panel.polygon or ())
        assert overlap(DetectedPanel(panel.box, panel.score, raised), shape) > 0.96
