"""The recursion: cut the page along its best gutter, then the pieces, until none is convincing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.panel_detector.cuts import BELIEVED, Cut, best_cut
from models.panel_detector.gutters import Integers, find_gutters
from models.panel_detector.lines import find_segments, level_lines
from models.panel_detector.paper import Labels, WorkPage
from models.panel_detector.polygons import Polygon, clipped, rectangle, transposed

_LEAST_LINE = 0.06  # of the page's long side: what must be drawn of a line for it to be looked at
_LEAST_PIECE = 0.035  # of the page's long side: nothing smaller is a panel
_BLANK = 0.97  # share of a row that has one tone, so that the row is blank in spite of specks
_SAMPLES = 120  # of a row
_TRIM = 0.15  # of the page's long side: the widest space trimmed
_GLANCE = 12  # rows looked at first: few pieces have more blank ones


@dataclass(frozen=True, slots=True)
class Piece:
    """A convex piece of the page without a convincing gutter.

    certainty: 0 to 1, low where one of the cuts around it, or the best cut left inside it, was a close call.
    """

    outline: Polygon
    certainty: float


def cut_up(work: WorkPage) -> list[Piece]:
    """Cut a page into pieces with one panel each; some pieces may be blank."""
    height, width = work.labels.shape
    side = work.long_side
    turned = np.ascontiguousarray(work.labels.T)
    segments = find_segments(work.grey)
    level = find_gutters(work.labels, level_lines(segments, _LEAST_LINE * side), work.tones)
    lines = level_lines(segments[:, [1, 0, 3, 2]], _LEAST_LINE * side)
    upright = find_gutters(turned, lines, work.tones)
    trimmer = _Trimmer(work.labels, turned, work.tones)
    pieces = []
    waiting = [(trimmer.margins(rectangle(width, height)), 1.0)]
    while waiting:
        outline, certainty = waiting.pop()
        cut = best_cut(level, upright, outline, _LEAST_PIECE * side, side)
        if cut is None or cut.score < BELIEVED:
            doubt = 2 * cut.score**2 if cut else 0.0
            pieces.append(Piece(outline, certainty * (1 - doubt)))
            continue
        parts = (trimmer.part(outline, cut, above=True), trimmer.part(outline, cut, above=False))
        waiting.extend((part, min(certainty, cut.score)) for part in parts if len(part))
    return pieces


@dataclass(frozen=True, slots=True)
class _Trimmer:
    """Takes blank rows off the edges of pieces, so that a gutter inside a piece is seen to reach its edge."""

    level: Labels
    upright: Labels
    tones: tuple[int, ...]

    def margins(self, page: Polygon) -> Polygon:
        for turned in (False, True):
            far = float(page[:, 0 if turned else 1].max()) - 1
            page = self._trimmed(page, 0.0, 0.0, turned, above=False)
            page = self._trimmed(page, 0.0, far, turned, above=True)
        return page

    def part(self, outline: Polygon, cut: Cut, *, above: bool) -> Polygon:
        """The piece on one side of a cut, without the rest of the gutter."""
        intercept = cut.upper if above else cut.lower
        shape = transposed(outline) if cut.upright else outline
        part = clipped(shape, cut.slope, intercept, above=above)
        part = transposed(part) if cut.upright else part
        return self._trimmed(part, cut.slope, intercept, cut.upright, above=above) if len(part) else part

    def _trimmed(
        self, outline: Polygon, slope: float, intercept: float, turned: bool, *, above: bool
    ) -> Polygon:
        """Move the edge of a piece that lies on a line inwards, past the blank rows."""
        shape = transposed(outline) if turned else outline
        labels = self.upright if turned else self.level
        blank = self._blank_rows(labels, shape, slope, intercept, -1 if above else 1)
        if blank < 2:
            return outline
        moved = intercept - (blank - 2) if above else intercept + (blank - 2)
        part = clipped(shape, slope, moved, above=above)
        if len(part) == 0:
            return outline
        return transposed(part) if turned else part

    def _blank_rows(self, labels: Labels, shape: Polygon, slope: float, intercept: float, step: int) -> int:
        """How many rows into the piece are blank; the first few may still touch the other piece."""
        width = labels.shape[1]
        low, high = max(0, int(np.ceil(shape[:, 0].min()))), min(width - 1, int(shape[:, 0].max()))
        if high - low < 4:
            return 0
        columns = np.linspace(low, high, min(_SAMPLES, high - low + 1)).astype(np.int64)
        first = np.round(slope * columns + intercept).astype(np.int64)
        blank, depth = 0, max(1, int(_TRIM * max(labels.shape)))
        for rows in (min(_GLANCE, depth), depth):
            blank = self._blank_among(labels, shape, columns, first + (np.arange(rows) * step)[:, None])
            if blank < rows:
                break
        return blank

    def _blank_among(self, labels: Labels, shape: Polygon, columns: Integers, rows: Integers) -> int:
        height = labels.shape[0]
        inside = _inside(shape, columns, rows) & (rows >= 0) & (rows < height)
        count = inside.sum(axis=1)
        values = labels[np.clip(rows, 0, height - 1), columns]
        most = 0
        for tone in self.tones:
            blank = ((values & tone > 0) & inside).sum(axis=1) >= _BLANK * count
            blank &= count > 0
            first = int(np.argmax(blank[:4]))
            if blank[first]:
                rest = blank[first:]
                most = max(most, first + (len(rest) if rest.all() else int(np.argmin(rest))))
        return most


def _inside(shape: Polygon, columns: Integers, rows: Integers) -> NDArray[np.bool_]:
    """Which points (columns, rows) lie in a convex polygon, on its side of every edge."""
    edges = np.roll(shape, -1, axis=0) - shape
    following = np.roll(edges, -1, axis=0)
    turn = np.sign(np.sum(edges[:, 0] * following[:, 1] - edges[:, 1] * following[:, 0]))
    inside = np.ones(rows.shape, bool)
    for (x, y), (dx, dy) in zip(shape, edges, strict=True):
        inside &= turn * (dx * (rows - y) - dy * (columns - x)) >= -1.5 * np.hypot(dx, dy)
    return inside
