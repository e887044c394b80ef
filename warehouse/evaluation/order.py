"""Reading order against the order in which people numbered the panels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from warehouse.evaluation.panels import ratio


@dataclass(frozen=True, slots=True)
class OrderFigures:
    """Counts over the pages with at least two panels to compare.  taus: Kendall's tau, summed over pages."""

    pages: int = 0
    pages_right: int = 0
    pairs: int = 0
    pairs_right: int = 0
    taus: float = 0.0

    def __add__(self, other: OrderFigures) -> OrderFigures:
        return OrderFigures(
            self.pages + other.pages,
            self.pages_right + other.pages_right,
            self.pairs + other.pairs,
            self.pairs_right + other.pairs_right,
            self.taus + other.taus,
        )

    @property
    def share_right(self) -> float:
        """Share of pairs of panels, over all pairs of a page, that are read in the true order."""
        return ratio(self.pairs_right, self.pairs)

    @property
    def share_of_pages(self) -> float:
        """Share of pages on which all of them are."""
        return ratio(self.pages_right, self.pages)

    @property
    def tau(self) -> float:
        """Kendall's tau (1938), mean over pages: 1 the true order, 0 none at all, -1 the reverse."""
        return ratio(self.taus, self.pages)


def judge_order(places: Sequence[int]) -> OrderFigures:
    """Figures of one page.  places: when each panel is read, in the true order of the panels; all differ."""
    pairs = list(combinations(places, 2))
    if not pairs:
        return OrderFigures()
    right = sum(first < second for first, second in pairs)
    return OrderFigures(1, int(right == len(pairs)), len(pairs), right, (2 * right - len(pairs)) / len(pairs))
