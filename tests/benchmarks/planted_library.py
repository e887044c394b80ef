"""Libraries of page hashes that are distributed as those of real books are, copies and all.

Hashes of real pages are not uniform: low frequencies have a favourite sign, pages of a series are
alike, and layouts recur.  Here each is the sign pattern of a Gaussian with a common mean, a mean of its
series and twenty common factors, set so that distances are spread like those between pages of different
series of 42 real books.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

PAGES = 24
"""Of an issue."""
COLLECTED = 4
"""Issues of a collection."""
_FACTORS, _COMMON, _SPREAD = 20, 0.7, 0.2
_AT_ONCE = 20_000


@dataclass(frozen=True)
class PlantedLibrary:
    """One row a page: book and seq (0-based), hash, and a number for its bytes."""

    books: NDArray[np.int64]
    seqs: NDArray[np.int64]
    hashes: Hashes
    bytes: NDArray[np.int64]


def planted_library(pages: int, seed: int = 1) -> PlantedLibrary:
    """About so many pages: issues of 24 pages, and collections that hold one page in eight of them again.

    A third of the issues end with one of three scanner's tags (same bytes), a fifth begin with the banner of
    their series (other bytes, at most 4 bits from one another), a fifth have a near-empty page: all of these
    share 16 bits and little else.  Every other collection is saved again (0 to 6 bits off).
    """
    rng = np.random.default_rng(seed)
    issues = max(COLLECTED * 2, round(pages * 7 / 8 / PAGES))
    hashes = fresh_hashes(issues * PAGES, rng).reshape(issues, PAGES)
    content = np.arange(issues * PAGES).reshape(issues, PAGES)
    kind = rng.random((3, issues))
    tagged = kind[0] < 1 / 3
    tags = rng.integers(0, 3, tagged.sum())
    hashes[tagged, -1], content[tagged, -1] = fresh_hashes(3, rng)[tags], -1 - tags
    titled = np.flatnonzero(kind[1] < 1 / 5)
    banner = np.repeat(fresh_hashes(1, rng), len(titled))
    hashes[titled, 0] = saved_again(banner, rng.integers(0, 3, len(titled)), rng)
    sparse = kind[2] < 1 / 5
    hashes[sparse, 1] = (hashes[sparse, 1] & ~np.uint64(0xFFFF)) | np.uint64(0x0F35)
    collections = max(1, round(pages / 8 / PAGES / COLLECTED))
    first = rng.integers(0, issues - COLLECTED, collections)
    members = (first[:, None] + np.arange(COLLECTED)).ravel()
    copied, copied_content = hashes[members].ravel(), content[members].ravel()
    lossy = np.repeat(np.arange(collections) % 2 == 1, COLLECTED * PAGES)
    copied[lossy] = saved_again(copied[lossy], rng.integers(0, 4, lossy.sum()), rng)
    copied_content[lossy] = content.size + np.arange(lossy.sum())
    return PlantedLibrary(
        np.concatenate(
            [
                np.repeat(np.arange(issues), PAGES),
                issues + np.repeat(np.arange(collections), COLLECTED * PAGES),
            ]
        ),
        np.concatenate(
            [np.tile(np.arange(PAGES), issues), np.tile(np.arange(COLLECTED * PAGES), collections)]
        ),
        np.concatenate([hashes.ravel(), copied]),
        np.concatenate([content.ravel(), copied_content]),
    )


def fresh_hashes(count: int, rng: np.random.Generator) -> Hashes:
    """Hashes of so many different pages, a series every 600 of them; 32 bits are set, as in real ones."""
    shape = np.random.default_rng(98)
    mean = shape.standard_normal(64) * _SPREAD * 2 / np.sqrt(1 + np.add(*np.divmod(np.arange(64), 8)) / 4)
    mean[0] = 9
    factors = shape.standard_normal((_FACTORS, 64)) * _COMMON / np.sqrt(_FACTORS)
    series = rng.standard_normal((count // 600 + 1, 64)) * _SPREAD
    found = np.empty(count, np.uint64)
    for start in range(0, count, _AT_ONCE):
        place = np.arange(start, min(start + _AT_ONCE, count))
        waves = mean + series[place // 600] + rng.standard_normal((len(place), _FACTORS)) @ factors
        waves += rng.standard_normal((len(place), 64)) * np.sqrt(1 - _COMMON**2)
        found[place] = _packed(waves > np.median(waves, axis=1, keepdims=True))
    return found


def saved_again(hashes: Hashes, swaps: NDArray[np.int64], rng: np.random.Generator) -> Hashes:
    """Hashes of the same pictures after so many swaps of two bits each: up to 2 bits off a swap."""
    bits = np.unpackbits(hashes.astype(">u8").view(np.uint8).reshape(-1, 8), axis=1)
    for done in range(int(swaps.max(initial=0))):
        rows = np.flatnonzero(swaps > done)
        chance = rng.random((len(rows), 64))
        on = np.where(bits[rows] == 1, chance, -1).argmax(axis=1)
        off = np.where(bits[rows] == 0, chance, -1).argmax(axis=1)
        bits[rows, on], bits[rows, off] = 0, 1
    return _packed(bits)


def _packed(bits: NDArray[np.bool_] | NDArray[np.uint8]) -> Hashes:
    return np.packbits(bits, axis=1).view(">u8")[:, 0].astype(np.uint64)
