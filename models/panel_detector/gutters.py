"""Candidate gutters: bands of one tone along a straight line, with what is known at every column of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.panel_detector.lines import Lines
from models.panel_detector.paper import INK, Labels

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_REACH = 24
_STEP = 3
_END = 10


@dataclass(frozen=True, slots=True)
class Gutters:
    """n candidates, bands from y = slope * x + top to y = slope * x + bottom.

    The running sums over columns, (n, columns + 1), answer questions about any stretch of a band:
    quality: how well it looks like a gutter, 0 to 1 a column.  telling: columns that say anything at all.
    open: columns where the middle of the band shows its tone, at every pixel.
    """

    slope: Floats
    top: Floats
    bottom: Floats
    tone: NDArray[np.int64]
    sides: NDArray[np.int64]
    quality: Floats
    telling: Floats
    open: Floats

    def __len__(self) -> int:
        return len(self.slope)

    @property
    def middle(self) -> Floats:
        return (self.top + self.bottom) / 2


def find_gutters(labels: Labels, lines: Lines, tones: tuple[int, ...]) -> Gutters:
    height, width = labels.shape
    xs = np.arange(_STEP // 2, width, _STEP)
    ks = np.arange(-_REACH, _REACH + 1)
    rows = np.round(lines.slope[:, None] * xs + lines.intercept[:, None]).astype(np.int32)[:, None, :] + ks[:, None]
    off_page = (rows < 0) | (rows >= height)
    band = labels[np.clip(rows, 0, height - 1), xs]
    band[off_page] = 0
    support = (xs >= lines.start[:, None]) & (xs <= lines.end[:, None])
    parts = []
    for tone in (*tones, INK):
        parts += _of_tone((band & tone) > 0, support, tone)
    lines_of = np.concatenate([p[0] for p in parts])
    top, bottom = np.concatenate([p[1] for p in parts]), np.concatenate([p[2] for p in parts])
    quality, telling = np.concatenate([p[3] for p in parts]), np.concatenate([p[4] for p in parts])
    tone = np.concatenate([np.full(len(p[0]), p[5]) for p in parts])
    sides = np.concatenate([np.full(len(p[0]), p[6]) for p in parts])
    slope, base = lines.slope[lines_of], lines.intercept[lines_of]
    low, high = base + ks[top], base + ks[bottom]
    return Gutters(
        slope, low, high, tone, sides, _running(quality), _running(telling), _running(_open(labels, slope, (low + high) / 2, tone))
    )


def _of_tone(band: Flags, support: Flags, tone: int) -> list[tuple]:
    """Hypotheses of one tone: (line indices, top rows, bottom rows, quality, telling, tone, sides)."""
    n, count, _ = band.shape
    starts = np.zeros_like(band)
    starts[:, 1:] = band[:, 1:] & ~band[:, :-1]
    ends = np.zeros_like(band)
    ends[:, :-1] = band[:, :-1] & ~band[:, 1:]
    starts, ends = _tolerant(starts), _tolerant(ends)
    weight = support.sum(axis=1)[:, None] + 1e-9
    start_share = (starts & support[:, None]).sum(axis=2) / weight
    end_share = (ends & support[:, None]).sum(axis=2) / weight
    filled = np.zeros((n, count + 1, band.shape[2]), np.int16)
    np.cumsum(band, axis=1, out=filled[:, 1:])
    index = np.arange(count)
    thickness = index[None, :] - index[:, None] + 1
    pair = start_share[:, :, None] + end_share[:, None, :] - 0.004 * np.abs(thickness - 1)
    pair[:, (thickness < 1) | (thickness > (5 if tone == INK else count))] = -1
    top, bottom = np.divmod(pair.reshape(n, count * count).argmax(axis=1), count)
    every = np.arange(n)
    first, last = starts[every, top], ends[every, bottom]
    found = [(every, top, bottom, *_columns(filled, top, bottom, 0.2 + 0.4 * first + 0.4 * last), tone, 2)]
    if tone != INK:
        top = start_share[:, :-3].argmax(axis=1)
        found.append((every, top, top + 2, *_columns(filled, top, top + 2, 0.1 + 0.9 * starts[every, top]), tone, 1))
        bottom = end_share[:, 3:].argmax(axis=1) + 3
        found.append((every, bottom - 2, bottom, *_columns(filled, bottom - 2, bottom, 0.1 + 0.9 * ends[every, bottom]), tone, 1))
    return found


def _columns(filled, top, bottom, borders) -> tuple[Floats, Flags]:
    n, rows, _ = filled.shape
    every = np.arange(n)
    thick = bottom - top >= 2
    low, high = top + thick, bottom + 1 - thick
    clear = filled[every, high] - filled[every, low] >= np.maximum(1, 0.9 * (high - low))[:, None] 
    low, high = np.maximum(0, top - 6), np.minimum(rows - 1, bottom + 7)
    telling = filled[every, high] - filled[every, low] < (high - low)[:, None]
    return clear * borders * telling, telling


def _open(labels: Labels, slope: Floats, middle: Floats, tone) -> Flags:
    height, width = labels.shape
    xs = np.arange(width)
    rows = np.round(slope[:, None] * xs + middle[:, None]).astype(np.int32)
    bit = tone[:, None].astype(np.uint8)
    shown = np.zeros(rows.shape, bool)
    for k in (-1, 0, 1):
        y = rows + k
        shown |= (labels[np.clip(y, 0, height - 1), xs] & bit > 0) & (y >= 0) & (y < height)
    return shown


def _running(values) -> Floats:
    out = np.zeros((values.shape[0], values.shape[1] + 1), np.float32)
    np.cumsum(values, axis=1, out=out[:, 1:])
    return out


def _tolerant(rows: Flags) -> Flags:
    wide = rows.copy()
    wide[:, 1:] |= rows[:, :-1]
    wide[:, :-1] |= rows[:, 1:]
    return wide


def judge(gutters: Gutters, polygon: Floats, least: float):
    """Score all candidates as cuts through a convex polygon.

    Returns (index, features...) arrays for those that leave pieces of at least `least` height on both sides.
    """
    x, y = polygon[:, 0], polygon[:, 1]
    side = y[None, :] - gutters.slope[:, None] * x[None, :]
    above = gutters.top - side.min(axis=1)
    below = side.max(axis=1) - gutters.bottom
    possible = np.flatnonzero((above >= least) & (below >= least))
    if possible.size == 0:
        return None
    d = side[possible] - gutters.middle[possible][:, None]
    e, xn = np.roll(d, -1, axis=1), np.roll(x, -1)
    crosses = (d <= 0) != (e <= 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        at = x + d / (d - e) * (xn - x)
    left = np.where(crosses, at, np.inf).min(axis=1)
    right = np.where(crosses, at, -np.inf).max(axis=1)
    columns = gutters.telling.shape[1] - 1
    a = np.clip(np.ceil(left / _STEP), 0, columns).astype(int)
    b = np.clip(np.floor(right / _STEP), 0, columns).astype(int)
    b = np.maximum(a, b)
    told = gutters.telling[possible, b] - gutters.telling[possible, a]
    quality = gutters.quality[possible, b] - gutters.quality[possible, a]
    score = quality / np.maximum(told, 1)
    share = told / np.maximum(b - a, 1)
    width = gutters.open.shape[1] - 1
    a1 = np.clip(np.ceil(left) + 1, 0, width).astype(int)
    b1 = np.clip(np.floor(right) - 1, 0, width).astype(int)
    a2, b2 = np.minimum(a1 + _END, width), np.maximum(b1 - _END, 0)
    opened = gutters.open
    ends = (opened[possible, a2] - opened[possible, a1] >= a2 - a1).astype(int) + (
        opened[possible, b1] - opened[possible, b2] >= b1 - b2
    )
    length = right - left
    return possible, score, share, ends, length
