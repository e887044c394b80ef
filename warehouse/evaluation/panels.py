"""Panel detection against human boxes.

A found panel matches a true one at IoU of at least 0.5, each used once, best pairs first (the matching of
PASCAL VOC).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from warehouse.geometry import Box

IOU_THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class PanelFigures:
    """Counts over some pages; figures without a denominator are NaN."""

    pages: int = 0
    pages_right: int = 0
    true: int = 0
    found: int = 0
    matched: int = 0

    def __add__(self, other: PanelFigures) -> PanelFigures:
        return PanelFigures(
            self.pages + other.pages,
            self.pages_right + other.pages_right,
            self.true + other.true,
            self.found + other.found,
            self.matched + other.matched,
        )

    @property
    def precision(self) -> float:
        return ratio(self.matched, self.found)

    @property
    def recall(self) -> float:
        return ratio(self.matched, self.true)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1."""
        return ratio(2 * self.matched, self.true + self.found)

    @property
    def share_right(self) -> float:
        """Share of pages on which every panel is found and nothing else is."""
        return ratio(self.pages_right, self.pages)


def match_panels(
    found: Sequence[Box], true: Sequence[Box], threshold: float = IOU_THRESHOLD
) -> list[tuple[int, int]]:
    """Match found boxes to true ones, one to one, highest IoU first.

    Returns (index into found, index into true), sorted by the true index.  Equal IoUs go to the lower
    indices.
    """
    overlaps = [(f.iou(t), i, j) for i, f in enumerate(found) for j, t in enumerate(true)]
    candidates = sorted((o for o in overlaps if o[0] >= threshold), key=lambda o: (-o[0], o[1], o[2]))
    used_found: set[int] = set()
    used_true: set[int] = set()
    matches = []
    for _, i, j in candidates:
        if i not in used_found and j not in used_true:
            matches.append((i, j))
            used_found.add(i)
            used_true.add(j)
    return sorted(matches, key=lambda match: match[1])


def judge_page(found: Sequence[Box], true: Sequence[Box]) -> PanelFigures:
    """Figures of one page."""
    matches = match_panels(found, true)
    return PanelFigures(
        pages=1,
        pages_right=int(len(matches) == len(true) == len(found)),
        true=len(true),
        found=len(found),
        matched=len(matches),
    )


def total(figures: Iterable[PanelFigures]) -> PanelFigures:
    """The sum of the counts, so that every panel weighs the same."""
    return sum(figures, PanelFigures())


def ratio(part: float, whole: float) -> float:
    """part / whole; NaN where there is no whole."""
    return part / whole if whole else float("nan")
