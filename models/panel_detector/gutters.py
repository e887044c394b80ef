"""Candidate gutters: bands of one tone along a straight line, with what is known at every column of them."""

from __future__ import annotations

from dataclasses import dataclass, fields

import cv2
import numpy as np
from numpy.typing import NDArray

from models.panel_detector.lines import Lines
from models.panel_detector.paper import INK, LIGHT, Labels

Floats = NDArray[np.floating]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

STEP = 3
"""Columns from one sample along a line to the next."""

_REACH = 24  # rows searched on both sides of a line: wider gutters are found by one of their borders
_LINE_ROWS = 5  # a drawn line is no thicker
_THIN = 3  # rows of a gutter next to a lone border
_SURROUNDINGS = 6


@dataclass(frozen=True, slots=True)
class Gutters:
    """n candidates: bands from y = slope * x + top to y = slope * x + bottom.

    line: a line drawn between two panels rather than a space.  sides: on how many sides a border was looked
    for. The rest are running sums over samples, so that any stretch of a band is judged in no time, (n,
    samples + 1): quality: how well a sample looks like a gutter with its borders, 0 to 1.  telling: samples
    that say anything. shown: (n, columns + 1) pixels in the middle of the band that have its tone.
    """

    slope: Floats
    top: Floats
    bottom: Floats
    line: Flags
    sides: Integers
    quality: Floats
    telling: Floats
    shown: Floats

    @property
    def middle(self) -> Floats:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class _Band:
    """Pixels of one tone in the bands along n lines, (n, rows, samples), and where the tone begins and ends.

    filled: (n, rows + 1, samples) running count down the rows.
    """

    starts: Flags
    ends: Flags
    filled: NDArray[np.int16]


def find_gutters(labels: Labels, lines: Lines, tones: tuple[int, ...]) -> Gutters:
    """Every gutter that might run along one of the lines, in every tone."""
    height, width = labels.shape
    columns = np.arange(STEP // 2, width, STEP, dtype=np.int32)
    offsets = np.arange(-_REACH, _REACH + 1, dtype=np.int32)
    at = np.round(lines.slope[:, None] * columns + lines.intercept[:, None]).astype(np.int32)
    rows = at[:, None, :] + offsets[:, None]
    seen = np.where((rows >= 0) & (rows < height), labels[np.clip(rows, 0, height - 1), columns], 0)
    support = (columns >= lines.start[:, None]) & (columns <= lines.end[:, None])
    found = []
    for tone in (*tones, INK):
        band = _band((seen & tone) > 0)
        for top, bottom, sides in _hypotheses(band, support, tone):
            low, high = lines.intercept + offsets[top], lines.intercept + offsets[bottom]
            quality, telling = _judged(band, top, bottom, sides)
            shown = _shown(labels, lines.slope, (low + high) / 2, tone)
            line = np.full(len(low), tone != LIGHT and sides == (1, 1))
            count = np.full(len(low), sum(sides))
            running = (_running(quality), _running(telling), _running(shown))
            found.append(Gutters(lines.slope, low, high, line, count, *running))
    return Gutters(*(np.concatenate([getattr(part, f.name) for part in found]) for f in fields(Gutters)))


def _band(tone: Flags) -> _Band:
    starts, ends = np.zeros_like(tone), np.zeros_like(tone)
    starts[:, 1:] = tone[:, 1:] & ~tone[:, :-1]
    ends[:, :-1] = tone[:, :-1] & ~tone[:, 1:]
    filled = np.zeros((tone.shape[0], tone.shape[1] + 1, tone.shape[2]), np.int16)
    np.cumsum(tone, axis=1, out=filled[:, 1:])
    return _Band(_thickened(starts), _thickened(ends), filled)


def _hypotheses(band: _Band, support: Flags, tone: int) -> list[tuple[Integers, Integers, tuple[int, int]]]:
    """(top row, bottom row, (upper, lower) border expected) of the best gutters along each line.

    Each line gets the pair of borders that most of its samples agree on; and, as a panel without a frame
    may lie on the other side, the gutter next to its best upper border alone, and to its best lower border
    alone.
    """
    n, rows, _ = band.starts.shape
    weight = support.sum(axis=1)[:, None] + 1e-9
    start_share = (band.starts & support[:, None]).sum(axis=2) / weight
    end_share = (band.ends & support[:, None]).sum(axis=2) / weight
    index = np.arange(rows)
    thickness = index - index[:, None] + 1
    # of two equal pairs the thinner one is the gutter: the other reaches over something
    pair = start_share[:, :, None] + end_share[:, None, :] - 0.004 * np.abs(thickness - 1)
    pair[:, (thickness < 1) | (thickness > (_LINE_ROWS if tone == INK else rows))] = -1
    top, bottom = np.divmod(pair.reshape(n, rows * rows).argmax(axis=1), rows)
    found = [(top, bottom, (1, 1))]
    if tone != INK:
        top = start_share[:, : 1 - _THIN].argmax(axis=1)
        found.append((top, top + _THIN - 1, (1, 0)))
        bottom = end_share[:, _THIN - 1 :].argmax(axis=1) + _THIN - 1
        found.append((bottom - _THIN + 1, bottom, (0, 1)))
    return found


def _judged(band: _Band, top: Integers, bottom: Integers, sides: tuple[int, int]) -> tuple[Floats, Flags]:
    """Quality of every sample of n gutters, (n, samples), and whether it says anything."""
    every = np.arange(len(top))
    rows = band.starts.shape[1]
    upper, lower = band.starts[every, top], band.ends[every, bottom]
    if sides == (1, 1):
        borders = 0.2 + 0.4 * upper + 0.4 * lower
    else:
        borders = 0.1 + 0.9 * (upper if sides[0] else lower)
    inner = np.where(bottom - top >= 2, 1, 0)
    low, high = top + inner, bottom + 1 - inner
    clear = band.filled[every, high] - band.filled[every, low] >= np.maximum(1, 0.9 * (high - low))[:, None]
    # paper all around says nothing: a balloon over the gutter, a margin, white art on both sides
    low, high = np.maximum(0, top - _SURROUNDINGS), np.minimum(rows, bottom + 1 + _SURROUNDINGS)
    telling = band.filled[every, high] - band.filled[every, low] < (high - low)[:, None]
    return clear * borders * telling, telling


def _shown(labels: Labels, slope: Floats, middle: Floats, tone: int) -> Flags:
    """Where the middle of a gutter, give or take a pixel, has its tone: (n, columns)."""
    height, width = labels.shape
    near = cv2.dilate(labels & tone, np.ones((3, 1), np.uint8))
    columns = np.arange(width, dtype=np.int32)
    rows = (slope[:, None] * columns + (middle[:, None] + 0.5)).astype(np.int32)
    return (near[np.clip(rows, 0, height - 1), columns] > 0) & (rows >= 0) & (rows < height)


def _running(values: Floats | Flags) -> Floats:
    sums = np.zeros((values.shape[0], values.shape[1] + 1), np.float32)
    np.cumsum(values, axis=1, out=sums[:, 1:])
    return sums


def _thickened(rows: Flags) -> Flags:
    wide = rows.copy()
    wide[:, 1:] |= rows[:, :-1]
    wide[:, :-1] |= rows[:, 1:]
    return wide
