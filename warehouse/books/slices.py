"""Slices of a vertical strip: whether a drawing goes on over the border from one page to the next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from warehouse.contracts import Pixels

Floats = NDArray[np.float64]

BORDER_ROWS = 8
"""Rows at the upper and the lower edge of a page that are compared."""

_SAME_WIDTH = 0.02  # of the width
_MARGIN = 0.04  # of the width on either side: frames and the shadows of scans run along there
_DRAWN, _LEAST_DRAWN = 24, 0.004  # grey levels from the row's median; share of such pixels on no quiet margin
_SMOOTH, _DETAIL = 3, 16  # pixels; of the width, 1/16: what is wider is shade, not drawing
_SHIFT = 3  # pixels a slanted line may move from row to row
_DETAIL_LEVELS, _SURE_DETAIL_LEVELS = 4.0, 8.0  # least spread of what is compared, in grey levels
_MATCH, _SURE_MATCH = 0.45, 0.6  # correlation of the two rows
_STEP = 2.5  # times what changes from row to row within the pages


@dataclass(frozen=True, slots=True)
class Borders:
    """The outermost rows of a page, (up to 8, width, 3), top rows and bottom rows, copied from it."""

    top: Pixels
    bottom: Pixels

    @property
    def width(self) -> int:
        return int(self.top.shape[1])


def borders_of(page: Pixels) -> Borders:
    """What is compared of a page (height, width, 3)."""
    return Borders(page[:BORDER_ROWS].copy(), page[-BORDER_ROWS:].copy())


def goes_on(upper: Borders, lower: Borders, *, expected: bool) -> bool:
    """Whether the drawing at the foot of one page goes on at the head of the next.

    Both are of nearly one width, neither ends in a quiet margin, the rows match in detail, and change no more
    over the border than within.  expected: the book is known to be a strip, so that less of a match will do.
    """
    if abs(upper.width - lower.width) > _SAME_WIDTH * max(upper.width, lower.width):
        return False
    above, below = _inner(upper.bottom, upper.width), _inner(lower.top, upper.width)
    last, first = above[-2:].mean(axis=0), below[:2].mean(axis=0)
    if min(_drawn(last), _drawn(first)) < _LEAST_DRAWN:
        return False
    if _step(above, below) > _STEP:
        return False
    levels = _DETAIL_LEVELS if expected else _SURE_DETAIL_LEVELS
    return _match(_detail(last), _detail(first), levels) >= (_MATCH if expected else _SURE_MATCH)


def _inner(rows: Pixels, width: int) -> Floats:
    """Rows at a given width, without the sides, (rows, columns, 3)."""
    columns = np.linspace(0, rows.shape[1] - 1, width).round().astype(np.int64)
    margin = round(_MARGIN * width)
    return rows[:, columns[margin : width - margin]].astype(np.float64)


def _drawn(row: Floats) -> float:
    """The share of pixels that are not of the row's usual colour."""
    return float((np.abs(row - np.median(row, axis=0)).max(axis=1) > _DRAWN).mean())


def _step(above: Floats, below: Floats) -> float:
    """How much more the rows change over the border than from row to row within."""
    within = np.concatenate([_changes(above), _changes(below)])
    if within.size == 0:
        return 0.0
    across = float(np.abs(above[-1] - below[0]).max(axis=1).mean())
    return across / (float(np.median(within)) + 1)


def _changes(rows: Floats) -> Floats:
    return np.asarray(np.abs(np.diff(rows, axis=0)).max(axis=2).mean(axis=1))


def _detail(row: Floats) -> Floats:
    """A row (width, 3) without noise and without shade."""
    smooth = _smoothed(row, _SMOOTH)
    return smooth - _smoothed(smooth, max(2 * _SMOOTH + 1, len(row) // _DETAIL))


def _smoothed(row: Floats, size: int) -> Floats:
    padded = np.pad(row, ((size // 2, size - 1 - size // 2), (0, 0)), mode="edge")
    sums = np.concatenate([np.zeros((1, row.shape[1])), np.cumsum(padded, axis=0)])
    return np.asarray((sums[size:] - sums[:-size]) / size)


def _match(one: Floats, other: Floats, levels: float) -> float:
    """The best correlation of two rows under small shifts; 0 where there is no detail to compare."""
    if min(np.sqrt((one**2).mean()), np.sqrt((other**2).mean())) < levels:
        return 0.0
    width, best = len(one), 0.0
    for shift in range(-_SHIFT, _SHIFT + 1):
        a = one[max(0, shift) : width + min(0, shift)]
        b = other[max(0, -shift) : width + min(0, -shift)]
        power = float(np.sqrt((a**2).sum() * (b**2).sum()))
        best = max(best, float((a * b).sum()) / power if power else 0.0)
    return best
