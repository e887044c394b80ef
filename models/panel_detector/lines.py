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

_MOST_ASKEW = 0.05  # slope: pages lie askew on a scanner by three degrees at most

_LSD_SCALE = 0.8  # the usual one: the detector blurs the page by that much against stair steps
_LSD_NOISE = 6.0  # grey levels: three times the usual, as fainter lines are tones and grain, and take time
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
    found = cv2.createLineSegmentDetector(cv2.LSD_REFINE_STD, _LSD_SCALE, quant=_LSD_NOISE).detect(grey)[0]
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
    x1, y1, x2, y2 = segments.T
    moments = span * np.stack([np.full(len(span), 2.0), x1 + x2, y1 + y2, x1**2 + x2**2, x1 * y1 + x2 * y2])
    free = np.ones(len(segments), bool)
    rows = []
    for seed in range(int((span >= _LEAST_SEED * length).sum())):
        if not free[seed]:
            continue
        slope = (y2[seed] - y1[seed]) / (x2[seed] - x1[seed])
        intercept = y1[seed] - slope * x1[seed]
        for _ in range(2):
            off = np.abs(y1 - slope * x1 - intercept), np.abs(y2 - slope * x2 - intercept)
            members = np.maximum(*off) <= _APART
            members[seed] = True
            slope, intercept = _fit(moments @ members)
        free &= ~members
        drawn = float(span[members].sum())
        if drawn >= length:
            rows.append((slope, intercept, x1[members].min(), x2[members].max(), drawn))
    rows.sort(key=lambda row: -row[4])
    table = np.array(rows[:_MAX_LINES]).reshape(-1, 5)
    return Lines(*table.T)


def skew(lines: Lines) -> float:
    """The slope of a page's level lines: the median of what is nearly level, by length; 0 without any."""
    near = np.abs(lines.slope) <= _MOST_ASKEW
    if not near.any():
        return 0.0
    slope, drawn = lines.slope[near], lines.drawn[near]
    order = np.argsort(slope)
    half = np.searchsorted(np.cumsum(drawn[order]), drawn.sum() / 2)
    return float(slope[order][half])


def _fit(moments: NDArray[np.float64]) -> tuple[float, float]:
    """Slope and intercept of the least squares line.  moments: weighted sums of 1, x, y, x * x and x * y."""
    weight, x, y, xx, xy = moments.tolist()
    mean_x, mean_y = x / weight, y / weight
    slope = (xy / weight - mean_x * mean_y) / max(xx / weight - mean_x**2, 1e-9)
    return slope, mean_y - slope * mean_x
