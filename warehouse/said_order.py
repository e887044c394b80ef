"""A reading order that a person gave: it holds while the panels of the page are the ones it was given for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from warehouse.geometry import Box

SAME = 6
"""Pixels by which each edge of a panel may have moved: detectors put edges a little off, each its own way."""


@dataclass(frozen=True, slots=True)
class SaidOrder:
    """What a person said of the picture with this MD5.  page: its seq then.  boxes: in the order to read."""

    page: int
    md5: str
    boxes: tuple[Box, ...]

    def places(self, panels: Sequence[Box]) -> list[int] | None:
        """The places of these panels in the order that was said; None where they are others now."""
        left = list(range(len(panels)))
        order = []
        for box in self.boxes:
            same = [place for place in left if _moved(box, panels[place]) <= SAME]
            if not same:
                return None
            order.append(min(same, key=lambda place: (_moved(box, panels[place]), place)))
            left.remove(order[-1])
        return None if left else order


def said_places(orders: Sequence[SaidOrder], md5: str | None, panels: Sequence[Box]) -> list[int] | None:
    """The places of a picture's panels as a person ordered them; None if nobody did, or they are others."""
    for order in orders:
        if order.md5 == md5:
            return order.places(panels)
    return None


def _moved(one: Box, other: Box) -> int:
    """The farthest that an edge has moved, in pixels."""
    return max(
        abs(one.x - other.x),
        abs(one.y - other.y),
        abs(one.right - other.right),
        abs(one.bottom - other.bottom),
    )
