"""The detector of profile `offline`."""

from __future__ import annotations

from models.panel_detector.frames import content_box, hull, is_panel, patches
from models.panel_detector.insets import find_insets
from models.panel_detector.layout import cut_up
from models.panel_detector.paper import WorkPage, work_page
from models.panel_detector.polygons import Polygon
from models.panel_detector.refinement import on_page
from models.panel_detector.shapes import outline_on_page
from models.panel_detector.spacing import room, spaced_out
from models.panel_detector.strips import detect_in_strip, is_strip
from models.panel_detector.structure import is_laid_out
from warehouse.contracts import DetectedPanel, Pixels
from warehouse.geometry import Box

_TINY = 8  # pixels: nothing can be made out on a smaller page


class OpenCvPanelDetector:
    """Finds panels by the gutters between them.

    A page without gutters is one panel; a blank page, or one with nothing but letters, has none.  A panel's
    score is how clear the cuts around it were, and how clearly it is not to be cut any further.  A page
    whose cuts are too doubtful for a page of panels is one panel of a low score.  A page much taller than
    wide is looked at window by window.
    """

    name = "opencv"
    revision = "5"

    def detect(self, page: Pixels) -> list[DetectedPanel]:
        """The panels of an RGB page, boxes in its pixels."""
        return detect_in_strip(page, _detect) if is_strip(page) else _detect(page)


def _detect(page: Pixels) -> list[DetectedPanel]:
    """The panels of a page that is no strip."""
    if min(page.shape[:2]) < _TINY:
        return []
    work = work_page(page)
    marks = patches(work)
    found: list[tuple[Box, float, Polygon | None]] = []
    contents = [(piece, content_box(work, piece.outline)) for piece in cut_up(work)]
    panels = [(piece, box) for piece, box in contents if box is not None and is_panel(work, box, marks)]
    for piece, box in panels:
        drawings = [part for part in spaced_out(work, box) if is_panel(work, part, marks)]
        if len(drawings) > 1:
            found.extend((part, piece.certainty, None) for part in drawings)
        else:
            drawing = drawings[0] if drawings else box
            whole = room(work, piece.outline, drawing, hull([other for _, other in panels]))
            found.append((whole, piece.certainty, piece.outline))
        found.extend((inset, score, None) for inset, score in find_insets(work, box, marks))
    if not is_laid_out(work.grey, [score for _, score, _ in found]):
        found = [(hull([box for box, _, _ in found]), min(score for _, score, _ in found), None)]
    return [_panel(page, work, box, score, outline) for box, score, outline in found]


def _panel(page: Pixels, work: WorkPage, box: Box, score: float, outline: Polygon | None) -> DetectedPanel:
    """A panel of the work page, in pixels of the page.  outline: of the piece it fills alone."""
    placed = on_page(page, box, work.scale)
    polygon = None if outline is None else outline_on_page(outline, placed, work.scale)
    return DetectedPanel(placed, score, polygon)
