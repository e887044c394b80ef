"""Pages that are no pages of panels: by the doubts about what was found, and the print on them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from models.panel_detector.structure import is_laid_out, print_share


def _printed(rows: int) -> NDArray[np.uint8]:
    """A page of 40 rows at most, the first few of them printed."""
    page = np.full((840, 560), 255, np.uint8)
    for row in range(rows):
        cv2.putText(page, "some words that fill a row " * 3, (10, 25 + 20 * row), 0, 0.4, 0, 1)
    return page


def test_rows_of_print_cover_what_they_take_up() -> None:
    assert print_share(_printed(0)) == 0
    assert 0.4 < print_share(_printed(40)) < 1
    assert print_share(_printed(20)) == pytest.approx(print_share(_printed(40)) / 2, rel=0.05)


def test_lines_of_a_drawing_are_no_print() -> None:
    page = np.full((840, 560), 255, np.uint8)
    page[100:500:4, 50:500] = 0
    page[550:800, 100:300] = 0
    assert print_share(page) < 0.02


@pytest.mark.parametrize(
    ("rows", "scores", "believed"),
    [
        (0, [0.9] * 6, True),
        (0, [0.5] * 5, True),
        (0, [0.5] * 12, False),
        (40, [0.5, 0.5], False),
        (40, [0.4], True),
        (40, [0.9] * 6, True),
        (6, [0.5] * 5, True),
        (12, [0.5] * 8, False),
    ],
)
def test_many_doubts_or_doubts_amid_print_speak_against_panels(
    rows: int, scores: list[float], believed: bool
) -> None:
    assert is_laid_out(_printed(rows), scores) is believed
