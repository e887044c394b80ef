"""Lines of text to balloons and captions, these to panels, and into the order in which they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from warehouse.contracts import Direction, ReadLine
from warehouse.geometry import Box
from warehouse.reading_order import order_panels

LINE_GAP = 0.8
"""Lines nearer than this many line heights stand in one balloon: lettering has half a line or less."""

BORDER_GAP = 0.4
"""The same of lines in two panels, which lie at least a gutter apart unless one balloon hangs over it."""

WORD_GAP = 1.2
"""Pieces of one line are at most this many line heights apart."""

TALL = 1.5
"""A line this much taller than wide is a vertical column."""

_SIZES = 2.0  # lettering of one block: capitals are higher than 'nose', not more than twice
_OVERLAP = 0.5  # of the shorter line with its neighbour, where their edges and middles do not agree
_SAME_ROW = 0.5  # of the lower line's height
_CLEARLY = 0.9  # a panel with less than this of what the best one holds is not in question


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Lines that belong together, in reading order: a balloon, a caption, a sound.

    lines: places in the sequence of lines.  panel: place of the panel that holds it, None where none does.
    """

    box: Box
    lines: tuple[int, ...]
    panel: int | None = None


def group_lines(lines: Sequence[ReadLine], panels: Sequence[Box] = ()) -> list[TextBlock]:
    """The balloons and captions of a page, each with its lines in order and its panel; unordered.

    panels: in reading order; they keep lines apart that stand close on both sides of a border.
    """
    boxes = [line.box for line in lines]
    homes = [_holder(box, panels) for box in boxes]
    blocks = []
    for group in _grouped(boxes, homes):
        mine = [boxes[place] for place in group]
        blocks.append(TextBlock(hull(mine), tuple(_ordered(group, boxes)), panel_of_lines(mine, panels)))
    return blocks


def in_reading_order(blocks: Sequence[TextBlock], panel_count: int, direction: Direction) -> list[TextBlock]:
    """The blocks panel by panel, those in none last, and within a panel as they are read."""
    ordered = []
    for panel in [*range(panel_count), None]:
        mine = [block for block in blocks if block.panel == panel]
        ordered += [mine[place] for place in order_panels([block.box for block in mine], direction)]
    return ordered


def reading_blocks(lines: Sequence[ReadLine], direction: Direction) -> list[TextBlock]:
    """The blocks of lines that lie in one panel, or all in one box, as they are read."""
    return in_reading_order(group_lines(lines), 0, direction)


def panel_of(box: Box, panels: Sequence[Box]) -> int | None:
    """The panel that holds most of a block of which only its box is known."""
    return panel_of_lines([box], panels)


def panel_of_lines(lines: Sequence[Box], panels: Sequence[Box]) -> int | None:
    """The panel that holds most of a block, by the area of its lines; None where it lies outside of all.

    An inset goes before the panel around it.  Where two hold nearly as much, or none holds a line, it is
    the one the block with its margin, a line high, lies in, by area and then by the distance of the middles.
    """
    held = [sum(line.intersection(panel) for line in lines) for panel in panels]
    around = hull(lines)
    margin = min(min(line.w, line.h) for line in lines)
    grown = Box(around.x - margin, around.y - margin, around.w + 2 * margin, around.h + 2 * margin)
    most = max(held, default=0)
    if most == 0:
        held = [grown.intersection(panel) for panel in panels]
        most = max(held, default=0)
    near = [place for place, area in enumerate(held) if area and area >= _CLEARLY * most]
    if not near:
        return None
    inner = [place for place in near if not any(_within(panels[other], panels[place]) for other in near)]

    def closeness(place: int) -> tuple[int, float, int, int]:
        (x, y), (px, py) = around.centre, panels[place].centre
        return -grown.intersection(panels[place]), abs(x - px) + abs(y - py), panels[place].y, panels[place].x

    return min(inner or near, key=closeness)


def is_column(box: Box) -> bool:
    """Whether a line of text runs down rather than along."""
    return box.h > TALL * box.w


def hull(boxes: Sequence[Box]) -> Box:
    """The smallest box around all."""
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    return Box(x, y, max(box.right for box in boxes) - x, max(box.bottom for box in boxes) - y)


def _within(inner: Box, outer: Box) -> bool:
    return inner.area < outer.area and inner.share_inside(outer) > _CLEARLY


def _holder(box: Box, panels: Sequence[Box]) -> int | None:
    """The one panel that a line lies in wholly, the smallest of several; None for one over a border."""
    around = [place for place, panel in enumerate(panels) if box.share_inside(panel) > _CLEARLY]
    return min(around, key=lambda place: panels[place].area, default=None)


def _turned(box: Box) -> Box:
    """Columns seen as rows."""
    return Box(box.y, box.x, box.h, box.w)


def _together(a: Box, b: Box, gap: float) -> bool:
    """Whether two lines follow each other in a block; one about as wide as high may be row or column."""
    both_rows = not is_column(a) and not is_column(b)
    both_columns = not both_rows and all(is_column(box) or box.w < TALL * box.h for box in (a, b))
    if both_columns:
        a, b = _turned(a), _turned(b)
    elif not both_rows:
        return False
    low, high = sorted((a.h, b.h))
    if high > _SIZES * low:
        return False
    apart_x = max(a.x, b.x) - min(a.right, b.right)
    apart_y = max(a.y, b.y) - min(a.bottom, b.bottom)
    if -apart_y >= _SAME_ROW * low:
        return apart_x < min(gap, WORD_GAP) / LINE_GAP * WORD_GAP * low if both_rows else apart_x < low
    return apart_y < gap * low and _aligned(a, b, -apart_x, low)


def _aligned(a: Box, b: Box, overlap: int, height: int) -> bool:
    """Whether one line stands under the other: much of it, or with its start, middle or end."""
    if overlap <= 0:
        return False
    if overlap >= _OVERLAP * min(a.w, b.w):
        return True
    return min(abs(a.x - b.x), abs(a.right - b.right), abs(a.centre[0] - b.centre[0])) < height


def _grouped(boxes: Sequence[Box], homes: Sequence[int | None]) -> list[list[int]]:
    """Connected components under `_together`, each by its first line."""
    groups: list[list[int]] = []
    waiting = list(range(len(boxes)))

    def near(one: int, other: int) -> bool:
        apart = None not in (homes[one], homes[other]) and homes[one] != homes[other]
        return _together(boxes[one], boxes[other], BORDER_GAP if apart else LINE_GAP)

    while waiting:
        group = [waiting.pop(0)]
        for member in group:
            found = [other for other in waiting if near(member, other)]
            group.extend(found)
            waiting = [other for other in waiting if other not in found]
        groups.append(group)
    return groups


def _ordered(group: Sequence[int], boxes: Sequence[Box]) -> list[int]:
    """Rows top to bottom, pieces of a row left to right; columns right to left, pieces of one downwards."""
    upright = sum(is_column(boxes[place]) for place in group) * 2 > len(group)
    rows: list[list[int]] = []
    seen = {place: _turned(boxes[place]) if upright else boxes[place] for place in group}
    for place in sorted(group, key=lambda place: (seen[place].centre[1] * (-1 if upright else 1), place)):
        box, row = seen[place], seen[rows[-1][0]] if rows else None
        if row is not None and min(box.bottom, row.bottom) - max(box.y, row.y) >= _SAME_ROW * min(
            box.h, row.h
        ):
            rows[-1].append(place)
        else:
            rows.append([place])
    return [place for row in rows for place in sorted(row, key=lambda place: (seen[place].x, place))]
