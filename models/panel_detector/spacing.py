"""Drawings without frames, parted by nothing but paper: the recursive XY cut (Nagy and Seth, 1984)."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from models.panel_detector.paper import LIGHT, WorkPage
from models.panel_detector.polygons import Polygon
from warehouse.geometry import Box

Flags = NDArray[np.bool_]

_SPACE = 0.02  # of the page's long side: narrower spaces lie inside drawings
_FRAME_ROWS = 4  # pixels in which a frame is looked for
_STROKE = 12  # pixels: letters have no longer ones
_FRAMED = 0.6  # share of a side that is drawn, if it is a frame
_SPECKS = 1  # pixels of a row that is blank all the same
_SMALL = 0.6  # of the space between the gutters
_LEAST_PART = 0.06  # of the page's long side


def spaced_out(work: WorkPage, box: Box) -> list[Box]:
    """The drawings in a box by the paper between them; a box with a frame on any side is one drawing."""
    if _is_framed(_ink(work, box)):
        return [box]
    space, least = _SPACE * work.long_side, _LEAST_PART * work.long_side
    parts = []
    waiting = [box]
    while waiting:
        part = waiting.pop()
        ink = _ink(work, part)
        rows, columns = _runs(ink.sum(axis=1) > _SPECKS, space), _runs(ink.sum(axis=0) > _SPECKS, space)
        if len(rows) > 1:
            waiting.extend(Box(part.x, part.y + low, part.w, high - low) for low, high in rows)
        elif len(columns) > 1:
            waiting.extend(Box(part.x + low, part.y, high - low, part.h) for low, high in columns)
        elif rows and columns and min(part.w, part.h) >= least:
            (low, high), (left, right) = rows[0], columns[0]
            parts.append(Box(part.x + left, part.y + low, right - left, high - low))
    return parts


def room(work: WorkPage, outline: Polygon, drawing: Box, page: Box) -> Box:
    """The box of a panel that holds one drawing: a small one without frame has all that the gutters leave it.

    outline: of the piece between the gutters.  page: around all that is drawn, as a piece may reach into the
    margin.  All in work pixels.
    """
    low, high = np.floor(outline.min(axis=0)), np.ceil(outline.max(axis=0))
    x, y = max(int(low[0]), page.x), max(int(low[1]), page.y)
    cell = Box(x, y, min(int(high[0]), page.right) - x, min(int(high[1]), page.bottom) - y)
    if drawing.area > _SMALL * cell.area or _is_framed(_ink(work, drawing)):
        return drawing
    return cell


def _ink(work: WorkPage, box: Box) -> Flags:
    return work.labels[box.y : box.bottom, box.x : box.right] & LIGHT == 0


def _is_framed(ink: Flags) -> bool:
    """Whether any side is drawn, in strokes longer than those of a row of print."""
    n = _FRAME_ROWS
    sides = (ink[:n], ink[-n:], ink[:, :n].T, ink[:, -n:].T)
    return any(float(_strokes(side).any(axis=0).mean()) >= _FRAMED for side in sides)


def _strokes(rows: Flags) -> Flags:
    """What is drawn in runs of _STROKE pixels along a row, or more."""
    kernel = np.ones((1, _STROKE), np.uint8)
    return np.asarray(cv2.morphologyEx(rows.astype(np.uint8), cv2.MORPH_OPEN, kernel), np.uint8) > 0


def _runs(marked: Flags, space: float) -> list[tuple[int, int]]:
    """Runs of marked rows, those closer than `space` put together."""
    at = np.flatnonzero(marked)
    if at.size == 0:
        return []
    breaks = np.flatnonzero(np.diff(at) > space)
    starts, ends = at[np.r_[0, breaks + 1]], at[np.r_[breaks, -1]]
    return [(int(start), int(end) + 1) for start, end in zip(starts, ends, strict=True)]
