"""Votes for boxes, counted."""

from __future__ import annotations

import numpy as np

from models.panel_votes.counting import Numbers, elect

ROWS, COLUMNS = 24, 16


def votes_for(*boxes: tuple[float, float, float, float]) -> tuple[Numbers, Numbers, Numbers]:
    """Every cell votes for the last of the boxes, left top right bottom in cells, that it lies in."""
    inside, distances = np.zeros((ROWS, COLUMNS), np.float32), np.zeros((4, ROWS, COLUMNS), np.float32)
    y, x = np.mgrid[:ROWS, :COLUMNS] + 0.5
    for left, top, right, bottom in boxes:
        mine = (x > left) & (x < right) & (y > top) & (y < bottom)
        inside[mine] = 0.95
        distances[:, mine] = np.stack([x - left, y - top, right - x, bottom - y])[:, mine]
    return inside, np.full((ROWS, COLUMNS), 0.9, np.float32), distances


def boxes_of(*boxes: tuple[float, float, float, float]) -> list[tuple[float, ...]]:
    return sorted(tuple(round(edge, 3) for edge in panel.box) for panel in elect(*votes_for(*boxes)))


def test_each_box_that_is_voted_for_is_a_panel() -> None:
    assert boxes_of((1, 1, 15, 9.5), (1, 10, 7.5, 23)) == [(1, 1, 15, 9.5), (1, 10, 7.5, 23)]


def test_an_inset_and_what_lies_behind_it_are_both_found() -> None:
    assert boxes_of((0, 0, 16, 24), (9, 15, 15, 22)) == [(0, 0, 16, 24), (9, 15, 15, 22)]


def test_nothing_inside_is_no_panel() -> None:
    assert elect(*votes_for()) == []


def test_a_few_that_err_are_outvoted() -> None:
    inside, quality, distances = votes_for((1, 1, 15, 23))
    random = np.random.default_rng(3)
    distances += random.normal(0, 1.0, distances.shape).astype(np.float32)
    distances[:, 4:6, 3:5] = 1.0
    [panel] = elect(inside, quality, distances.clip(0))
    assert np.abs(np.subtract(panel.box, (1, 1, 15, 23))).max() < 0.7
    assert panel.share > 0.9
    assert 0.5 < panel.score <= 1


def test_votes_for_boxes_that_few_of_their_cells_want_do_not_count() -> None:
    inside, quality, distances = votes_for((0, 0, 16, 24))
    inside[:22] = 0
    assert elect(inside, quality, distances) == []
