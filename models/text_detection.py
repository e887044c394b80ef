"""Where lettering is: PP-OCRv6's detector (Apache-2.0, in rapidocr's wheel), with boxes cut from its map.

Differentiable binarization (Liao et al., 2020): the network marks the core of every line, and a box is the
core's smallest rectangle, grown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from models.text_sessions import load_session
from warehouse.contracts import Pixels
from warehouse.geometry import Box

_MODEL = "PP-OCRv6_det_small.onnx"
SURE = 0.5
"""Mean probability of a core that is lettering; with less it may be, and is worth another look."""

_STRIDE = 32  # the network's input is a multiple of it
_CORE = 0.3  # probability from which a pixel belongs to a line's core
_FAINT_CORE, _FAINT = 0.15, 0.2  # the same of lettering too small or too slanted to be sure of
_GROWTH = 1.6  # core to box, by area over perimeter: what the network was trained with
_KNOWN = 0.5  # of a faint box that sure ones cover: it is these, with their surroundings
_STEEP = 1.5
_SMALLEST_CORE, _SMALLEST_BOX = 3, 4  # pixels of the map, of the page


@dataclass(frozen=True, slots=True, eq=False)
class Quad:
    """A rectangle at any angle around a line.

    corners: (4, 2) float32, clockwise from the upper left.  score: mean probability that it is lettering.
    """

    corners: NDArray[np.float32]
    score: float

    @property
    def box(self) -> Box:
        x, y = (int(v) for v in np.floor(self.corners.min(axis=0)))
        right, bottom = (int(v) for v in np.ceil(self.corners.max(axis=0)))
        return Box(x, y, right - x, bottom - y)

    @property
    def is_sure(self) -> bool:
        return self.score >= SURE

    @property
    def is_steep(self) -> bool:
        """Whether it is much taller than wide along its own sides: a column, or lettering that runs down."""
        width, height = (np.linalg.norm(self.corners[0] - self.corners[place]) for place in (1, 3))
        return bool(height >= _STEEP * width)

    def moved(self, x: int, y: int) -> Quad:
        return Quad(self.corners + np.array([x, y], np.float32), self.score)


class TextDetector:
    """Finds lines, separate words of a sound, and columns, in pixels of the picture it is given."""

    def __init__(self, threads: int):
        self._session = load_session(_MODEL, threads, keeps_memory=True)
        self._input = self._session.get_inputs()[0].name

    def find(self, picture: Pixels, scale: float) -> list[Quad]:
        """Lines of an RGB picture looked at `scale` times as large, sure ones and faint ones, unordered."""
        height, width = picture.shape[:2]
        rows, columns = (max(1, round(side * scale / _STRIDE)) * _STRIDE for side in (height, width))
        shrinks = rows * columns < height * width
        resized = cv2.resize(
            picture, (columns, rows), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
        )
        values = cv2.cvtColor(resized, cv2.COLOR_RGB2BGR).astype(np.float32) / np.float32(127.5) - 1
        batch = np.ascontiguousarray(values.transpose(2, 0, 1)[np.newaxis])
        chances = np.asarray(self._session.run(None, {self._input: batch})[0][0, 0])
        sure = list(_quads(chances, width, height, _CORE, SURE))
        faint = _quads(chances, width, height, _FAINT_CORE, _FAINT)
        boxes = [quad.box for quad in sure]
        return sure + [quad for quad in faint if _covered(quad.box, boxes) < _KNOWN * quad.box.area]


def _covered(box: Box, others: Sequence[Box]) -> int:
    return sum(box.intersection(other) for other in others)


def _quads(
    chances: NDArray[np.float32], width: int, height: int, least: float, least_mean: float
) -> Iterator[Quad]:
    """least: probability of a pixel of a core.  least_mean: of a core's rectangle."""
    core = cv2.dilate((chances > least).astype(np.uint8), np.ones((2, 2), np.uint8))
    outlines, _ = cv2.findContours(core, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    to_page = np.array([width / chances.shape[1], height / chances.shape[0]], np.float32)
    for outline in outlines:
        centre, (one, other), angle = cv2.minAreaRect(outline)
        if min(one, other) < _SMALLEST_CORE:
            continue
        rectangle = np.asarray(cv2.boxPoints((centre, (one, other), angle)), np.float32)
        score = _mean_inside(chances, rectangle)
        if score < least_mean:
            continue
        growth = _GROWTH * one * other / (one + other)  # twice area over perimeter: both sides of it
        corners = cv2.boxPoints((centre, (one + growth, other + growth), angle)) * to_page
        corners = _clockwise(corners.clip(0, (width - 1, height - 1)))
        sides = np.linalg.norm(corners[0] - corners[1]), np.linalg.norm(corners[0] - corners[3])
        if min(sides) >= _SMALLEST_BOX:
            yield Quad(corners, score)


def _mean_inside(chances: NDArray[np.float32], corners: NDArray[np.float32]) -> float:
    x, y, w, h = cv2.boundingRect(corners)
    x, y = max(x, 0), max(y, 0)
    part = chances[y : y + h, x : x + w]
    mask = np.zeros(part.shape, np.uint8)
    cv2.fillPoly(mask, [(corners - (x, y)).astype(np.int32)], 1)
    return float(cv2.mean(part, mask)[0])


def _clockwise(corners: NDArray[np.float32]) -> NDArray[np.float32]:
    """From the upper left: the two leftmost corners are the left side."""
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    upper_left, lower_left = by_x[:2][np.argsort(by_x[:2, 1], kind="stable")]
    upper_right, lower_right = by_x[2:][np.argsort(by_x[2:, 1], kind="stable")]
    return np.array([upper_left, upper_right, lower_right, lower_left], np.float32)
