"""What is paper and what is ink: the tone of every pixel of a page made small.

Gutters are uniform: the paper, solid black, or the colour at the page's edge.  Each of these tones is a bit
of a label map, so that one look at a label answers for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from warehouse.contracts import Pixels

LIGHT, DARK, TINT, INK = 1, 2, 4, 8
"""Bits of a label: paper, solid black, the colour of the page's edge, dark enough for a drawn line."""

WORK_SIDE = 840
"""Long side of the image the search works on: of a gutter of 4 pixels on a page of 1500, 2 are left."""

_PAPER_SPREAD = 22  # grey levels below the paper that still are paper: JPEG ringing, the grain of scans
_TINT_SPREAD = 18  # likewise around the colour of the page's edge
_DARK_LEVEL = 60
_LEAST_DARK = 0.02  # share of the page that is black if it has black gutters
_INK_SHARE = 0.5  # a line 2 pixels wide turns grey when the page is made small: half the paper's level is ink
_PEAK_SHARE = 0.04  # share of a page's pixels that makes a level a candidate for its paper

Grey = NDArray[np.uint8]
Labels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class WorkPage:
    """A page made small.  grey, labels: (height, width).  tones: the bits a gutter may have.

    scale: (x, y) work pixels a page pixel.
    """

    grey: Grey
    labels: Labels
    tones: tuple[int, ...]
    scale: tuple[float, float]

    @property
    def long_side(self) -> int:
        return max(self.labels.shape)


def work_page(page: Pixels) -> WorkPage:
    """Make a page small and label its pixels by tone."""
    height, width = page.shape[:2]
    shrink = min(1.0, WORK_SIDE / max(height, width))
    size = (max(1, round(width * shrink)), max(1, round(height * shrink)))
    whole = np.asarray(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY), np.uint8)
    grey = _resized(whole, size)
    paper = paper_level(grey)
    labels = np.where(grey >= paper - _PAPER_SPREAD, np.uint8(LIGHT), np.uint8(0))
    labels |= np.where(grey <= min(_DARK_LEVEL, paper // 3), np.uint8(DARK), np.uint8(0))
    labels |= np.where(grey <= _INK_SHARE * paper, np.uint8(INK), np.uint8(0))
    tones = [LIGHT]
    if cv2.countNonZero(labels & DARK) >= _LEAST_DARK * labels.size:
        tones.append(DARK)
    tint = _edge_colour(page)
    if tint is not None and _DARK_LEVEL < float(tint.mean()) < paper - _PAPER_SPREAD:
        low, high = (np.clip(tint + by, 0, 255).astype(np.float64) for by in (-_TINT_SPREAD, _TINT_SPREAD))
        labels |= np.asarray(cv2.inRange(_resized(page, size), low, high), np.uint8) & TINT
        tones.append(TINT)
    return WorkPage(grey, labels, tuple(tones), (size[0] / width, size[1] / height))


def paper_level(grey: Grey) -> int:
    """The grey level of the paper: the brightest peak of the histogram, 255 if there is nothing light."""
    counts = np.asarray(cv2.calcHist([grey], [0], None, [256], [0, 256])).reshape(-1)
    around = np.convolve(counts, np.ones(9), "same") / grey.size
    bright = np.flatnonzero(around[128:] >= _PEAK_SHARE) + 128
    if bright.size == 0:
        return 255
    low = max(0, int(bright[-1]) - 12)
    return low + int(np.argmax(around[low : bright[-1] + 1]))


def _resized(image: Pixels, size: tuple[int, int]) -> Pixels:
    """size: (width, height), at most the image's."""
    if size == (image.shape[1], image.shape[0]):
        return image
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


def _edge_colour(page: Pixels) -> NDArray[np.int16] | None:
    """The colour most of the page's outermost pixels share, if there is one."""
    border = np.concatenate([page[0], page[-1], page[:, 0], page[:, -1]]).astype(np.int16)
    middle = np.median(border, axis=0).astype(np.int16)
    share = (np.abs(border - middle).max(axis=1) <= _TINT_SPREAD).mean()
    return middle if share >= 0.6 else None
