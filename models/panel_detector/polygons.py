"""Convex polygons, (n, 2) x y, and the lines y = slope * x + intercept that part them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Polygon = NDArray[np.float64]
Floats = NDArray[np.floating]


def rectangle(width: float, height: float) -> Polygon:
    return np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64)


def transposed(polygon: Polygon) -> Polygon:
    """The same polygon on the transposed page."""
    return polygon[:, ::-1]


def area(polygon: Polygon) -> float:
    x, y = polygon[:, 0], polygon[:, 1]
    return abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2


def clipped(polygon: Polygon, slope: float, intercept: float, *, above: bool) -> Polygon:
    """The part above (smaller y) or below a line; (0, 2) where nothing is left."""
    side = polygon[:, 1] - slope * polygon[:, 0] - intercept
    if not above:
        side = -side
    kept = []
    for i, point in enumerate(polygon):
        j = (i + 1) % len(polygon)
        if side[i] <= 0:
            kept.append(point)
        if side[i] * side[j] < 0:
            kept.append(point + side[i] / (side[i] - side[j]) * (polygon[j] - point))
    return np.array(kept).reshape(-1, 2) if len(kept) >= 3 else np.zeros((0, 2))


def chords(polygon: Polygon, slope: Floats, intercept: Floats) -> tuple[Floats, Floats]:
    """Between which x each of n lines runs inside the polygon; a line that misses it gets (inf, -inf)."""
    x, y = polygon[:, 0], polygon[:, 1]
    side = y - slope[:, None] * x - intercept[:, None]
    following = np.roll(side, -1, axis=1)
    crosses = (side <= 0) != (following <= 0)
    step = np.where(crosses, side - following, 1)
    at = x + side / step * (np.roll(x, -1) - x)
    return np.where(crosses, at, np.inf).min(axis=1), np.where(crosses, at, -np.inf).max(axis=1)
