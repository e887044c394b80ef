"""Cutting a very tall picture into windows that a model can take in, at rows where nothing is drawn.

A strip of 800 x 15000 pixels, made as small as a page, loses all its panels and letters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from warehouse.contracts import Pixels

_QUIET_SPREAD = 6.0  # standard deviation of a row's grey levels: JPEG noise stays below, one letter does not
_SAME_TONE = 16  # grey levels
_OTHER_TONE = 0.2  # what a quiet band counts that has not the tone of most: it may be a plain sky
_WIDE_BAND = 0.1  # of the width: wider bands are no better
_ROWS_AT_ONCE = 2048


@dataclass(frozen=True, slots=True)
class Window:
    """Rows top .. bottom-1 of a picture.

    goes_on: the drawing is cut through at the lower edge, for want of a quiet row.
    blank: nothing is drawn, every row has one shade.
    """

    top: int
    bottom: int
    goes_on: bool
    blank: bool


@dataclass(frozen=True, slots=True)
class _Bands:
    """Runs of quiet rows, first row and the row after the last, with how good a place to cut each is."""

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    worth: NDArray[np.float64]


def cut_windows(picture: Pixels, usual: int, longest: int, least: float = 1.0) -> Iterator[Window]:
    """Windows from top to bottom that cover a picture once.

    usual: rows a window has at most where a quiet row allows it.  longest: rows after which it is cut anyway.
    least: rows a quiet band must have, five times as many where its shade is not that of most.
    Of the bands between half the usual height and all of it the widest is taken.
    """
    height = picture.shape[0]
    quiet, level = quiet_rows(picture)
    bands = _bands(quiet, level, _WIDE_BAND * picture.shape[1], least)
    top = 0
    while height - top > usual:
        cut = _cut_within(bands, top + usual // 2, top + usual, nearest=False)
        if cut is None:
            cut = _cut_within(bands, top + usual, min(top + longest, height), nearest=True)
        goes_on = cut is None and height - top > longest
        bottom = top + longest if goes_on else height if cut is None else cut
        yield Window(top, bottom, goes_on, blank=bool(quiet[top:bottom].all()))
        top = bottom
    if top < height:
        yield Window(top, height, goes_on=False, blank=bool(quiet[top:].all()))


def quiet_rows(picture: Pixels) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Which rows are of one shade, (height,) bool, and the mean grey level of every row, (height,)."""
    spread, level = [], []
    for top in range(0, picture.shape[0], _ROWS_AT_ONCE):
        rows = cv2.cvtColor(np.ascontiguousarray(picture[top : top + _ROWS_AT_ONCE]), cv2.COLOR_RGB2GRAY)
        grey = np.asarray(rows, np.float32)
        spread.append(grey.std(axis=1))
        level.append(grey.mean(axis=1))
    return np.concatenate(spread) <= _QUIET_SPREAD, np.concatenate(level).astype(np.float64)


def _bands(quiet: NDArray[np.bool_], level: NDArray[np.float64], wide: float, least: float) -> _Bands:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], quiet.astype(np.int8), [0]])))
    start, end = edges[::2].astype(np.int64), edges[1::2].astype(np.int64)
    if start.size == 0:
        return _Bands(start, end, np.zeros(0))
    usual = np.bincount(np.round(level[quiet]).astype(np.int64), minlength=256).argmax()
    tone = level[(start + end) // 2]
    worth = np.where(np.abs(tone - usual) <= _SAME_TONE, end - start, _OTHER_TONE * (end - start))
    kept = worth >= least
    return _Bands(start[kept], end[kept], np.minimum(worth[kept], wide))


def _cut_within(bands: _Bands, low: int, high: int, *, nearest: bool) -> int | None:
    """The row to cut at, low < row <= high: in the widest band, or in the nearest."""
    inside = np.flatnonzero((bands.start < high) & (bands.end > low + 1))
    if inside.size == 0:
        return None
    worth = bands.worth[inside]
    best = int(inside[0] if nearest else inside[len(inside) - 1 - int(np.argmax(worth[::-1]))])
    middle = int(bands.start[best] + bands.end[best]) // 2
    return min(max(middle, low + 1), high)
