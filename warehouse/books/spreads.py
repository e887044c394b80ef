"""Double-page spreads: which pages are two in one picture, and where the two part."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np
from numpy.typing import NDArray

from warehouse.contracts import Pixels
from warehouse.geometry import Box

Floats = NDArray[np.float64]

_TWICE = 1.6, 2.5  # widths of the usual page: trimmed on the inside, or with a spine between
_SAME_HEIGHT = 0.8, 1.25
_EXACTLY_TWICE, _EXACTLY_HIGH = (1.9, 2.15), (0.95, 1.05)

_MIDDLE = 0.45, 0.55  # of the width: where a fold may be
_ROWS = 700  # looked at, spread over the height
_SAME_TONE, _QUIET = 24, 0.97  # grey levels around a column's median, and the share of its pixels there
_LEAST_GUTTER = 0.003  # of the width
_SEAM_PLACE = 0.006  # of the width around the very middle: pages joined by a program are equally wide
_SEAM_STEP = 500  # of the width: what lies beside a seam, and how much of it is left out for a shadow
_SEAM_CLARITY = 1.5  # times the steepest other change across the middle
_SHADOW, _BESIDE = (
    0.003,
    0.006,
)  # of the width: half of what a fold hides at least, and what is compared beside
_LEAST_DRAWN, _SAME_DRAWING = 12.0, 0.2  # grey levels of a profile's spread, and the correlation of two
_OVERLAP = 0.01  # of the width that a panel may reach over the fold


def double_pages(sizes: Sequence[tuple[int, int] | None], declared: frozenset[int]) -> frozenset[int]:
    """The pages, by seq, that are two pages of the book in one picture.

    sizes: width and height by seq, None where the page cannot be read.  declared: seqs that metadata calls
    double.  By shape: a landscape page about twice as wide as the usual portrait page and as high, in a book
    whose pages are mostly portrait, or all others exactly twice as wide as those.
    """
    known = {seq: size for seq, size in enumerate(sizes) if size is not None}
    portrait = [size for size in known.values() if size[0] < size[1]]
    if not portrait:
        return declared & known.keys()
    usual = median(width for width, _ in portrait), median(height for _, height in portrait)
    landscape = {seq: size for seq, size in known.items() if size[0] > size[1]}
    if 2 * len(portrait) >= len(known):
        found = {seq for seq, size in landscape.items() if _is_like(size, usual, _TWICE, _SAME_HEIGHT)}
    else:
        found = {
            seq for seq, size in landscape.items() if _is_like(size, usual, _EXACTLY_TWICE, _EXACTLY_HIGH)
        }
        found = found if len(found) == len(landscape) else set()
    return frozenset(found | (declared & known.keys()))


def _is_like(
    size: tuple[int, int],
    usual: tuple[float, float],
    widths: tuple[float, float],
    heights: tuple[float, float],
) -> bool:
    wide, high = size[0] / usual[0], size[1] / usual[1]
    return widths[0] <= wide <= widths[1] and heights[0] <= high <= heights[1]


def find_fold(spread: Pixels) -> int | None:
    """Where the two pages of a spread part, in pixels from its left edge; None where one drawing covers both.

    A fold is a gutter of one tone from top to bottom near the middle, or a seam in the very middle: a change
    from one column to the next, from top to bottom, steeper than any around it.
    """
    height, width = spread.shape[:2]
    low, high = (round(share * width) for share in _MIDDLE)
    if high - low < 8 or height < 8:
        return None
    rows = spread[:: max(1, height // _ROWS)]
    grey = _grey(rows)
    gutter = _gutter(grey[:, low:high], width / 2 - low, max(2.0, _LEAST_GUTTER * width))
    place = low + gutter if gutter is not None else _seam(grey, max(1, width // _SEAM_STEP))
    return None if place is None or _goes_across(grey, place) else place


def fold_between(boxes: Sequence[Box], width: int) -> int | None:
    """Where a spread of this width can be cut between its panels, near the middle; None if one is in the way.

    Needs panels on both sides; a panel may reach over the cut by 1% of the width.
    """
    low, high = (share * width for share in _MIDDLE)
    slack = _OVERLAP * width
    left = [box.right for box in boxes if box.centre[0] < width / 2]
    right = [box.x for box in boxes if box.centre[0] >= width / 2]
    if not left or not right or max(left) - min(right) > slack:
        return None
    fold = min(max(width / 2, min(max(left), min(right))), max(*left, min(right)))
    return round(fold) if low <= fold <= high else None


def _grey(pixels: Pixels) -> Floats:
    return np.asarray(pixels @ np.array([0.299, 0.587, 0.114]), np.float64)


def _gutter(grey: Floats, middle: float, least: float) -> int | None:
    """The place in the quiet run of columns that is nearest to the middle, (rows, columns) grey."""
    apart = np.abs(grey - np.median(grey, axis=0)) < _SAME_TONE
    quiet = (apart.mean(axis=0) >= _QUIET).astype(np.int8)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], quiet, [0]])))
    runs = [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= least]
    places = [round(min(max(middle, start), end - 1)) for start, end in runs]
    return min(places, key=lambda place: abs(place - middle), default=None)


def _goes_across(grey: Floats, place: int) -> bool:
    """Whether the drawing left of a column goes on right of it, but for a shadow or a thin gutter."""
    width = grey.shape[1]
    gap, wide = max(1, round(_SHADOW * width)), max(1, round(_BESIDE * width))
    left = grey[:, place - gap - wide : place - gap].mean(axis=1)
    right = grey[:, place + gap : place + gap + wide].mean(axis=1)
    if min(left.std(), right.std()) < _LEAST_DRAWN:
        return False
    return float(np.corrcoef(left, right)[0, 1]) >= _SAME_DRAWING


def _seam(grey: Floats, step: int) -> int | None:
    """The middle column if what lies left and right of it differs more than anywhere around it."""
    width = grey.shape[1]
    reach = width // 10
    columns = np.arange(width // 2 - reach, width // 2 + reach)
    sums = np.concatenate([np.zeros((len(grey), 1)), np.cumsum(grey, axis=1)], axis=1)
    left = (sums[:, columns - step] - sums[:, columns - 3 * step]) / (2 * step)
    right = (sums[:, columns + 3 * step] - sums[:, columns + step]) / (2 * step)
    change = np.abs(right - left).mean(axis=0)
    near = np.abs(columns - width / 2) <= max(2, _SEAM_PLACE * width)
    best = int(np.argmax(np.where(near, change, -1)))
    others = np.abs(columns - columns[best]) > 4 * step
    return int(columns[best]) if change[best] >= _SEAM_CLARITY * np.quantile(change[others], 0.98) else None
