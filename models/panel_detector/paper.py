"""What is paper and what is ink: every work pixel gets a tone.

Gutters are uniform: nearly always the lightest tone of the page (its paper), solid black, or the colour at the page's
edge.  Each of these tones is a bit of a label map, so that one pass over the labels sees all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from warehouse.contracts import Pixels

WORK_SIDE = 840
"""Long side of the image the search works on: a 3 pixel gutter of a 1200 pixel page is still 2 pixels wide."""

LIGHT, DARK, TINT, INK = 1, 2, 4, 8

_PAPER_SPREAD = 22
"""Grey levels below the paper's own level that still count as paper: JPEG ringing and the grain of scans."""

_DARK_LEVEL = 60
_TINT_SPREAD = 18

Labels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class WorkPage:
    """A page made small.  labels: (height, width) bits of LIGHT, DARK, TINT.  scale: work pixels a page pixel."""

    grey: NDArray[np.uint8]
    labels: Labels
    tones: tuple[int, ...]
    scale: float


def work_page(page: Pixels, side: int = WORK_SIDE) -> WorkPage:
    """Shrink a page and label its pixels by tone."""
    height, width = page.shape[:2]
    scale = min(1.0, side / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(page, size, interpolation=cv2.INTER_AREA) if scale < 1 else page
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    paper = paper_level(grey)
    labels = np.where(grey >= paper - _PAPER_SPREAD, LIGHT, 0).astype(np.uint8)
    labels[grey <= min(_DARK_LEVEL, paper // 3)] |= DARK
    labels[grey <= 0.5 * paper] |= INK
    tones = [LIGHT, DARK]
    tint = edge_tint(small)
    if tint is not None and not _DARK_LEVEL < float(np.mean(tint)) < paper - _PAPER_SPREAD:
        tint = None
    if tint is not None:
        near = np.abs(small.astype(np.int16) - tint).max(axis=2) <= _TINT_SPREAD
        labels[near] |= TINT
        tones.append(TINT)
    return WorkPage(grey, labels, tuple(tones), scale)


def paper_level(grey: NDArray[np.uint8]) -> int:
    """The grey level of the page's paper: the highest level that a good share of the page is near."""
    counts = np.bincount(grey.reshape(-1), minlength=256).astype(np.float64)
    around = np.convolve(counts, np.ones(9), "same") / max(1, grey.size)
    bright = np.flatnonzero(around[128:] >= 0.04) + 128
    if bright.size == 0:
        return 255
    top = int(bright[-1])
    window = around[max(0, top - 12) : top + 1]
    return int(max(0, top - 12) + np.argmax(window))


def edge_tint(small: Pixels) -> NDArray[np.int16] | None:
    """The colour most of the page's outermost pixels share, or None where they share none."""
    border = np.concatenate([small[0], small[-1], small[:, 0], small[:, -1]]).astype(np.int16)
    middle = np.median(border, axis=0).astype(np.int16)
    share = (np.abs(border - middle).max(axis=1) <= _TINT_SPREAD).mean()
    return middle if share >= 0.6 else None
