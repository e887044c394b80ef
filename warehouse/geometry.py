"""Boxes in integer pixels, top-left origin, x y w h.  A leaf module."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Polygon = tuple[tuple[int, int], ...]
"""Corners (x, y) in integer pixels, in order around the shape; at least three."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of pixels: columns x .. x+w-1, rows y .. y+h-1."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        return self.x + self.w

    @property
    def bottom(self) -> int:
        return self.y + self.h

    @property
    def area(self) -> int:
        return self.w * self.h

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.w / 2, self.y + self.h / 2

    def intersection(self, other: Box) -> int:
        """Pixels the two boxes share."""
        width = min(self.right, other.right) - max(self.x, other.x)
        height = min(self.bottom, other.bottom) - max(self.y, other.y)
        return max(0, width) * max(0, height)

    def iou(self, other: Box) -> float:
        """Intersection over union, 0 to 1."""
        shared = self.intersection(other)
        union = self.area + other.area - shared
        return shared / union if union else 0.0

    def share_inside(self, other: Box) -> float:
        """Share of this box's pixels that lie inside the other, 0 to 1."""
        return self.intersection(other) / self.area if self.area else 0.0

    def clipped(self, width: int, height: int) -> Box:
        """The part of the box on a page of this size; may have no area."""
        x, y = min(max(self.x, 0), width), min(max(self.y, 0), height)
        return Box(x, y, max(0, min(self.right, width) - x), max(0, min(self.bottom, height) - y))


def moved(polygon: Polygon, x: int, y: int) -> Polygon:
    """The polygon, shifted by so many pixels."""
    return tuple((left + x, top + y) for left, top in polygon)


def polygon_area(polygon: Sequence[tuple[float, float]]) -> float:
    """Pixels inside a polygon that does not cross itself."""
    following = [*polygon[1:], *polygon[:1]]
    return abs(sum(a * d - b * c for (a, b), (c, d) in zip(polygon, following, strict=True))) / 2


def polygon_within(polygon: Sequence[tuple[float, float]], box: Box) -> Polygon | None:
    """The part of a polygon inside a box, in whole pixels; None where nothing is left.

    Sutherland and Hodgman, 1974: a part in several pieces stays one polygon, joined along the box's edge.
    """
    points = list(polygon)
    for axis, edge, keep in ((0, box.x, 1), (0, box.right, -1), (1, box.y, 1), (1, box.bottom, -1)):
        points = _cut(points, axis, edge, keep)
    corners = [(round(x), round(y)) for x, y in points]
    kept = tuple(
        corner for place, corner in enumerate(corners) if corner != corners[(place + 1) % len(corners)]
    )
    return kept if len(kept) >= 3 and polygon_area(kept) > 0 else None


def _cut(points: Sequence[tuple[float, float]], axis: int, edge: int, keep: int) -> list[tuple[float, float]]:
    """What of a polygon lies on one side of a line: keep = 1 beyond the edge, -1 before it."""
    left = []
    for place, point in enumerate(points):
        following = points[(place + 1) % len(points)]
        here, there = keep * (point[axis] - edge), keep * (following[axis] - edge)
        if here >= 0:
            left.append(point)
        if here * there < 0:
            share = here / (here - there)
            left.append(
                (
                    point[0] + share * (following[0] - point[0]),
                    point[1] + share * (following[1] - point[1]),
                )
            )
    return left
