"""The index finds what comparing everything with everything finds, once each."""

from __future__ import annotations

import numpy as np
import pytest

from tests.benchmarks.planted_library import Hashes, planted_library
from warehouse.duplicates import hamming_index
from warehouse.duplicates.hamming_index import HammingIndex


@pytest.fixture(scope="module")
def hashes() -> Hashes:
    return np.unique(planted_library(1500).hashes)


def all_pairs(queries: Hashes, hashes: Hashes, distance: int) -> list[tuple[int, int, int]]:
    apart = np.bitwise_count(queries[:, None] ^ hashes[None])
    return [
        (int(query), int(found), int(apart[query, found])) for query, found in np.argwhere(apart <= distance)
    ]


LOOKED_UP, SCANNED = 0, 1 << 40


@pytest.mark.parametrize(
    ("distance", "gain"),
    [
        *((distance, LOOKED_UP) for distance in (0, 1, 3, 4, 7, 9, 13)),
        *((distance, SCANNED) for distance in (0, 4, 13, 30, 64)),
    ],
)
def test_finds_every_pair_once(
    hashes: Hashes, distance: int, gain: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hamming_index, "SCAN_GAIN", gain)
    queries = hashes[::20]
    found = HammingIndex(hashes, distance).near(queries)
    rows = zip(*(part.tolist() for part in found), strict=True)
    assert list(rows) == all_pairs(queries, hashes, distance)


def test_since_leaves_out_what_is_before(hashes: Hashes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hamming_index, "SCAN_GAIN", SCANNED)
    _, found, _ = HammingIndex(hashes, 20).near(hashes[:50], since=700)
    assert found.min() >= 700


def test_work_bounds_the_comparisons(hashes: Hashes) -> None:
    index = HammingIndex(hashes, 4)
    work = index.work(hashes[:100])
    query, _, _ = index.near(hashes[:100])
    assert (work >= np.bincount(query, minlength=100)).all()
    assert work.max() <= len(hashes)


def test_nothing_to_find() -> None:
    nothing = np.empty(0, np.uint64)
    for part in HammingIndex(nothing, 4).near(nothing):
        assert len(part) == 0
