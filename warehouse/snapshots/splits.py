"""Train, validation and test: whole series, together with all that share a picture with them.

A split hangs on the seed and on names alone, so that it stays when the library grows; only series that begin
to share pictures move together.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]

SPLITS = ("train", "validation", "test")
BORDERS = (0.8, 0.9)
"""Of a hash between 0 and 1: an eighth, roughly, of the training part goes to each of the other two."""


@dataclass(frozen=True, slots=True)
class Split:
    """Where a unit (series, or book without one) goes.  group: equal for units that go together."""

    name: str
    group: int


def split_units(units: Ids, canonical_units: Ids, names: Mapping[int, str], seed: int) -> dict[int, Split]:
    """The split of each unit.

    units, canonical_units: (pages,) the unit of each page and of the page that stands for its picture: both
    go together.  names: of units; what hangs together is named by the least of its names.
    """
    clusters = _clusters(units, canonical_units)
    places = {root: _place(min(names[unit] for unit in members), seed) for root, members in clusters.items()}
    splits = {root: SPLITS[int(np.searchsorted(BORDERS, place, "right"))] for root, place in places.items()}
    _fill_empty(splits, places)
    return {unit: Split(splits[root], root) for root, members in clusters.items() for unit in members}


def _clusters(units: Ids, canonical_units: Ids) -> dict[int, list[int]]:
    """Units that share pictures, by one of them."""
    parent = {int(unit): int(unit) for unit in np.unique(np.concatenate([units, canonical_units]))}

    def root(unit: int) -> int:
        while parent[unit] != unit:
            parent[unit] = parent[parent[unit]]
            unit = parent[unit]
        return unit

    for one, other in np.unique(np.stack([units, canonical_units], axis=1), axis=0).tolist():
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    clusters: dict[int, list[int]] = defaultdict(list)
    for unit in parent:
        clusters[root(unit)].append(unit)
    return clusters


def _place(name: str, seed: int) -> float:
    digest = hashlib.sha256(f"{seed}\n{name}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def _fill_empty(splits: dict[int, str], places: Mapping[int, float]) -> None:
    """With three clusters or more no split stays empty: the nearest cluster of a fuller one moves."""
    if len(splits) < len(SPLITS):
        return
    middles = {"train": 0.4, "validation": 0.85, "test": 0.95}
    for split in SPLITS:
        if split not in splits.values():
            counts = {name: list(splits.values()).count(name) for name in SPLITS}
            free = [root for root, now in splits.items() if counts[now] > 1]
            splits[min(free, key=lambda root: (abs(places[root] - middles[split]), root))] = split
