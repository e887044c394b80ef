"""From a piece of the page to the box of the panel on it."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from models.panel_detector.paper import LIGHT, WorkPage
from models.panel_detector.polygons import Polygon
from warehouse.geometry import Box

Marks = NDArray[np.int32]
"""Bounding boxes of connected patches of ink, (n, 4) x y w h."""

_LEAST_AREA = 0.008  # of the page
_LEAST_SIDE = 0.03  # of the page's long side
_SLIM_SIDE = 0.07  # of the page's long side: slimmer pieces may be what juts out of a panel into the margin
_LEAST_INK, _LEAST_INK_SLIM = 0.03, 0.4  # share of a panel that is not paper
_SPECKS = 2  # pixels of a row that do not make it part of a panel
_LEAST_MARK = 0.2  # of a panel's long side: letters are smaller than this, frames and drawings are not


def content_box(work: WorkPage, outline: Polygon) -> Box | None:
    """The box of what is drawn on a piece, in work pixels; None for a blank piece."""
    height, width = work.labels.shape
    low = np.clip(np.floor(outline.min(axis=0)).astype(int), 0, (width, height))
    high = np.clip(np.ceil(outline.max(axis=0)).astype(int), 0, (width, height))
    if (high <= low).any():
        return None
    mask = np.zeros((high[1] - low[1], high[0] - low[0]), np.uint8)
    cv2.fillConvexPoly(mask, np.round(outline - low).astype(np.int32), 1)
    labels = work.labels[low[1] : high[1], low[0] : high[0]]
    smallest: Box | None = None
    for tone in work.tones:
        box = _content(((labels & tone) == 0) & (mask > 0))
        if box is None:
            return None
        if smallest is None or box.area < smallest.area:
            smallest = box
    if smallest is None:
        return None
    return Box(smallest.x + int(low[0]), smallest.y + int(low[1]), smallest.w, smallest.h)


def patches(work: WorkPage) -> Marks:
    """All connected patches of a page that are not paper."""
    ink = ((work.labels & LIGHT) == 0).astype(np.uint8)
    return np.asarray(cv2.connectedComponentsWithStats(ink, connectivity=8)[2][1:, :4], np.int32)


def hull(boxes: Sequence[Box]) -> Box:
    """The smallest box around one box or more."""
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    return Box(x, y, max(box.right for box in boxes) - x, max(box.bottom for box in boxes) - y)


def _content(drawn: NDArray[np.bool_]) -> Box | None:
    rows = np.flatnonzero(drawn.sum(axis=1) > _SPECKS)
    columns = np.flatnonzero(drawn.sum(axis=0) > _SPECKS)
    if rows.size == 0 or columns.size == 0:
        return None
    return Box(int(columns[0]), int(rows[0]), int(columns[-1] - columns[0]) + 1, int(rows[-1] - rows[0]) + 1)


def is_panel(work: WorkPage, box: Box, marks: Marks) -> bool:
    """Whether a box is large enough for a panel, and holds more than letters.

    marks: the page's patches of ink.
    """
    height, width = work.labels.shape
    short, long = sorted((box.w, box.h))
    if box.area < _LEAST_AREA * width * height or short < _LEAST_SIDE * work.long_side:
        return False
    ink = (work.labels[box.y : box.bottom, box.x : box.right] & LIGHT == 0).mean()
    if ink < (_LEAST_INK_SLIM if short < _SLIM_SIDE * work.long_side else _LEAST_INK):
        return False
    x, y, w, h = marks.T
    here = (x < box.right) & (x + w > box.x) & (y < box.bottom) & (y + h > box.y)
    return bool((np.maximum(w, h)[here] >= _LEAST_MARK * long).any())
