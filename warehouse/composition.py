"""Shape and place of panels as numbers: what seed 000 calls compositional features."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from warehouse.contracts import Vectors

WIDEST = 10.0
"""Aspect ratios are cut here: beyond, a box is a detection error or a hair line."""


def composition_features(boxes: NDArray[np.integer], page_sizes: NDArray[np.integer]) -> Vectors:
    """The seven numbers of each panel: (n, 7) float32.

    boxes: (n, 4) x, y, w, h in pixels.  page_sizes: (n, 2) width, height in pixels, 1 or more.
    Aspect ratio, share of the page, three places for characters and shots (0: not detected here), centre x
    and centre y as shares of the page.
    """
    x, y, w, h = np.asarray(boxes, np.float64).reshape(-1, 4).T
    width, height = np.asarray(page_sizes, np.float64).reshape(-1, 2).T
    nothing = np.zeros_like(x)
    numbers = (
        np.minimum(w / np.maximum(h, 1), WIDEST),
        w * h / (width * height),
        nothing,
        nothing,
        nothing,
        (x + w / 2) / width,
        (y + h / 2) / height,
    )
    return np.stack(numbers, axis=1).astype(np.float32)
