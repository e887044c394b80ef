"""Insets: rectangles set into another panel with paper all around them, which no cut can part from it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.panel_detector.frames import Marks
from models.panel_detector.paper import LIGHT, WorkPage
from warehouse.geometry import Box

_LEAST_AREA, _MOST_AREA = 0.04, 0.6  # of the panel around it
_FRAME_ROWS = 3  # pixels in which a side of the frame is looked for
_LEAST_SIDE = 0.95  # of a side that is drawn
_MOST_PAPER = 0.75  # of the inside: more is a box of text
_DEEPEST_MARGIN, _LEAST_MARGIN_INK = 9, 0.02  # pixels from the edge; letters keep off frames, drawings do not


def find_insets(work: WorkPage, panel: Box, marks: Marks) -> list[tuple[Box, float]]:
    """The insets of a panel, with the share of their weakest side that is drawn, 0 to 1.  All in work pixels.

    marks: bounding boxes of the page's connected patches of ink: paper all around a picture makes
    it a patch of its own.
    """
    x, y, w, h = marks.T
    inside = (x > panel.x) & (y > panel.y) & (x + w < panel.right) & (y + h < panel.bottom)
    share = w * h / panel.area
    found = []
    for mark in marks[inside & (share >= _LEAST_AREA) & (share <= _MOST_AREA)]:
        box = Box(*(int(value) for value in mark))
        drawn = work.labels[box.y : box.bottom, box.x : box.right] & LIGHT == 0
        sides = (
            drawn[:_FRAME_ROWS],
            drawn[-_FRAME_ROWS:],
            drawn[:, :_FRAME_ROWS].T,
            drawn[:, -_FRAME_ROWS:].T,
        )
        weakest = min(float(side.any(axis=0).mean()) for side in sides)
        if weakest >= _LEAST_SIDE and drawn.mean() >= 1 - _MOST_PAPER and not _is_caption(drawn):
            found.append((box, weakest))
    return found


def _is_caption(drawn: NDArray[np.bool_]) -> bool:
    """Whether paper runs all around, somewhere close inside the frame."""
    for depth in range(_FRAME_ROWS, min(_DEEPEST_MARGIN, min(drawn.shape) // 2)):
        inside = drawn[depth : drawn.shape[0] - depth, depth : drawn.shape[1] - depth]
        ring = np.concatenate([inside[0], inside[-1], inside[:, 0], inside[:, -1]])
        if ring.mean() < _LEAST_MARGIN_INK:
            return True
    return False
