"""Which of many 64-bit hashes lie within a Hamming distance of a few: multi-index hashing.

Norouzi, Punjani and Fleet, "Fast search in Hamming space with multi-index hashing" (CVPR 2012): cut the
hashes into four bands of 16 bits.  Two hashes at most d bits apart are at most d // 4 bits apart in one band
at least, so that it is enough to look up each band, and its few neighbours, in a table by that band.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

BANDS, BAND_BITS = 4, 16
MOST_BITS = BANDS * BAND_BITS
SCAN_GAIN = 16
"""Comparing hashes in a row is so many times faster than picking them from all over memory (measured)."""
_ROWS, _BLOCK = 32, 4096


class HammingIndex:
    """A table of hashes, (N,) uint64, to be asked for those within max_distance (0 to 64) of others."""

    def __init__(self, hashes: Hashes, max_distance: int) -> None:
        self._hashes = np.ascontiguousarray(hashes, np.uint64)
        self._max_distance = max_distance
        self._order: list[NDArray[np.intp]] = []
        self._starts: list[NDArray[np.int64]] = []
        for band in range(BANDS):
            values = _band(self._hashes, band)
            self._order.append(np.argsort(values, kind="stable"))
            counts = np.bincount(values, minlength=1 << BAND_BITS)
            self._starts.append(np.concatenate([[0], np.cumsum(counts)]).astype(np.int64))
        self._by_band = [self._hashes[order] for order in self._order]

    def work(self, queries: Hashes) -> NDArray[np.int64]:
        """How many comparisons each of the queries, (K,), will cost at most, (K,)."""
        total = np.zeros(len(queries), np.int64)
        for band in range(BANDS):
            values = self._probes(queries, band)
            total += (self._starts[band][values + 1] - self._starts[band][values]).sum(axis=1)
        return np.minimum(total, len(self._hashes))

    def near(
        self, queries: Hashes, since: int = 0
    ) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.uint8]]:
        """Every pair of a query, (K,), and a hash at most max_distance apart, each once.

        since: the hashes before this place may be left out.
        Returns places among the queries, in order, places in the table, and distances, all (P,).
        """
        scan = len(queries) * (len(self._hashes) - since)
        cheap = self.work(queries).sum() * SCAN_GAIN <= scan
        query, found = self._looked_up(queries) if cheap else self._scanned(queries, since)
        order = np.lexsort((found, query))
        query, found = query[order], found[order]
        return query, found, np.bitwise_count(self._hashes[found] ^ queries[query])

    def _looked_up(self, queries: Hashes) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        parts = [self._of_band(queries, band) for band in range(BANDS)]
        return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])

    def _of_band(self, queries: Hashes, band: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The pairs that this band finds and none before it does."""
        probes = self._probes(queries, band)
        first = self._starts[band][probes].ravel()
        counts = self._starts[band][probes + 1].ravel() - first
        hit = np.flatnonzero(counts)
        first, counts = first[hit], counts[hit]
        query = np.repeat(hit // probes.shape[1], counts)
        ends = np.cumsum(counts)
        place = np.arange(len(query)) - np.repeat(ends - counts - first, counts)
        differing = self._by_band[band][place] ^ queries[query]
        near = np.flatnonzero(np.bitwise_count(differing) <= self._max_distance)
        for earlier in range(band):
            bits = np.bitwise_count(_band(differing[near], earlier))
            near = near[bits > self._radius]
        return query[near], self._order[band][place[near]]

    def _scanned(self, queries: Hashes, since: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """All queries with all hashes since a place, in blocks that stay in the processor's cache."""
        pairs = [(np.empty(0, np.intp), np.empty(0, np.intp))]
        for row in range(0, len(queries), _ROWS):
            some = queries[row : row + _ROWS, None]
            for start in range(since, len(self._hashes), _BLOCK):
                block = self._hashes[None, start : start + _BLOCK]
                near = np.flatnonzero(np.bitwise_count(some ^ block) <= self._max_distance)
                query, found = np.divmod(near, block.shape[1])
                pairs.append((query + row, found + start))
        return np.concatenate([pair[0] for pair in pairs]), np.concatenate([pair[1] for pair in pairs])

    @property
    def _radius(self) -> int:
        return self._max_distance // BANDS

    def _probes(self, queries: Hashes, band: int) -> NDArray[np.int64]:
        """The band of each query and all its neighbours, (K, M)."""
        return (_band(queries, band)[:, None] ^ _masks(self._radius)).astype(np.int64)


def _band(hashes: Hashes, band: int) -> NDArray[np.uint16]:
    return (hashes >> np.uint64(band * BAND_BITS)).astype(np.uint16)


@cache
def _masks(radius: int) -> NDArray[np.uint16]:
    """Every band with at most `radius` bits set."""
    flips = [
        sum(1 << bit for bit in bits) for k in range(radius + 1) for bits in combinations(range(BAND_BITS), k)
    ]
    return np.array(flips, np.uint16)
