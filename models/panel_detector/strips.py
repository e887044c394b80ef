"""Strips: pictures much taller than wide, looked at window by window between quiet rows."""

from __future__ import annotations

from collections.abc import Callable

from models.panel_detector.frames import hull
from models.windows import cut_windows
from warehouse.contracts import DetectedPanel, Pixels
from warehouse.geometry import Box, moved

_TALL = 2.0  # widths: no page of a book is taller
_USUAL, _LONGEST = (
    2.0,
    6.0,
)  # widths of a window: up to a page's shape, and what is one drawing if no row parts it
_FEWEST = 64  # rows of a window, however narrow
_LEAST_GUTTER = 0.01  # widths: quiet rows inside a drawing come in thinner bands
_TOUCHING = 3  # pixels between a panel and the row it was cut at
_SAME_COLUMN = 0.5  # of the narrower part that must lie under or over the other


def is_strip(page: Pixels) -> bool:
    """Whether a page (height, width, 3) is too tall to be looked at in one go."""
    return page.shape[0] > _TALL * page.shape[1]


def detect_in_strip(page: Pixels, detect: Callable[[Pixels], list[DetectedPanel]]) -> list[DetectedPanel]:
    """What `detect` finds in each window, in pixels of the page; panels that a window cuts are joined."""
    width = page.shape[1]
    found: list[DetectedPanel] = []
    usual, longest = max(_FEWEST, round(_USUAL * width)), max(_FEWEST, round(_LONGEST * width))
    for window in cut_windows(page, usual, longest, least=_LEAST_GUTTER * width):
        inside = [] if window.blank else detect(page[window.top : window.bottom])
        panels = [_lowered(panel, window.top) for panel in inside]
        found = _joined(found, panels, window.top)
    return found


def _joined(above: list[DetectedPanel], below: list[DetectedPanel], cut: int) -> list[DetectedPanel]:
    """Both lists, the two parts of a panel cut through at row `cut` made one.

    Even a quiet row may cross a panel: a plain sky.  No panel reaches a cut in a gutter.
    """
    parts = list(above)
    for panel in below:
        mates = [part for part in parts if _one_drawing(part.box, panel.box, cut)]
        mate = max(mates, key=lambda part: _shared_columns(part.box, panel.box), default=None)
        if mate is None:
            parts.append(panel)
        else:
            score = min(mate.score, panel.score)
            parts[parts.index(mate)] = DetectedPanel(hull([mate.box, panel.box]), score)
    return parts


def _one_drawing(upper: Box, lower: Box, cut: int) -> bool:
    if abs(upper.bottom - cut) > _TOUCHING or abs(lower.y - cut) > _TOUCHING:
        return False
    return _shared_columns(upper, lower) >= _SAME_COLUMN * min(upper.w, lower.w)


def _shared_columns(one: Box, other: Box) -> int:
    return min(one.right, other.right) - max(one.x, other.x)


def _lowered(panel: DetectedPanel, by: int) -> DetectedPanel:
    box = Box(panel.box.x, panel.box.y + by, panel.box.w, panel.box.h)
    return DetectedPanel(box, panel.score, moved(panel.polygon, 0, by) if panel.polygon else None)
