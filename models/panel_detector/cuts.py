"""Which gutter a piece of a page is to be cut along, if any."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.panel_detector.gutters import STEP, Floats, Gutters, Integers
from models.panel_detector.polygons import Polygon, area, chords, transposed

BELIEVED = 0.5
"""A cut of this score or more is made."""

# How well a gutter has to look, by the number of its ends that leave the piece without meeting a frame.
# White streaks inside a picture stop at its frame, at one end at least; gutters do so only where a figure
# stands on them.
_NEED_TWO_BORDERS = np.array([0.95, 0.82, 0.56])
_NEED_ONE_BORDER = np.array([1.20, 0.92, 0.75])

# A drawn line with a panel on either side has no ends to go by; but the longer it is, the less likely it is
# furniture.
_NEED_LINE, _LINE_RELIEF = 0.92, 0.28

# A page has five panels or so: the larger a piece, the more likely there is a gutter in it; and a slim strip
# is less likely a panel than part of one.
_USUAL_AREA = 0.2  # of a page
_PAGE_SHAPE = 0.7  # width of a page over its height
_RELIEF, _DOUBLINGS = 0.1, (-3.0, 1.5)  # of the need, each time the piece is twice as large as usual
_SLIM, _SLIM_NEED = 0.12, 1.0  # of the long side

# A panel smaller than a seventeenth of a page is rare, and a balloon or part of a figure is cut off sooner.
_SMALL, _SMALL_NEED = 0.06, 4.0  # of a page

# Most frames are level or upright.  What leans is more often drawn, unless it crosses the whole page.
_STRAIGHT, _LEANING_NEED, _WHOLE = 0.01, 0.35, 0.25  # slope; of what is left of 1; of the long side
_STRAIGHT_RELIEF, _LEAST_RELIEVED = 0.04, 0.1  # what it cuts off, of the long side, to be more than a margin

_LEAST_TELLING, _LEAST_TELLING_LINE = 0.3, 0.5  # share of samples: of a line little is seen in dark places
_END = 10  # pixels free at the end of a gutter: more than a frame and the rest of the gutter it meets
_KEPT = 2.0  # pixels of gutter left on each piece, so that its frame is not cut off


@dataclass(frozen=True, slots=True)
class Cut:
    """A cut along y = slope * x + ..: the upper piece ends at `upper`, the lower one begins at `lower`.

    upright: the line is one of the transposed page.  score: 0 to 1, above BELIEVED if it parts two panels.
    """

    slope: float
    upper: float
    lower: float
    upright: bool
    score: float


def best_cut(level: Gutters, upright: Gutters, piece: Polygon, least: float, long_side: int) -> Cut | None:
    """The best cut through a piece, believed or not.  least: smallest height and width of what is cut off."""
    found = [
        _best_of(gutters, transposed(piece) if turned else piece, turned, least, long_side)
        for gutters, turned in ((level, False), (upright, True))
    ]
    return max((cut for cut in found if cut), key=lambda cut: cut.score, default=None)


def _best_of(gutters: Gutters, piece: Polygon, turned: bool, least: float, long_side: int) -> Cut | None:
    heights = piece[:, 1] - gutters.slope[:, None] * piece[:, 0]
    rest = np.minimum(gutters.top - heights.min(axis=1), heights.max(axis=1) - gutters.bottom)
    index = np.flatnonzero(rest >= least).astype(np.int64)
    if index.size == 0:
        return None
    left, right = chords(piece, gutters.slope[index], gutters.middle[index])
    need = _need(gutters, index, left, right, long_side)
    length = (right - left) / long_side
    need += _need_of_pieces(area(piece), rest[index] / long_side, length, long_side)
    need += _need_of_slant(gutters.slant[index], need, rest[index] / long_side, length)
    score = _score(_looks(gutters, index, left, right), need)
    best = int(np.argmax(score))
    upper, lower = _parting(gutters, int(index[best]))
    return Cut(float(gutters.slope[index[best]]), upper, lower, turned, float(score[best]))


def _looks(gutters: Gutters, index: Integers, left: Floats, right: Floats) -> Floats:
    """How well each of the indexed gutters looks like one between two columns, 0 to 1."""
    samples = gutters.telling.shape[1] - 1
    first = np.clip(np.ceil(left / STEP), 0, samples).astype(np.int64)
    last = np.maximum(first, np.clip(np.floor(right / STEP), 0, samples).astype(np.int64))
    told = gutters.telling[index, last] - gutters.telling[index, first]
    looks = (gutters.quality[index, last] - gutters.quality[index, first]) / np.maximum(told, 1)
    least = np.where(gutters.line[index], _LEAST_TELLING_LINE, _LEAST_TELLING)
    return np.where(told < least * np.maximum(last - first, 1), 0, looks)


def _need(gutters: Gutters, index: Integers, left: Floats, right: Floats, long_side: int) -> Floats:
    """How well each of them has to look, from what kind of gutter it is."""
    columns = gutters.shown.shape[1] - 1
    begin = np.clip(np.ceil(left) + 1, 0, columns).astype(np.int64)
    end = np.clip(np.floor(right) - 1, 0, columns).astype(np.int64)
    free = _free(gutters, index, begin, np.minimum(begin + _END, columns))
    free += _free(gutters, index, np.maximum(end - _END, 0), end)
    space = np.where(gutters.sides[index] == 2, _NEED_TWO_BORDERS[free], _NEED_ONE_BORDER[free])
    share = np.clip((right - left) / long_side, 0, 1)
    return np.where(gutters.line[index], _NEED_LINE - _LINE_RELIEF * share, space)


def _need_of_pieces(whole: float, rest: Floats, length: Floats, long_side: int) -> Floats:
    """What is added to the need for the size of the piece, and of what is cut off it.

    whole: area in pixels.  rest, length: height and width of what is cut off, in long sides.
    """
    doublings = np.log2(max(whole, 1) / (_PAGE_SHAPE * long_side**2) / _USUAL_AREA)
    slim = _SLIM_NEED * np.clip(_SLIM - rest, 0, None)
    small = _SMALL_NEED * np.clip(_SMALL - rest * length / _PAGE_SHAPE, 0, None)
    return slim + small - _RELIEF * np.clip(doublings, *_DOUBLINGS)


def _need_of_slant(slant: Floats, need: Floats, rest: Floats, length: Floats) -> Floats:
    """What is added to the need of a gutter that leans, and taken from that of a straight one."""
    leans = np.clip((slant - _STRAIGHT) / _STRAIGHT, 0, 1) * np.clip((1 - length) / _WHOLE, 0, 1)
    relief = _STRAIGHT_RELIEF * (rest >= _LEAST_RELIEVED)
    return leans * _LEANING_NEED * np.clip(1 - need, 0, None) - (1 - leans) * relief


def _free(gutters: Gutters, index: Integers, begin: Integers, end: Integers) -> Integers:
    """1 where every pixel from begin to end shows the gutter's tone, else 0."""
    return (gutters.shown[index, end] - gutters.shown[index, begin] >= end - begin).astype(np.int64)


def _score(looks: Floats, need: Floats) -> Floats:
    """0 to 1: BELIEVED where a gutter looks just as well as it has to."""
    more = (looks - need) / np.maximum(1 - need, 1e-6)
    return np.where(looks < need, BELIEVED * looks / need, BELIEVED + (1 - BELIEVED) * np.minimum(more, 1))


def _parting(gutters: Gutters, i: int) -> tuple[float, float]:
    """Where the upper piece ends and the lower one begins; both keep their frame, or the one they share."""
    top, bottom = float(gutters.top[i]), float(gutters.bottom[i])
    middle = (top + bottom) / 2
    if gutters.line[i] and bottom - top < 2 * _KEPT:
        return bottom, top
    return min(top + _KEPT, middle), max(bottom - _KEPT, middle)
