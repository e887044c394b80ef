"""Composition features say where a panel is."""

from __future__ import annotations

import numpy as np

from warehouse.composition import composition_features


def test_seven_numbers_of_a_panel() -> None:
    [row] = composition_features(np.array([[0, 100, 200, 100]]), np.array([[200, 400]]))
    assert row.tolist() == [2.0, 0.25, 0.0, 0.0, 0.0, 0.5, 0.375]


def test_a_hair_line_is_cut() -> None:
    [row] = composition_features(np.array([[0, 0, 200, 1]]), np.array([[200, 400]]))
    assert row[0] == 10


def test_none() -> None:
    assert composition_features(np.empty((0, 4), np.int32), np.empty((0, 2), np.int32)).shape == (0, 7)
