"""Lines of text to panels, and into the order in which a reader would read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from warehouse.contracts import Direction, ReadLine
from warehouse.geometry import Box
from warehouse.reading_order import order_panels

LINE_GAP = 0.8
"""Lines nearer than this many line heights stand in one balloon or caption."""

TALL = 1.5
"""A line this much taller than wide is a vertical column."""


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Lines that belong together, in reading order: a balloon, a caption."""

    box: Box
    lines: tuple[int, ...]


def panel_of(line: Box, panels: Sequence[Box]) -> int | None:
    """The panel that holds most of a line, None where none holds any of it; the smaller one on a tie."""
    shares = [(line.share_inside(panel), -panel.area, -place) for place, panel in enumerate(panels)]
    if not shares:
        return None
    share, _, place = max(shares)
    return -place if share > 0 else None


def reading_blocks(lines: Sequence[ReadLine], direction: Direction) -> list[TextBlock]:
    """Group lines (of one panel) into blocks and order both; `TextBlock.lines` are places in `lines`."""
    groups = _grouped([line.box for line in lines])
    boxes = [_hull([lines[place].box for place in group]) for group in groups]
    return [
        TextBlock(boxes[i], tuple(_ordered(groups[i], [line.box for line in lines])))
        for i in order_panels(boxes, direction)
    ]


def joined_text(blocks: Sequence[TextBlock], lines: Sequence[ReadLine], language: str | None) -> str:
    """The text of the blocks, a block a line; words are parted by spaces where the language does so."""
    space = "" if language in {"ja", "zh", "th"} else " "
    return "\n".join(space.join(lines[place].text for place in block.lines) for block in blocks)


def is_column(box: Box) -> bool:
    """Whether a line of text runs down rather than along."""
    return box.h > TALL * box.w


def _together(a: Box, b: Box) -> bool:
    if is_column(a) != is_column(b):
        return False
    gap_x = max(a.x, b.x) - min(a.right, b.right)
    gap_y = max(a.y, b.y) - min(a.bottom, b.bottom)
    if is_column(a):
        return gap_y < 0 and gap_x < LINE_GAP * min(a.w, b.w)
    return gap_x < 0 and gap_y < LINE_GAP * min(a.h, b.h)


def _grouped(boxes: Sequence[Box]) -> list[list[int]]:
    """Connected components under `_together`, each by its first line."""
    groups: list[list[int]] = []
    waiting = list(range(len(boxes)))
    while waiting:
        group = [waiting.pop(0)]
        for member in group:
            near = [other for other in waiting if _together(boxes[member], boxes[other])]
            group.extend(near)
            waiting = [other for other in waiting if other not in near]
        groups.append(group)
    return groups


def _ordered(group: Sequence[int], boxes: Sequence[Box]) -> list[int]:
    """Rows top to bottom; columns right to left."""
    if all(is_column(boxes[place]) for place in group):
        return sorted(group, key=lambda place: (-boxes[place].right, boxes[place].y, place))
    return sorted(group, key=lambda place: (boxes[place].centre[1], boxes[place].x, place))


def _hull(boxes: Sequence[Box]) -> Box:
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    return Box(x, y, max(box.right for box in boxes) - x, max(box.bottom for box in boxes) - y)
