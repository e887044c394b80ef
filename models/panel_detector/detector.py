"""The detector of profile `offline`."""

from __future__ import annotations

from models.panel_detector.frames import panel_box, patches
from models.panel_detector.layout import cut_up
from models.panel_detector.paper import work_page
from warehouse.contracts import DetectedPanel, Pixels
from warehouse.geometry import Box

_TINY = 8  # pixels: nothing can be made out on a smaller page


class OpenCvPanelDetector:
    """Finds panels by the gutters between them.

    A page without gutters is one panel; a blank page, or one with nothing but letters, has none.  A panel's
    score is how clear the cuts around it were, and how clearly it is not to be cut any further.
    """

    name = "opencv"
    revision = "1"

    def detect(self, page: Pixels) -> list[DetectedPanel]:
        """The panels of an RGB page, boxes in its pixels."""
        height, width = page.shape[:2]
        if min(height, width) < _TINY:
            return []
        work = work_page(page)
        marks = patches(work)
        panels = []
        for piece in cut_up(work):
            box = panel_box(work, piece.outline, marks)
            if box is not None:
                panels.append(
                    DetectedPanel(_on_page(box, work.scale).clipped(width, height), piece.certainty)
                )
        return panels


def _on_page(box: Box, scale: tuple[float, float]) -> Box:
    """A box of the work page in pixels of the page itself."""
    left, top = round(box.x / scale[0]), round(box.y / scale[1])
    return Box(left, top, round(box.right / scale[0]) - left, round(box.bottom / scale[1]) - top)
