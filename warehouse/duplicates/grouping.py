"""Pages into groups, each around one canonical page: leader clustering.

Pages come in order of preference.  A page is canonical where no better canonical page is near it; every other
page belongs to the nearest of the better canonical pages, the best of them where several are as near.  So no
group reaches farther than its bound around the canonical page, however long a chain of small steps is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from warehouse.duplicates.hamming_index import HammingIndex, Hashes

SHAPE_STEP = 0.05
"""Of the logarithm of width / height: pictures more than two steps apart are never the same."""
AT_ONCE = 1024
BUDGET = 1 << 21
"""Comparisons held in memory at once, about 100 MB."""


@dataclass(frozen=True, slots=True)
class PageHashes:
    """What is compared, one row a page, best page first.

    ids: (N,) int64.  hashes: (N,) uint64.  aspects: (N,) float, width / height.
    """

    ids: NDArray[np.int64]
    hashes: Hashes
    aspects: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PageGroups:
    """Pages that are in groups of two or more, (M,) each; the canonical ones among them at distance 0."""

    page_ids: NDArray[np.int64]
    canonical_ids: NDArray[np.int64]
    distances: NDArray[np.uint8]


def group_pages(pages: PageHashes, max_distance: int) -> PageGroups:
    """Group pages whose hashes are at most max_distance bits (0 to 64) from a canonical page's.

    Pictures of different shape (width / height apart by more than about a tenth) never group.  Equal hashes
    of one shape are compared once, so that a page that stands in thousands of books costs as much as one.
    """
    shapes = np.rint(np.log(pages.aspects) / SHAPE_STEP).astype(np.int16)
    first, picture = _pictures(pages.hashes, shapes)
    leader, distance = lead(pages.hashes[first], shapes[first], max_distance)
    canonical = first[leader[picture]]
    members = np.bincount(canonical, minlength=len(pages.ids))
    grouped = members[canonical] > 1
    return PageGroups(pages.ids[grouped], pages.ids[canonical[grouped]], distance[picture[grouped]])


def lead(
    hashes: Hashes, shapes: NDArray[np.int16], max_distance: int
) -> tuple[NDArray[np.intp], NDArray[np.uint8]]:
    """For each of the hashes, (N,) best first, the place of its leader and the distance from it.

    Leaders lead themselves.  shapes: (N,), in steps.
    """
    count = len(hashes)
    leader = np.full(count, -1, np.intp)
    distance = np.full(count, 255, np.uint8)
    index = HammingIndex(hashes, max_distance)
    for place in range(0, count, AT_ONCE):
        asked = place + np.flatnonzero(leader[place : place + AT_ONCE] < 0)
        for some in _affordable(asked, index.work(hashes[asked])):
            _absorb(index, some[leader[some] < 0], hashes, shapes, leader, distance)
    return leader, distance


def _absorb(
    index: HammingIndex,
    asked: NDArray[np.intp],
    hashes: Hashes,
    shapes: NDArray[np.int16],
    leader: NDArray[np.intp],
    distance: NDArray[np.uint8],
) -> None:
    """Decide, in order, which of the asked lead, and give them what is near."""
    if len(asked) == 0:
        return
    query, found, apart = index.near(hashes[asked], since=int(asked[0]))
    behind = (found > asked[query]) & (np.abs(shapes[found] - shapes[asked[query]]) <= 1)
    query, found, apart = query[behind], found[behind], apart[behind]
    starts = np.searchsorted(query, np.arange(len(asked) + 1))
    for place in np.unique(query):
        chief = asked[place]
        if leader[chief] >= 0:
            continue
        near, bits = (rows[starts[place] : starts[place + 1]] for rows in (found, apart))
        closer = bits < distance[near]
        leader[near[closer]] = chief
        distance[near[closer]] = bits[closer]
        leader[chief], distance[chief] = chief, 0
    alone = asked[leader[asked] < 0]
    leader[alone], distance[alone] = alone, 0


def _affordable(asked: NDArray[np.intp], work: NDArray[np.int64]) -> list[NDArray[np.intp]]:
    """The asked in runs of at most BUDGET comparisons, or of one."""
    return np.split(asked, np.flatnonzero(np.diff(np.cumsum(work) // BUDGET)) + 1)


def _pictures(hashes: Hashes, shapes: NDArray[np.int16]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Equal hash and shape as one: where each first stands, in order, and which one each page shows."""
    order = np.lexsort((shapes, hashes))
    new = np.ones(len(order), bool)
    new[1:] = (np.diff(hashes[order]) != 0) | (np.diff(shapes[order]) != 0)
    first = order[new]
    by_place = np.argsort(first)
    rank = np.empty(len(first), np.intp)
    rank[by_place] = np.arange(len(first))
    picture = np.empty(len(order), np.intp)
    picture[order] = rank[np.cumsum(new) - 1]
    return first[by_place], picture
