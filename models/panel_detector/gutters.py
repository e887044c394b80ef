"""Candidate gutters: bands of one tone along a straight line, with what is known at every column of them."""

from __future__ import annotations

from dataclasses import dataclass, fields

import cv2
import numpy as np
from numpy.typing import NDArray

from models.panel_detector.lines import Lines, skew
from models.panel_detector.paper import INK, LIGHT, Labels

Floats = NDArray[np.floating]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Bits = NDArray[np.uint8]

STEP = 3
"""Columns from one sample along a line to the next."""

_REACH = 24  # rows searched on both sides of a line: wider gutters are found by one of their borders
_LINE_ROWS = 5  # a drawn line is no thicker
_THIN = 3  # rows of a gutter next to a lone border
_SURROUNDINGS = 6


@dataclass(frozen=True, slots=True)
class Gutters:
    """n candidates: bands from y = slope * x + top to y = slope * x + bottom.

    slant: how much it leans against the page's own level, a difference of slopes.  line: a line drawn between
    two panels rather than a space.  sides: on how many sides a border was looked for.  The rest are running
    sums over samples, so that any stretch of a band is judged in no time, (n, samples + 1): quality: how well
    a sample looks like a gutter with its borders, 0 to 1.  telling: samples that say anything.  shown: (n,
    columns + 1) pixels in the middle of the band that have its tone.
    """

    slope: Floats
    slant: Floats
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
    """Pixels of one tone in the bands along n lines, and where the tone begins and ends.

    starts, ends: (rows, n, samples / 8), eight samples a byte.  filled: (rows + 1, n, samples) running
    count down the rows.
    """

    starts: Bits
    ends: Bits
    filled: NDArray[np.uint8]

    def starting(self, rows: Integers) -> Flags:
        """Where the tone begins at one row of each of the n bands: (n, samples)."""
        return self._unpacked(self.starts, rows)

    def ending(self, rows: Integers) -> Flags:
        return self._unpacked(self.ends, rows)

    def between(self, low: Integers, high: Integers) -> NDArray[np.uint8]:
        """How many pixels from row low to before row high have the tone: (n, samples)."""
        every = np.arange(len(low))
        return self.filled[high, every] - self.filled[low, every]

    def _unpacked(self, bits: Bits, rows: Integers) -> Flags:
        chosen = bits[rows, np.arange(len(rows))]
        return np.unpackbits(chosen, axis=1, count=self.filled.shape[2]).view(np.bool_)


def find_gutters(labels: Labels, lines: Lines, tones: tuple[int, ...]) -> Gutters:
    """Every gutter that might run along one of the lines, in every tone."""
    columns = np.arange(STEP // 2, labels.shape[1], STEP, dtype=np.int32)
    seen = _seen(labels, lines, columns)
    support = np.packbits((columns >= lines.start[:, None]) & (columns <= lines.end[:, None]), axis=1)
    slant = np.abs(lines.slope - skew(lines))
    found = []
    for tone in (*tones, INK):
        band = _band((seen & tone) > 0)
        near = np.asarray(cv2.dilate(labels & tone, np.ones((3, 1), np.uint8)), np.uint8)
        for top, bottom, sides in _hypotheses(band, support, tone):
            low, high = lines.intercept + (top - _REACH), lines.intercept + (bottom - _REACH)
            quality, telling = _judged(band, top, bottom, sides)
            shown = _shown(near, lines.slope, (low + high) / 2)
            line = np.full(len(low), tone != LIGHT and sides == (1, 1))
            count = np.full(len(low), sum(sides))
            running = (_running(quality), _running(telling), _running(shown))
            found.append(Gutters(lines.slope, slant, low, high, line, count, *running))
    return Gutters(*(np.concatenate([getattr(part, f.name) for part in found]) for f in fields(Gutters)))


def _seen(labels: Labels, lines: Lines, columns: NDArray[np.int32]) -> Labels:
    """The labels around n lines, _REACH rows above to _REACH below: (rows, n, samples); 0 off the page."""
    height, width = labels.shape
    margin = 2 * _REACH + 1
    padded = cv2.copyMakeBorder(labels, margin, margin, 0, 0, cv2.BORDER_CONSTANT, value=(0,))
    at = np.rint(lines.slope[:, None] * columns + lines.intercept[:, None]).astype(np.int32)
    first = (np.clip(at, -_REACH - 1, height + _REACH) + (margin - _REACH)) * width + columns
    flat, rows = padded.reshape(-1), np.arange(2 * _REACH + 1, dtype=np.int32)
    return flat.take(first + (rows * width)[:, None, None], mode="clip")


def _band(tone: Flags) -> _Band:
    bits = np.packbits(tone, axis=2)
    starts, ends = np.zeros_like(bits), np.zeros_like(bits)
    starts[1:] = bits[1:] & ~bits[:-1]
    ends[:-1] = bits[:-1] & ~bits[1:]
    filled = np.zeros((tone.shape[0] + 1, *tone.shape[1:]), np.uint8)
    for row, here in enumerate(tone.view(np.uint8)):
        np.add(filled[row], here, out=filled[row + 1])
    return _Band(_thickened(starts), _thickened(ends), filled)


def _hypotheses(band: _Band, support: Bits, tone: int) -> list[tuple[Integers, Integers, tuple[int, int]]]:
    """(top row, bottom row, (upper, lower) border expected) of the best gutters along each line.

    Each line gets the pair of borders that most of its samples agree on; and, as a panel without a frame
    may lie on the other side, the gutter next to its best upper border alone, and to its best lower border
    alone.
    """
    weight = _ones(support) + 1e-9
    start_share = (_ones(band.starts & support) / weight).T
    end_share = (_ones(band.ends & support) / weight).T
    n, rows = start_share.shape
    index = np.arange(rows)
    thickness = index - index[:, None] + 1
    # of two equal pairs the thinner one is the gutter: the other reaches over something
    penalty = -0.004 * np.abs(thickness - 1)
    penalty[(thickness < 1) | (thickness > (_LINE_ROWS if tone == INK else rows))] = -9
    pair = start_share[:, :, None] + end_share[:, None, :]
    pair += penalty
    top, bottom = np.divmod(pair.reshape(n, rows * rows).argmax(axis=1), rows)
    found = [(top, bottom, (1, 1))]
    if tone != INK:
        top = start_share[:, : 1 - _THIN].argmax(axis=1)
        found.append((top, top + _THIN - 1, (1, 0)))
        bottom = end_share[:, _THIN - 1 :].argmax(axis=1) + _THIN - 1
        found.append((bottom - _THIN + 1, bottom, (0, 1)))
    return found


def _ones(bits: Bits) -> Integers:
    """How many bits are set in each last row."""
    return np.bitwise_count(bits).sum(axis=-1, dtype=np.int64)


def _judged(band: _Band, top: Integers, bottom: Integers, sides: tuple[int, int]) -> tuple[Floats, Flags]:
    """Quality of every sample of n gutters, (n, samples), and whether it says anything."""
    rows = len(band.starts)
    if sides == (1, 1):
        borders = 0.2 + 0.4 * band.starting(top) + 0.4 * band.ending(bottom)
    else:
        borders = 0.1 + 0.9 * (band.starting(top) if sides[0] else band.ending(bottom))
    inner = np.where(bottom - top >= 2, 1, 0)
    low, high = top + inner, bottom + 1 - inner
    clear = band.between(low, high) >= np.maximum(1, 0.9 * (high - low))[:, None]
    # paper all around says nothing: a balloon over the gutter, a margin, white art on both sides
    low, high = np.maximum(0, top - _SURROUNDINGS), np.minimum(rows, bottom + 1 + _SURROUNDINGS)
    telling = band.between(low, high) < (high - low)[:, None]
    return clear * borders * telling, telling


def _shown(near: Labels, slope: Floats, middle: Floats) -> Flags:
    """Where the middle of a gutter has its tone, not 0 in `near`: (n, columns)."""
    height, width = near.shape
    columns = np.arange(width, dtype=np.int32)
    rows = (slope[:, None] * columns + (middle[:, None] + 0.5)).astype(np.int32)
    inside = (rows >= 0) & (rows < height)
    rows *= width
    rows += columns
    return (near.reshape(-1).take(rows, mode="clip") > 0) & inside


def _running(values: Floats | Flags) -> Floats:
    sums = np.zeros((values.shape[0], values.shape[1] + 1), np.float32)
    np.cumsum(values, axis=1, out=sums[:, 1:])
    return sums


def _thickened(rows: Bits) -> Bits:
    wide = rows.copy()
    wide[1:] |= rows[:-1]
    wide[:-1] |= rows[1:]
    return wide
