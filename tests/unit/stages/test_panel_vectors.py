"""Composition features say where a panel is."""

from __future__ import annotations

from warehouse.geometry import Box
from warehouse.stages.panel_vectors import composition_features


def test_seven_numbers_of_a_panel() -> None:
    [row] = composition_features([Box(0, 100, 200, 100)], [(200, 400)])
    assert row.tolist() == [2.0, 0.25, 0.0, 0.0, 0.0, 0.5, 0.375]


def test_a_hair_line_is_cut() -> None:
    [row] = composition_features([Box(0, 0, 200, 1)], [(200, 400)])
    assert row[0] == 10


def test_none() -> None:
    assert composition_features([], []).shape == (0, 7)
