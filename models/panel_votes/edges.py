"""Edges of a box put where the page changes: at the border drawn there, or where the drawing begins."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Edges = tuple[float, float, float, float]
"""left, top, right, bottom in pixels."""

_MIDDLE = 0.8  # of a side that is looked at: corners belong to other sides as well
_REACH = 0.008  # of the longer side of the page: about one cell of votes
_CLEAR = 14.0  # grey levels, mean along a side: less is no edge to go by


def snapped(grey: Grey, box: Edges) -> Edges:
    """The box with each edge at the strongest change of tone near it; where none is clear, it stays.

    grey: (height, width), a page.  box: in its pixels.  An edge of the page stays one.
    """
    height, width = grey.shape
    left, top, right, bottom = box
    rows, columns = _middle(top, bottom, height), _middle(left, right, width)
    upright, lying = grey[rows], grey[:, columns].T
    return (
        _edge(upright, left, width, height),
        _edge(lying, top, width, height),
        _edge(upright, right, width, height),
        _edge(lying, bottom, width, height),
    )


def _middle(low: float, high: float, most: int) -> slice:
    spare = (high - low) * (1 - _MIDDLE) / 2
    first = min(most - 1, max(0, round(low + spare)))
    return slice(first, max(first + 1, min(most, round(high - spare))))


def _edge(side: Grey, at: float, width: int, height: int) -> float:
    """Where `side`, (across, along), changes most near the column `at`."""
    reach, most = _REACH * max(width, height), side.shape[1]
    if at < reach / 2 or at > most - reach / 2:
        return 0.0 if at < reach / 2 else float(most)
    low, high = max(0, int(at - reach) - 1), min(most, int(at + reach) + 2)
    strip = side[:, low:high].astype(np.int16)
    change = np.abs(np.diff(strip, axis=1)).mean(axis=0)  # between column low + k and the next
    change = change + np.abs(np.diff(strip.mean(axis=0)))
    places = np.arange(low + 1, low + 1 + len(change))
    near = change * (1 - 0.6 * np.abs(places - at) / (reach + 1))
    best = int(np.argmax(near))
    return float(places[best]) if change[best] >= _CLEAR else at
