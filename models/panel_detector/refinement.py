"""From a box of the work page to the box of the page itself, its edges put where the drawing begins."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from warehouse.contracts import Pixels
from warehouse.geometry import Box

_REACH = 2.5  # work pixels searched on either side of an edge
_MIDDLE = 0.8  # of a side that is looked at: corners belong to other sides as well
_CONTRAST = 40  # grey levels between the outside and the drawing
_LEAST_DRAWN = 0.3  # of a side: less is no edge to go by


def on_page(page: Pixels, box: Box, scale: tuple[float, float]) -> Box:
    """The box in pixels of the page.  scale: (x, y) work pixels a page pixel."""
    height, width = page.shape[:2]
    left, top = round(box.x / scale[0]), round(box.y / scale[1])
    rough = Box(left, top, round(box.right / scale[0]) - left, round(box.bottom / scale[1]) - top)
    rough = rough.clipped(width, height)
    reach_x, reach_y = math.ceil(_REACH / scale[0]), math.ceil(_REACH / scale[1])
    middle = Box(
        rough.x + round(rough.w * (1 - _MIDDLE) / 2),
        rough.y + round(rough.h * (1 - _MIDDLE) / 2),
        max(1, round(rough.w * _MIDDLE)),
        max(1, round(rough.h * _MIDDLE)),
    )
    columns, rows = slice(middle.x, middle.right), slice(middle.y, middle.bottom)
    x1 = _edge(page[rows], rough.x, reach_x, axis=1)
    x2 = width - _edge(page[rows, ::-1], width - rough.right, reach_x, axis=1)
    y1 = _edge(page[:, columns], rough.y, reach_y, axis=0)
    y2 = height - _edge(page[::-1, columns], height - rough.bottom, reach_y, axis=0)
    return Box(x1, y1, x2 - x1, y2 - y1) if x1 < x2 and y1 < y2 else rough


def _edge(side: Pixels, at: int, reach: int, axis: int) -> int:
    """Where the drawing begins near `at`, from outside to inside; `at` itself where that is not clear."""
    low, high = max(0, at - reach), min(side.shape[axis], at + reach + 1)
    strip = side[:, low:high] if axis == 1 else side[low:high]
    if low == 0 and at == 0:
        return at
    grey = np.asarray(cv2.cvtColor(np.ascontiguousarray(strip), cv2.COLOR_RGB2GRAY), np.int16)
    lines: NDArray[np.int16] = grey.T if axis == 1 else grey
    drawn = (np.abs(lines - np.median(lines[0])) > _CONTRAST).mean(axis=1)
    if drawn.max() < _LEAST_DRAWN:
        return at
    return low + int(np.argmax(drawn >= drawn.max() / 2))
