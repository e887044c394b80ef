"""Unit vectors as a library of comics has them: series, books, pages and recurring motifs, not uniform noise.

A mixture of Gaussians in 512 dimensions whose spectrum falls off, so that few directions carry most of the
spread, as in real embeddings.  All pages share a mean (raw cosines of everything are high); a series, a book,
a page and a panel each add their own; panels also show one of a few hundred motifs that recur in all series.
The same numbers come out for the same seed, in any order and one chunk at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

DIM = 512
PAGES = 24
"""Of a book."""
PANELS = 6
"""Of a page."""
BOOKS = 25
"""Of a series."""
AT_ONCE = 50
"""Books of a chunk: 7,200 panels, 14 MiB."""
_MOTIFS = 300
_MEAN, _SERIES, _BOOK, _PAGE, _MOTIF, _PANEL = 1.0, 0.7, 0.4, 0.4, 0.6, 0.5


@dataclass(frozen=True)
class Clusters:
    """Vectors of a library.  seed: another one, another library."""

    seed: int = 1

    def chunks(self, books: int, with_panels: int) -> Iterator[tuple[int, Vectors, Vectors]]:
        """(first book, pages, panels) of each chunk: (books * 24, 512) and (panels, 512), books from 0.

        Only the first books have panels, so many; the page vectors of the others are as if they had.
        """
        for first in range(0, books, AT_ONCE):
            yield first, *self._chunk(first, min(AT_ONCE, books - first), with_panels - first)

    def _chunk(self, first: int, books: int, with_panels: int) -> tuple[Vectors, Vectors]:
        rng = np.random.default_rng([self.seed, 1, first])
        series = (first + np.arange(books)) // BOOKS
        book = self._mean + np.stack([self._series(int(number)) for number in series])
        book += self._spread(rng, books, _BOOK)
        page = np.repeat(book, PAGES, axis=0) + self._spread(rng, books * PAGES, _PAGE)
        shown = page[: max(0, with_panels) * PAGES]
        motif = self._motifs[rng.integers(0, _MOTIFS, len(shown) * PANELS)]
        panel = np.repeat(shown, PANELS, axis=0) + motif
        panel += self._spread(rng, len(panel), _PANEL)
        shown[:] = panel.reshape(-1, PANELS, DIM).mean(axis=1)
        page[len(shown) :] += self._spread(
            rng, len(page) - len(shown), np.hypot(_MOTIF, _PANEL) / PANELS**0.5
        )
        return unit(page), unit(panel)

    def _series(self, number: int) -> Vectors:
        return self._spread(np.random.default_rng([self.seed, 2, number]), 1, _SERIES)[0]

    @cached_property
    def _mean(self) -> Vectors:
        return self._spread(np.random.default_rng([self.seed, 3]), 1, _MEAN)[0]

    @cached_property
    def _motifs(self) -> Vectors:
        return self._spread(np.random.default_rng([self.seed, 4]), _MOTIFS, _MOTIF)

    @cached_property
    def _spectrum(self) -> Vectors:
        falling = (1 + np.arange(DIM)) ** -0.5
        return (falling / np.linalg.norm(falling)).astype(np.float32)

    def _spread(self, rng: np.random.Generator, count: int, length: float) -> Vectors:
        drawn = rng.standard_normal((count, DIM), np.float32)
        drawn *= self._spectrum * np.float32(length)
        return drawn


def unit(v: Vectors) -> Vectors:
    """Rows of length 1, in place."""
    v /= np.linalg.norm(v, axis=1, keepdims=True)
    return v
