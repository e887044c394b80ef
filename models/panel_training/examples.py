"""What the pages of a book give to train with: drawings to fill panels with, and pages known well enough."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from models.panel_training.cutting import rectangle
from models.panel_training.pages import DrawnPage
from models.panel_training.pictures import gather
from models.panel_training.shading import Grey
from models.panel_training.stream import SIDE, Source
from warehouse.contracts import DetectedPanel, PanelDetector, Pixels
from warehouse.geometry import Box

_CERTAIN = 0.6
"""Least score of panels on a page that is learnt from as if a person had drawn them: on the books it was
chosen with, these are pages of clear frames, and pages of unframed drawings are not among them."""

_SMALLEST = 100  # pixels of a drawing's shorter side
_BORDER = (
    0.006  # of the page's longer side: what is cut off all around, so that no border is left on a drawing
)


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page of a book.  panels: as people drew them, None if nobody did.  page_type: None if not known."""

    pixels: Pixels
    panels: Sequence[Box] | None
    page_type: str | None


def source_of(pages: Iterable[ReadPage], detector: PanelDetector) -> Source:
    """Drawings and real pages to train with, but for covers.  detector: finds the panels that nobody drew."""
    drawings: list[Grey] = []
    known: list[DrawnPage] = []
    for page in pages:
        if page.page_type == "cover":
            continue
        grey = np.asarray(cv2.cvtColor(page.pixels, cv2.COLOR_RGB2GRAY), np.uint8)
        found = [] if page.panels else detector.detect(page.pixels)
        boxes = page.panels or [panel.box for panel in found]
        drawings.extend(drawing for box in boxes if (drawing := _drawing(grey, box)) is not None)
        if page.panels or (page.page_type == "story" and _are_certain(found)):
            known.append(_made_small(grey, boxes))
    return Source(gather(drawings), known)


def _are_certain(found: Sequence[DetectedPanel]) -> bool:
    return len(found) >= 2 and min(panel.score for panel in found) >= _CERTAIN


def _drawing(grey: Grey, box: Box) -> Grey | None:
    border = max(3, round(_BORDER * max(grey.shape)))
    part = grey[max(0, box.y) + border : box.bottom - border, max(0, box.x) + border : box.right - border]
    return part.copy() if min(part.shape) >= _SMALLEST else None


def _made_small(grey: Grey, boxes: Sequence[Box]) -> DrawnPage:
    scale = SIDE / max(grey.shape)
    size = max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale))
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    outlines = [rectangle(box.x, box.y, box.right, box.bottom) * scale for box in boxes]
    return DrawnPage(np.asarray(small, np.uint8), tuple(outlines))
