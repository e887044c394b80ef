"""Boxes and polygons."""

from __future__ import annotations

import pytest

from warehouse.geometry import Box, moved, polygon_area, polygon_within

SLANTED = ((0, 0), (100, 0), (60, 80), (0, 80))


def test_area_does_not_depend_on_where_one_begins_or_which_way_round() -> None:
    assert polygon_area(SLANTED) == (100 + 60) / 2 * 80
    assert polygon_area(SLANTED[2:] + SLANTED[:2]) == polygon_area(SLANTED[::-1]) == 6400
    assert polygon_area(moved(SLANTED, 7, -3)) == 6400


def test_a_polygon_inside_a_box_stays() -> None:
    assert polygon_within(SLANTED, Box(0, 0, 100, 80)) == SLANTED


def test_a_polygon_is_cut_at_the_edges_of_a_box() -> None:
    cut = polygon_within(SLANTED, Box(0, 0, 100, 40))
    assert cut is not None
    assert set(cut) == {(0, 0), (100, 0), (80, 40), (0, 40)}


@pytest.mark.parametrize("box", [Box(200, 0, 10, 10), Box(90, 70, 10, 10), Box(0, 80, 100, 10)])
def test_nothing_is_left_outside(box: Box) -> None:
    assert polygon_within(SLANTED, box) is None


def test_corners_that_fall_together_are_one() -> None:
    assert polygon_within([(0, 0), (10, 0), (10.2, 0.1), (10, 10), (0, 10)], Box(0, 0, 10, 10)) == (
        (0, 0),
        (10, 0),
        (10, 10),
        (0, 10),
    )
