"""Whether a page is made of panels at all, or is a cover, a page of print or of advertisements cut up.

No single cut tells: boxes of advertisements, columns of prose and the night sky of a cover are parted by
straight bands too, but by poor ones.  So the doubts about all panels of a page are taken together, and the
more of the page is print, the fewer are allowed.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from models.panel_detector.paper import Grey

_MOST_DOUBT = 2.3
"""Sum of (1 - score) squared over a page without print: as of nine panels that are as likely none."""

_LEAST_DOUBT = 0.1  # panels clearer than that are believed whatever is printed on the page
_ALL_PRINT = 0.33  # share of a page of prose or credits; verse under drawings takes up to 0.2, balloons 0.1
_AROUND, _DARKER = 15, 18  # pixels, grey levels: what is darker than its surroundings is a letter, or drawn
_LETTER_SPACE = 9  # pixels between letters and words of a row
_LOWEST, _HIGHEST = 3, 16  # pixels of a row of print
_LEAST_LONG, _LEAST_FULL = 5, 0.45  # heights of a row; share of its box: a hatched edge fills less
_LEADING = 2  # pixels above and below a row that belong to the print


def is_laid_out(grey: Grey, scores: Sequence[float]) -> bool:
    """Whether panels found on a page with these scores, 0 to 1, are to be believed.

    grey: (height, width) of the work page.
    """
    doubt = sum((1 - score) ** 2 for score in scores)
    if len(scores) < 2 or doubt < _LEAST_DOUBT:
        return True
    return doubt < _MOST_DOUBT and doubt < _MOST_DOUBT * (1 - print_share(grey) / _ALL_PRINT)


def print_share(grey: Grey) -> float:
    """The share of a page, 0 to 1, that rows of print cover: runs of letters after Wong et al. (1982)."""
    dark = cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _AROUND, _DARKER)
    rows = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((1, _LETTER_SPACE), np.uint8))
    boxes = cv2.connectedComponentsWithStats(rows, connectivity=4)[2][1:]
    _, _, w, h, filled = boxes.T
    like_print = (h >= _LOWEST) & (h <= _HIGHEST) & (w >= _LEAST_LONG * h) & (filled >= _LEAST_FULL * w * h)
    covered = np.zeros(grey.shape, bool)
    for x, y, width, height in boxes[like_print, :4].tolist():
        covered[max(0, y - _LEADING) : y + height + _LEADING, x : x + width] = True
    return float(covered.mean())
