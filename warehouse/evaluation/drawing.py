"""Pages with truth and prediction drawn on them: what people say in green, what was found in red."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2

from warehouse.books.reading import open_book
from warehouse.contracts import Pixels
from warehouse.geometry import Box

Colour = tuple[int, int, int]

TRUE: Colour = (0, 150, 0)
FOUND: Colour = (215, 0, 0)

_LINE, _FIGURE = 0.004, 0.0016  # of the page's longer side: the width of a line; the scale of a number


def drawn_over(page: Pixels, true: Sequence[Box], found: Sequence[Box]) -> Pixels:
    """The page with both, boxes numbered in the order they are given; the true ones a little smaller."""
    picture = page.copy()
    side = max(page.shape[:2])
    line = max(2, round(_LINE * side))
    for colour, boxes, inset in ((FOUND, found, 0), (TRUE, true, line + 1)):
        for number, box in enumerate(boxes, start=1):
            upper, lower = (box.x + inset, box.y + inset), (box.right - 1 - inset, box.bottom - 1 - inset)
            cv2.rectangle(picture, upper, lower, colour, line)
            at = (box.x + 2 * line + 12 * inset, box.y + 12 * line)
            scale = max(0.6, _FIGURE * side)
            for shade, width in (((255, 255, 255), 3 * line), (colour, line)):
                cv2.putText(picture, str(number), at, cv2.FONT_HERSHEY_SIMPLEX, scale, shade, width)
    return picture


@dataclass(frozen=True, slots=True)
class Drawing:
    """A page to be drawn: of which book, in which file, and the boxes on it."""

    name: str
    path: Path
    seq: int
    true: Sequence[Box]
    found: Sequence[Box]


def write_drawings(folder: Path, drawings: Sequence[Drawing]) -> None:
    """Write pages as worst-01-BOOK-p3.png, in the order given; pages are counted from 1."""
    folder.mkdir(parents=True, exist_ok=True)
    for place, drawing in enumerate(drawings, start=1):
        with open_book(drawing.path) as book:
            page = book.page_pixels(drawing.seq).pixels
        picture = drawn_over(page, drawing.true, drawing.found)
        file = folder / f"worst-{place:02}-{drawing.name}-p{drawing.seq + 1}.png"
        written = cv2.imencode(".png", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))[1]
        file.write_bytes(written.tobytes())
