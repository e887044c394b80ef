"""Where a page is to be looked at again, larger: at lines that were read with doubt.

Numbers of a scale stacked over each other, sounds that overlap and tiny lettering run into one box when a
page is looked at as a whole; twice as large they come apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.text_detection import Quad
from warehouse.geometry import Box

DOUBTFUL = 0.85
"""Confidence below which a line is looked at again: of those above, nineteen of twenty are right."""

TRUSTED = 0.5
"""Confidence below which nothing is told of a line: more of them are drawing than lettering."""

_MARGIN, _MOST_MARGIN = 0.5, 0.02  # around a box: of its shorter side, of the page's
_MOST_AREA = 0.125  # of the page, so that all costs at most half of the first look
_SAME_PLACE = 0.5  # of the smaller box


@dataclass(frozen=True, slots=True)
class LineGuess:
    """A line as it was read once, in pixels of the page."""

    quad: Quad
    text: str
    confidence: float

    @property
    def is_doubtful(self) -> bool:
        return self.confidence < DOUBTFUL

    @property
    def worth(self) -> float:
        return letters_worth(self.text, self.confidence)


def letters_worth(text: str, confidence: float) -> float:
    """Letters and digits, each by how far it is trusted."""
    return sum(character.isalnum() for character in text) * max(0.0, confidence - TRUSTED)


def doubtful_regions(guesses: Sequence[LineGuess], width: int, height: int) -> list[Box]:
    """Boxes around the doubtful lines, those that touch as one: the smallest first, an eighth of a page."""
    regions: list[Box] = []
    for guess in guesses:
        if guess.is_doubtful:
            most = round(_MOST_MARGIN * min(width, height))
            regions = _joined(regions, _grown(guess.quad.box, most).clipped(width, height))
    chosen, area = [], 0
    for region in sorted(regions, key=lambda region: region.area):
        area += region.area
        if region.area and area <= _MOST_AREA * width * height:
            chosen.append(region)
    return chosen


def better_reading(
    region: Box, first: Sequence[LineGuess], again: Sequence[LineGuess]
) -> tuple[list[LineGuess], list[LineGuess]]:
    """Which of the lines read first go, and which of those read again come for them.

    Lines of which there was no doubt stay, and what is read over them again is left out, as is what the
    edge of the region may have cut.
    """
    before = [guess for guess in first if guess.is_doubtful and guess.quad.box.share_inside(region) > 0.99]
    sure = [guess for guess in first if not guess.is_doubtful]
    whole = [guess for guess in again if _is_inside(guess.quad.box, region)]
    after = [guess for guess in whole if not any(_same_place(guess, other) for other in sure)]
    if sum(guess.worth for guess in after) > sum(guess.worth for guess in before):
        return before, after
    return [], []


def _is_inside(box: Box, region: Box) -> bool:
    """Whether a line ends before the region does; at the page's own edge there is nothing beyond."""
    left, top = region.x > 0 and box.x <= region.x + 1, region.y > 0 and box.y <= region.y + 1
    return not (left or top or box.right >= region.right - 1 or box.bottom >= region.bottom - 1)


def _same_place(one: LineGuess, other: LineGuess) -> bool:
    a, b = one.quad.box, other.quad.box
    return a.intersection(b) > _SAME_PLACE * min(a.area, b.area)


def _grown(box: Box, most: int) -> Box:
    margin = max(2, min(most, round(_MARGIN * min(box.w, box.h))))
    return Box(box.x - margin, box.y - margin, box.w + 2 * margin, box.h + 2 * margin)


def _joined(regions: Sequence[Box], added: Box) -> list[Box]:
    """The regions with one more; all that it touches, and what these touch, become one."""
    touching = [region for region in regions if region.intersection(added)]
    apart = [region for region in regions if not region.intersection(added)]
    if not touching:
        return [*apart, added]
    x, y = min(box.x for box in (added, *touching)), min(box.y for box in (added, *touching))
    right = max(box.right for box in (added, *touching))
    bottom = max(box.bottom for box in (added, *touching))
    return _joined(apart, Box(x, y, right - x, bottom - y))
