"""What the network should say of a page, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from models.panel_training.cutting import bounds
from models.panel_training.pages import DrawnPage
from models.panel_votes.network import CELL

Cells = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A page on its canvas, (height, width) float32 from -1 to 1, 0 beside it, and what is to be said of it.

    present: (rows, columns) 1 where the page is.  inside: 1 in a panel.  edge: 1 where a panel ends.
    distances: (4, rows, columns) in cells.  weight: of the distances of a cell; 0 outside of panels, and
    less in large panels than in small ones.
    """

    page: Cells
    present: Cells
    inside: Cells
    edge: Cells
    distances: Cells
    weight: Cells


def lesson(drawn: DrawnPage, height: int, width: int) -> Lesson:
    """The page in the upper left of a canvas of this size, both multiples of CELL."""
    rows, columns = height // CELL, width // CELL
    page = np.zeros((height, width), np.float32)
    high, wide = drawn.grey.shape
    page[:high, :wide] = drawn.grey.astype(np.float32) / 127.5 - 1
    owner = np.zeros((height, width), np.uint8)
    for place, panel in enumerate(drawn.panels, start=1):
        cv2.fillPoly(owner, [(panel * 16).astype(np.int32)], place, cv2.LINE_8, 4)
    owner[high:], owner[:, wide:] = 0, 0
    changes = cv2.morphologyEx(owner, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > 0
    edge = changes.reshape(rows, CELL, columns, CELL).any(axis=(1, 3))
    cells = owner[CELL // 2 :: CELL, CELL // 2 :: CELL]
    y, x = np.mgrid[:rows, :columns].astype(np.float32) + 0.5
    distances: Cells = np.zeros((4, rows, columns), np.float32)
    weight: Cells = np.zeros((rows, columns), np.float32)
    for place, panel in enumerate(drawn.panels, start=1):
        mine = cells == place
        left, top, right, bottom = bounds(panel)
        left, top = max(0.0, left) / CELL, max(0.0, top) / CELL
        right, bottom = min(float(wide), right) / CELL, min(float(high), bottom) / CELL
        reach = np.stack([x - left, y - top, right - x, bottom - y])
        distances[:, mine] = reach[:, mine].clip(0)
        weight[mine] = 1 / np.sqrt(max(1, mine.sum()))
    present = np.zeros((rows, columns), np.float32)
    present[: -(-high // CELL), : -(-wide // CELL)] = 1
    inside, ends = np.asarray(cells > 0, np.float32), np.asarray(edge, np.float32)
    return Lesson(page, present, inside, ends, distances, weight)
