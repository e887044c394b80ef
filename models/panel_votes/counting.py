"""From votes to boxes: cells that vote for much the same box are one panel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]

_INSIDE = 0.5  # probability from which a cell votes
_AGREEING = 0.5  # IoU of a cell's box with the one that many voted for
_SAME = 0.5  # IoU from which two boxes are one panel
_FEWEST = 4  # votes
_LEAST_SHARE = 0.2  # of a box's cells that have to vote for it: the rest may lie behind others
_MOST_PANELS = 64


@dataclass(frozen=True, slots=True)
class Elected:
    """A box in cells, left top right bottom, with its share of votes and their mean certainty, 0 to 1."""

    box: tuple[float, float, float, float]
    share: float
    certainty: float

    @property
    def score(self) -> float:
        return self.certainty * min(1.0, 0.5 + self.share / 1.2)


def elect(inside: Numbers, quality: Numbers, distances: Numbers) -> list[Elected]:
    """The boxes of a page.

    inside, quality: (rows, columns) probabilities.  distances: (4, rows, columns) in cells from the middle of
    each to the left, top, right, bottom of its panel.
    """
    rows, columns = np.nonzero(inside > _INSIDE)
    reach = distances[:, rows, columns].T  # (votes, 4)
    middle = np.stack([columns, rows], axis=1).astype(np.float32) + 0.5
    boxes = np.concatenate([middle - reach[:, :2], middle + reach[:, 2:]], axis=1)
    boxes = boxes.clip(0, np.asarray([inside.shape[1], inside.shape[0]] * 2, np.float32))
    trust = inside[rows, columns] * quality[rows, columns]
    left = np.ones(len(boxes), bool)
    found: list[Elected] = []
    while left.any() and len(found) < _MOST_PANELS:
        seed = int(np.argmax(np.where(left, trust, -1)))
        mine = left & (overlaps(boxes, boxes[seed]) >= _AGREEING)
        mine[seed] = True
        box = _agreed(boxes[mine], reach[mine], trust[mine])
        mine |= left & (overlaps(boxes, box) >= _AGREEING)
        left &= ~mine
        area = float((box[2] - box[0]) * (box[3] - box[1]))
        votes = int(mine.sum())
        if votes >= _FEWEST and votes >= _LEAST_SHARE * area:
            found.append(
                Elected(
                    (float(box[0]), float(box[1]), float(box[2]), float(box[3])),
                    votes / max(1.0, area),
                    float(trust[mine].mean()),
                )
            )
    return _apart(found)


def overlaps(boxes: Numbers, box: Numbers) -> Numbers:
    """IoU of each of (n, 4) boxes, left top right bottom, with one."""
    shared = (np.minimum(boxes[:, 2:], box[2:]) - np.maximum(boxes[:, :2], box[:2])).clip(0).prod(axis=1)
    areas = (boxes[:, 2:] - boxes[:, :2]).prod(axis=1)
    area = (box[2] - box[0]) * (box[3] - box[1])
    return np.asarray(shared / np.maximum(areas + area - shared, 1e-6), np.float32)


def _agreed(boxes: Numbers, reach: Numbers, trust: Numbers) -> Numbers:
    """Edge by edge the weighted median: who is near an edge knows best where it is."""
    weight = trust[:, None] / (2 + reach)
    order = np.argsort(boxes, axis=0)
    heaped = np.cumsum(np.take_along_axis(weight, order, axis=0), axis=0)
    place = (heaped >= heaped[-1] / 2).argmax(axis=0)
    return np.take_along_axis(boxes, order, axis=0)[place, np.arange(4)]


def _apart(found: list[Elected]) -> list[Elected]:
    """Without those that are much the same as one with a higher score."""
    kept: list[Elected] = []
    for panel in sorted(found, key=lambda panel: -panel.score):
        box = np.asarray(panel.box, np.float32)
        others = np.asarray([other.box for other in kept], np.float32).reshape(-1, 4)
        if not (overlaps(others, box) >= _SAME).any():
            kept.append(panel)
    return kept
