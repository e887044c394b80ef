"""Straight lines of a page: the segments of OpenCV's line segment detector, collinear ones put together.

A line is `y = slope * x + intercept`; `upright` lines are found on the transposed page, so that all code
after this only ever sees lines that run roughly from left to right.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Segments = NDArray[np.float64]

MAX_SLOPE = 0.36
"""Frames lean by up to 20 degrees; steeper lines are drawing."""

_LSD_SCALE = 0.8  # the usual one: the detector blurs the page by that much against stair steps
_APART = 1.5  # pixels between a line and the ends of its segments
_LEAST_SEED, _LEAST_SEGMENT = 0.5, 0.2  # of the least line: the segment it starts from, and any other
_MAX_LINES = 80


@dataclass(frozen=True, slots=True)
class Lines:
    """n lines.  start, end: the columns its segments lie between.  drawn: how many columns they cover."""

    slope: NDArray[np.float64]
    intercept: NDArray[np.float64]
    start: NDArray[np.float64]
    end: NDArray[np.float64]
    drawn: NDArray[np.float64]


def find_segments(grey: NDArray[np.uint8]) -> Segments:
    """All straight segments of a page: (n, 4) x1 y1 x2 y2."""
    if min(grey.shape) < 8:
        return np.zeros((0, 4))
    found = cv2.createLineSegmentDetector(cv2.LSD_REFINE_STD, _LSD_SCALE).detect(grey)[0]
    return np.zeros((0, 4)) if found is None else found.reshape(-1, 4).astype(np.float64)


def level_lines(segments: Segments, length: float) -> Lines:
    """Put collinear, roughly level segments together.  length: columns a line must have drawn, at least."""
    dx, dy = segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1]
    level = (np.abs(dy) <= MAX_SLOPE * np.abs(dx)) & (np.abs(dx) >= _LEAST_SEGMENT * length)
    segments = segments[level]
    flip = segments[:, 2] < segments[:, 0]
    segments[flip] = segments[flip][:, [2, 3, 0, 1]]
    span = segments[:, 2] - segments[:, 0]
    segments, span = segments[np.argsort(-span)], np.sort(span)[::-1]
    free = np.ones(len(segments), bool)
    rows = []
    for seed in range(len(segments)):
        if not free[seed] or span[seed] < _LEAST_SEED * length:
            continue
        x1, y1, x2, y2 = segments[seed]
        slope = (y2 - y1) / (x2 - x1)
        for _ in range(2):
            intercept = y1 - slope * x1
            far = np.maximum(
                np.abs(segments[:, 1] - slope * segments[:, 0] - intercept),
                np.abs(segments[:, 3] - slope * segments[:, 2] - intercept),
            )
            members = far <= _APART
            members[seed] = True
            slope, x1, y1 = _fit(segments[members], span[members])
        free &= ~members
        drawn = float(span[members].sum())
        if drawn >= length:
            line = (slope, y1 - slope * x1, segments[members, 0].min(), segments[members, 2].max(), drawn)
            rows.append(line)
    rows.sort(key=lambda row: -row[4])
    table = np.array(rows[:_MAX_LINES]).reshape(-1, 5)
    return Lines(*table.T)


def _fit(segments: Segments, span: NDArray[np.float64]) -> tuple[float, float, float]:
    """The least squares line through the ends of segments, weighted by length: slope and a point on it."""
    x = np.concatenate([segments[:, 0], segments[:, 2]])
    y = np.concatenate([segments[:, 1], segments[:, 3]])
    weight = np.concatenate([span, span])
    weight = weight / weight.sum()
    mean_x, mean_y = float(weight @ x), float(weight @ y)
    spread = float(weight @ (x - mean_x) ** 2)
    return float(weight @ ((x - mean_x) * (y - mean_y))) / max(spread, 1e-9), mean_x, mean_y
