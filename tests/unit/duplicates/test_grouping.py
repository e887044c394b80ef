"""Groups around canonical pages: bounded, deterministic, and cheap where thousands of pages are alike."""

from __future__ import annotations

import numpy as np
import pytest

from tests.benchmarks.planted_library import Hashes, planted_library, saved_again
from warehouse.duplicates import grouping
from warehouse.duplicates.grouping import PageHashes, group_pages, lead
from warehouse.duplicates.hamming_index import HammingIndex


def bits(*places: int) -> int:
    return sum(1 << place for place in places)


def grouped(
    hashes: list[int], distance: int, aspects: list[float] | None = None
) -> dict[int, tuple[int, int]]:
    """Page → (canonical page, distance); pages are numbered from 100, best first."""
    count = len(hashes)
    pages = PageHashes(
        np.arange(100, 100 + count), np.array(hashes, np.uint64), np.array(aspects or [0.66] * count)
    )
    found = group_pages(pages, distance)
    rows = zip(found.page_ids.tolist(), found.canonical_ids.tolist(), found.distances.tolist(), strict=True)
    return {page: (canonical, apart) for page, canonical, apart in rows}


def one_by_one(hashes: Hashes, shapes: np.ndarray, distance: int) -> tuple[list[int], list[int]]:
    """The definition, in so many words."""
    leaders: list[int] = []
    leader, apart = [], []
    for place, hash_ in enumerate(hashes):
        near = [
            (int(np.bitwise_count(hashes[other] ^ hash_)), other)
            for other in leaders
            if abs(int(shapes[other]) - int(shapes[place])) <= 1
        ]
        best = min(near, default=(65, -1))
        if best[0] > distance:
            leaders.append(place)
            best = (0, place)
        apart.append(best[0])
        leader.append(best[1])
    return leader, apart


@pytest.mark.parametrize("distance", [0, 2, 4, 9, 24, 64])
@pytest.mark.parametrize("budget", [grouping.BUDGET, 3000])
def test_as_defined(distance: int, budget: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "BUDGET", budget)
    monkeypatch.setattr(grouping, "AT_ONCE", 100)
    rng = np.random.default_rng(distance)
    hashes = rng.permutation(np.unique(planted_library(500).hashes))
    hashes = np.concatenate([hashes, saved_again(np.repeat(hashes[:2], 60), rng.integers(0, 4, 120), rng)])
    shapes = rng.integers(0, 4, len(hashes)).astype(np.int16)
    leader, apart = lead(hashes, shapes, distance)
    assert (leader.tolist(), apart.tolist()) == one_by_one(hashes, shapes, distance)


def test_a_chain_of_small_steps_does_not_make_one_group() -> None:
    chain = [bits(*range(start, start + 20)) for start in range(0, 14, 2)]  # neighbours are 4 bits apart
    assert grouped(chain, 4) == {
        100: (100, 0), 101: (100, 4), 102: (102, 0), 103: (102, 4), 104: (104, 0), 105: (104, 4)
    }  # fmt: skip


def test_a_page_joins_the_nearest_of_the_better_canonical_pages() -> None:
    left, right = 0, bits(*range(6))
    assert grouped([left, right, bits(0, 1, 2, 3)], 4)[102] == (101, 2)
    assert grouped([left, right, bits(0, 1, 2)], 4)[102] == (100, 3)  # as near to both: the better one
    worse_is_nearer = grouped([left, bits(0, 1, 2, 3), bits(0, 1, 2, 3, 4, 5)], 4)
    assert worse_is_nearer == {100: (100, 0), 101: (100, 4)}  # 102 is canonical, and worse than 101


def test_equal_hashes_group_only_in_the_same_shape() -> None:
    found = grouped([7, 7, 7, 7], 4, [0.66, 1.32, 0.68, 1.30])
    assert found == {100: (100, 0), 102: (100, 0), 101: (101, 0), 103: (101, 0)}


def test_single_pages_are_in_no_group() -> None:
    assert grouped([0, bits(*range(5))], 4) == {}
    assert grouped([], 4) == {}


def test_equal_pages_are_compared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scanner's tag in every book, and thousands of title cards that are all near each other."""
    asked: list[int] = []
    near = HammingIndex.near

    def counting(self: HammingIndex, queries: Hashes, since: int = 0):  # type: ignore[no-untyped-def]
        asked.append(int(self.work(queries).sum()))
        return near(self, queries, since)

    monkeypatch.setattr(HammingIndex, "near", counting)
    rng = np.random.default_rng(5)
    fresh = planted_library(2000).hashes
    tags = np.repeat(fresh[:1], 20_000)
    cards = saved_again(np.repeat(fresh[1:2], 20_000), rng.integers(0, 3, 20_000), rng)
    hashes = np.concatenate([fresh, tags, cards])
    found = group_pages(PageHashes(np.arange(len(hashes)), hashes, np.full(len(hashes), 0.66)), 4)
    assert np.bincount(found.canonical_ids).max() >= 20_000
    distinct = len(np.unique(hashes))
    assert distinct > 8000
    assert sum(asked) < distinct**2 / 20
    assert max(asked) <= 2 * grouping.BUDGET
