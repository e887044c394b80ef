"""Which pages are spreads, and where they part."""

from __future__ import annotations

import numpy as np
import pytest

from warehouse.books.spreads import double_pages, find_fold, fold_between
from warehouse.contracts import Pixels
from warehouse.geometry import Box

PAGE, SPREAD = (1000, 1500), (2000, 1500)
NONE: frozenset[int] = frozenset()


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([PAGE] * 5, set()),
        ([PAGE, PAGE, SPREAD, PAGE], {2}),
        ([SPREAD, PAGE, PAGE, PAGE], {0}),
        ([PAGE, SPREAD], {1}),
        ([PAGE, (1900, 1480), (2150, 1520), PAGE], {1, 2}),
        ([PAGE, None, SPREAD, PAGE], {2}),
        ([SPREAD] * 6, set()),
        ([PAGE, *[SPREAD] * 9], set(range(1, 10))),
        ([(1000, 1500), *[(1500, 1000)] * 9], set()),
        ([PAGE, PAGE, (1000, 680), PAGE], set()),
        ([PAGE, PAGE, (3000, 1500), PAGE], set()),
        ([PAGE, PAGE, (1200, 1100), PAGE], set()),
        ([], set()),
        ([None, None], set()),
    ],
)
def test_spreads_by_shape(sizes: list[tuple[int, int] | None], expected: set[int]) -> None:
    assert double_pages(sizes, NONE) == expected


def test_what_is_declared_counts_too() -> None:
    assert double_pages([PAGE, PAGE, SPREAD, PAGE], frozenset({1})) == {1, 2}
    assert double_pages([SPREAD, SPREAD], frozenset({1, 7})) == {1}


def noise(height: int, width: int, seed: int, grain: int = 10) -> Pixels:
    cells = np.random.default_rng(seed).integers(
        0, 230, (-(-height // grain), -(-width // grain), 3), np.uint8
    )
    return np.kron(cells, np.ones((grain, grain, 1), np.uint8))[:height, :width]


def page(seed: int, margin: int, paper: int = 250) -> Pixels:
    picture = np.full((900, 600, 3), paper, np.uint8)
    picture[margin : 900 - margin, margin : 600 - margin] = noise(900 - 2 * margin, 600 - 2 * margin, seed)
    return picture


@pytest.mark.parametrize("paper", [255, 225, 10])
def test_a_fold_is_the_gutter_between_two_pages(paper: int) -> None:
    spread = np.concatenate([page(1, 30, paper), page(2, 30, paper)], axis=1)
    assert find_fold(spread) == 600


def test_a_gutter_off_the_middle_is_followed() -> None:
    spread = np.concatenate([page(1, 20), page(2, 20)], axis=1)[:, 40:]
    fold = find_fold(spread)
    assert fold is not None
    assert 540 <= fold <= 580


def test_bleeds_part_at_their_seam() -> None:
    shades = np.linspace(40, 220, 900)[:, None, None]
    left = np.broadcast_to(shades, (900, 600, 3)) + np.random.default_rng(1).integers(0, 20, (900, 600, 3))
    right = left[::-1]
    fold = find_fold(np.concatenate([left, right], axis=1).astype(np.uint8))
    assert fold is not None
    assert abs(fold - 600) <= 7


def test_one_drawing_has_no_fold() -> None:
    drawing = noise(900, 1200, 3, grain=45)
    assert find_fold(drawing) is None


def test_the_shadow_of_a_fold_is_none() -> None:
    drawing = noise(900, 2400, 4, grain=90).astype(float)
    shade = 1 - 0.7 * np.exp(-(((np.arange(2400) - 1200) / 8) ** 2))
    assert find_fold((drawing * shade[None, :, None]).astype(np.uint8)) is None


@pytest.mark.parametrize("size", [(1, 1), (4, 9), (900, 12), (3, 3000)])
def test_slivers_have_no_fold(size: tuple[int, int]) -> None:
    assert find_fold(np.zeros((*size, 3), np.uint8)) is None


def test_a_fold_between_panels() -> None:
    left, right = [Box(20, 20, 460, 900), Box(20, 940, 450, 500)], [Box(520, 20, 460, 1400)]
    assert fold_between([*left, *right], 1000) == 500
    assert fold_between(left, 1000) is None
    assert fold_between([*left, *right, Box(20, 1450, 960, 40)], 1000) is None
    assert fold_between([Box(20, 20, 300, 900), Box(340, 20, 640, 900)], 1000) is None
