"""The order in which a reader goes through the boxes of a page.

A layout is taken apart by straight cuts that miss the boxes, or nearly so: into tiers first, a tier into
columns, a column into tiers again (the recursive XY cut of Nagy and Seth, 1984, with tolerance for slanted
and overlapping panels, and with slopes for tiers that climb or fall across the page). Where no cut is left,
boxes are compared in pairs, and the one with the least against it is read first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from warehouse.contracts import Direction
from warehouse.geometry import Box

_TOLERANCE = 0.2
"""Share of a box's height (or width) that may lie on the wrong side of a cut."""

_SLOPES = (1, -1, 2, -2)
"""Slopes of cuts between tiers, in sixteenths: gutters at up to seven degrees are still read across."""

_ALONG = 3
"""Panels on either side of a sloping cut, at least: two columns that split at two heights do not slope."""

_CLEARLY = 0.1
"""How much less a cut between columns must take off the boxes than one between tiers to be preferred."""

_INSIDE = 0.9
"""Share of a box that lies inside a larger one when it is an inset of that one."""

_INSET_AREA = 0.5
"""An inset is at most this large, against its host."""

_BEFORE = 0.05
"""Share of its height (or width) by which an inset may begin before its host; further out it is met first."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A box seen in reading direction: `left` is its leading edge."""

    index: int
    left: int
    top: int
    right: int
    bottom: int

    @property
    def span(self) -> tuple[int, int, int, int, int]:
        """Sorts the upper box before the lower, then the leading one, then the larger, then the earlier."""
        return self.top, self.left, -self.bottom, -self.right, self.index

    def sheared(self, slope: int) -> tuple[int, int]:
        """Top and bottom, in 1/32 pixel, of a page sheared until lines of this slope are level."""
        shift = slope * (self.left + self.right)
        return 32 * self.top - shift, 32 * self.bottom - shift


@dataclass(frozen=True, slots=True)
class _Cut:
    """cost: the largest share of a box that it takes off.  before: for each box, whether it is read first."""

    cost: float
    before: tuple[bool, ...]


def order_panels(boxes: Sequence[Box], direction: Direction) -> list[int]:
    """Order panels as a reader would.

    boxes: in page pixels.  direction: 'ltr', 'rtl' or 'vertical' (a webtoon: down, then left to right).
    Returns the indices of the boxes in reading order.  An inset comes right after the panel it lies in;
    ties go to the upper, then the leading box.
    """
    items = sorted(
        (_item(index, box, direction) for index, box in enumerate(boxes)), key=lambda item: item.span
    )
    hosts = _hosts(items, boxes)
    insets: dict[int, list[_Item]] = {}
    for item in items:
        if item.index in hosts:
            insets.setdefault(hosts[item.index], []).append(item)
    order: list[int] = []
    waiting = list(reversed(_ordered([item for item in items if item.index not in hosts])))
    while waiting:
        item = waiting.pop()
        order.append(item.index)
        waiting.extend(reversed(_ordered(insets.get(item.index, []))))
    return order


def order_on_spread(boxes: Sequence[Box], direction: Direction, fold_x: int | None) -> list[int]:
    """Order panels as a reader would who has two pages before them: one page whole, then the other.

    fold_x: where the pages part, in pixels; None for a single page, or one drawing over both.  The left page
    comes first, the right one for 'rtl'.  Returns the indices of the boxes in reading order.
    """
    if fold_x is None:
        return order_panels(boxes, direction)
    left = [index for index, box in enumerate(boxes) if box.centre[0] < fold_x]
    right = [index for index, box in enumerate(boxes) if box.centre[0] >= fold_x]
    pages = (right, left) if direction == "rtl" else (left, right)
    return [page[place] for page in pages for place in order_panels([boxes[i] for i in page], direction)]


def _item(index: int, box: Box, direction: Direction) -> _Item:
    left, right = (-box.right, -box.x) if direction == "rtl" else (box.x, box.right)
    return _Item(index, left, box.y, right, box.bottom)


def _hosts(items: Sequence[_Item], boxes: Sequence[Box]) -> dict[int, int]:
    """The smallest box around each inset."""
    hosts = {}
    for item in items:
        box = boxes[item.index]
        around = [
            other
            for other in items
            if 0 < box.area <= _INSET_AREA * boxes[other.index].area
            and box.share_inside(boxes[other.index]) >= _INSIDE
            and other.top - item.top <= _BEFORE * box.h
            and other.left - item.left <= _BEFORE * box.w
        ]
        if around:
            hosts[item.index] = min(around, key=lambda other: (boxes[other.index].area, *other.span)).index
    return hosts


def _ordered(items: list[_Item]) -> list[_Item]:
    """Take a group apart by cuts, and order what no cut parts by pairs."""
    order: list[_Item] = []
    groups = [items]
    while groups:
        group = groups.pop()
        if len(group) < 2:
            order.extend(group)
            continue
        parts = _parted(group)
        if parts is None:
            order.extend(_by_claims(group))
        else:
            groups.extend(reversed(parts))
    return order


def _parted(group: list[_Item]) -> tuple[list[_Item], list[_Item]] | None:
    """Part a group at the best cut between tiers, or between columns where that one is clearly cleaner."""
    cut = _best_cut([(item.left, item.right) for item in group])
    tiers = _best_tiers(group)
    if tiers and (not cut or tiers.cost <= cut.cost + _CLEARLY):
        cut = tiers
    if not cut:
        return None
    pairs = list(zip(group, cut.before, strict=True))
    return [item for item, first in pairs if first], [item for item, first in pairs if not first]


def _best_tiers(group: list[_Item]) -> _Cut | None:
    """The cheapest cut between tiers, a sloping one only where it is cheaper than a level one."""
    cuts = [_best_cut([item.sheared(0) for item in group])]
    if len(group) >= 2 * _ALONG:
        sloping = (_best_cut([item.sheared(slope) for item in group]) for slope in _SLOPES)
        cuts += [cut for cut in sloping if cut and _ALONG <= sum(cut.before) <= len(group) - _ALONG]
    return min((cut for cut in cuts if cut), key=lambda cut: cut.cost, default=None)


def _best_cut(extents: list[tuple[int, int]]) -> _Cut | None:
    """The cheapest cut along one axis; of equal ones the first."""
    positions = sorted({edge for extent in extents for edge in extent})
    cuts = (_cut(extents, position) for position in positions)
    return min((cut for cut in cuts if cut), key=lambda cut: cut.cost, default=None)


def _cut(extents: list[tuple[int, int]], position: int) -> _Cut | None:
    """A cut at this position, unless it takes too much off a box or has all boxes on one side."""
    cost = 0.0
    for low, high in extents:
        wrong = min(position - low, high - position)
        if wrong > _TOLERANCE * (high - low):
            return None
        cost = max(cost, wrong / max(1, high - low))
    before = tuple(low + high < 2 * position for low, high in extents)
    return _Cut(cost, before) if 0 < sum(before) < len(extents) else None


def _by_claims(group: list[_Item]) -> list[_Item]:
    """Read, again and again, the box that the others have the least claim to be read before."""
    claims = [[max(0.0, _precedes(other, item)) for other in group] for item in group]
    against = [sum(row) for row in claims]
    left = list(range(len(group)))
    order = []
    while left:
        first = min(left, key=lambda i: (round(against[i], 6), group[i].span))
        left.remove(first)
        order.append(group[first])
        for i in left:
            against[i] -= claims[i][first]
    return order


def _precedes(one: _Item, other: _Item) -> float:
    """How clearly one box is read before another, -1 to 1: by whichever axis they are further apart on."""
    down = _apart(one.top, one.bottom, other.top, other.bottom)
    along = _apart(one.left, one.right, other.left, other.right)
    return down if abs(down) >= abs(along) else along


def _apart(low: int, high: int, other_low: int, other_high: int) -> float:
    """Distance of two extents' centres over half their summed length, -1 to 1: those where they are apart."""
    length = max(1, high - low + other_high - other_low)
    return max(-1.0, min(1.0, (other_low + other_high - low - high) / length))
