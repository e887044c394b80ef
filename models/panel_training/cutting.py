"""Convex polygons, cut by straight lines: how a page of panels is laid out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Outline = NDArray[np.float64]
"""Corners (n, 2), x y in pixels, in order around a convex polygon."""


def rectangle(left: float, top: float, right: float, bottom: float) -> Outline:
    """The four corners of an upright rectangle."""
    return np.asarray([[left, top], [right, top], [right, bottom], [left, bottom]], np.float64)


def bounds(outline: Outline) -> tuple[float, float, float, float]:
    """left, top, right, bottom."""
    (left, top), (right, bottom) = outline.min(axis=0), outline.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def half(outline: Outline, point: Outline, normal: Outline) -> Outline:
    """The part of a convex polygon on the side of a line through `point` that `normal` points away from.

    Sutherland and Hodgman, 1974.  Empty, (0, 2), where nothing is left.
    """
    side = (outline - point) @ normal
    kept: list[NDArray[np.float64]] = []
    for place, corner in enumerate(outline):
        following = (place + 1) % len(outline)
        if side[place] <= 0:
            kept.append(corner)
        if side[place] * side[following] < 0:
            share = side[place] / (side[place] - side[following])
            kept.append(corner + share * (outline[following] - corner))
    return np.asarray(kept, np.float64).reshape(-1, 2)


def cut(outline: Outline, first: Outline, second: Outline, gutter: float) -> tuple[Outline, Outline]:
    """The two parts on either side of the line through two points, `gutter` pixels apart.

    The first part lies above a line drawn from left to right, or left of one drawn from top to bottom.
    """
    along = second - first
    across = np.asarray([-along[1], along[0]]) / max(1e-9, float(np.hypot(*along)))
    if across @ np.asarray([1.0, 1.0]) < 0:
        across = -across
    shift = across * gutter / 2
    return half(outline, first - shift, across), half(outline, first + shift, -across)
