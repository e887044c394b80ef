"""Two detections of one page: which of them its votes speak for, place by place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.panel_votes.counting import Numbers, overlaps
from warehouse.contracts import DetectedPanel
from warehouse.geometry import Box

_LEAD, _LEAD_OF_MORE = 0.4, 0.7
"""How much better votes have to agree with the second detection; more where it has more panels: voters err by
parting a drawing along the strong lines in it."""

_SAME_PLACE = 0.3  # of the smaller box that the larger one covers: they are about the same part of the page

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class PageVotes:
    """What the cells of a page said.

    inside: (n,) probability that a cell is in a panel.  middle: (n, 2) x y of cells, boxes: (n, 4) left top
    right bottom of what they voted for, both in pixels of the page.
    """

    inside: Numbers
    middle: Numbers
    boxes: Numbers

    def within(self, panels: Sequence[DetectedPanel]) -> Flags:
        """(n,) whether a cell lies in any of the panels."""
        covered = np.zeros(len(self.inside), bool)
        for panel in panels:
            covered |= self._inside_of(panel.box)
        return covered

    def agreement(self, panels: Sequence[DetectedPanel], where: Flags) -> float:
        """How well panels fit what the cells of a place say, 0 to 1.

        A cell in a panel counts as much as its box overlaps the panel's; one in none, if it says so.
        """
        fitting, covered = np.zeros(len(self.inside), np.float32), self.within(panels)
        for panel in panels:
            box = np.asarray([panel.box.x, panel.box.y, panel.box.right, panel.box.bottom], np.float32)
            mine = self._inside_of(panel.box)
            fitting[mine] = np.maximum(fitting[mine], overlaps(self.boxes[mine], box))
        said = self.inside * fitting + (1 - self.inside) * ~covered
        return float(said[where].mean()) if where.any() else 1.0

    def _inside_of(self, box: Box) -> Flags:
        x, y = self.middle.T
        return np.asarray((x > box.x) & (x < box.right) & (y > box.y) & (y < box.bottom), np.bool_)


def preferred(
    votes: PageVotes, first: Sequence[DetectedPanel], second: Sequence[DetectedPanel]
) -> list[DetectedPanel]:
    """Place by place the panels of the first, or of the second where votes clearly speak for it."""
    chosen: list[DetectedPanel] = []
    for ours, theirs in _places(first, second):
        where = votes.within([*ours, *theirs])
        lead = _LEAD_OF_MORE if len(theirs) > len(ours) else _LEAD
        better = votes.agreement(theirs, where) - votes.agreement(ours, where)
        chosen.extend(theirs if better > lead else ours)
    return chosen


def _places(
    first: Sequence[DetectedPanel], second: Sequence[DetectedPanel]
) -> list[tuple[list[DetectedPanel], list[DetectedPanel]]]:
    """Both detections parted alike: panels that cover each other, if only by way of others, stay together."""
    places: list[tuple[list[DetectedPanel], list[DetectedPanel]]] = [([panel], []) for panel in first]
    for panel in second:
        touched = [place for place in places if any(_cover(panel.box, one.box) for one in place[0])]
        places = [place for place in places if place not in touched]
        ours = [one for place in touched for one in place[0]]
        theirs = [one for place in touched for one in place[1]]
        places.append((ours, [*theirs, panel]))
    return places


def _cover(one: Box, other: Box) -> bool:
    return one.intersection(other) > _SAME_PLACE * min(one.area, other.area)
