"""Splits go by series, hang together where pictures are shared, and stay when the library grows."""

from __future__ import annotations

import numpy as np

from warehouse.snapshots.splits import SPLITS, split_units


def names(count: int) -> dict[int, str]:
    return {unit: f"series {unit}" for unit in range(count)}


def alone(count: int, seed: int = 0) -> dict[int, str]:
    units = np.arange(count)
    return {unit: split.name for unit, split in split_units(units, units, names(count), seed).items()}


def test_about_four_fifths_are_for_training() -> None:
    splits = list(alone(2000).values())
    shares = [splits.count(split) / 2000 for split in SPLITS]
    assert 0.77 < shares[0] < 0.83
    assert min(shares[1:]) > 0.08


def test_a_seed_decides_and_growth_does_not() -> None:
    assert alone(50) == {unit: split for unit, split in alone(80).items() if unit < 50}
    assert alone(50, seed=1) != alone(50)


def test_no_split_is_empty_from_three_series_on() -> None:
    for count in range(3, 12):
        assert set(alone(count).values()) == set(SPLITS)
    assert len(alone(2)) == 2


def test_series_that_share_pictures_stay_together() -> None:
    units = np.array([1, 2, 3, 4, 5, 6])
    canonical = np.array([2, 3, 3, 5, 5, 6])
    for seed in range(20):
        splits = split_units(units, canonical, names(7), seed)
        assert splits[1] == splits[2] == splits[3]
        assert splits[4] == splits[5]
        assert len({split.group for split in splits.values()}) == 3
