"""Batches of pages without end: new ones, and ones drawn before, seen from another side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from models.panel_training.bare_pages import bare_page
from models.panel_training.pages import DrawnPage, comic_page, splash_page
from models.panel_training.pictures import Pictures
from models.panel_training.shading import Random
from models.panel_training.targets import Lesson, lesson
from models.panel_training.wear import worn

SIDE = 512
"""Pixels of a page's longer side."""

_CANVASES = ((512, 384), (512, 288), (384, 512))
"""Height and width that pages of a batch lie on: of books, of strips, of spreads."""

_USUAL = (0.78, 0.08, 0.14)
_NEW = 1  # of a batch
_KEPT = 400  # pages of each canvas that are shown again


@dataclass(frozen=True, slots=True)
class Source:
    """What training pages are made of.  pages: real ones, made small to SIDE, with the panels on them."""

    pictures: Pictures
    pages: Sequence[DrawnPage]


def batches(source: Source, seed: int, size: int) -> Iterator[list[Lesson]]:
    """Batches of so many lessons on one canvas; the same for the same seed."""
    random = np.random.default_rng(seed)
    kept: list[list[DrawnPage]] = [[] for _ in _CANVASES]
    while True:
        place = int(random.choice(len(_CANVASES), p=_USUAL))
        height, width = _CANVASES[place]
        old = kept[place]
        fresh = [
            page_of_any_kind(random, source, height, width) for _ in range(_NEW if len(old) > 60 else size)
        ]
        again = (
            [old[int(number)] for number in random.integers(len(old), size=size - len(fresh))]
            if len(fresh) < size
            else []
        )
        old.extend(fresh)
        del old[: max(0, len(old) - _KEPT)]
        yield [lesson(_seen_anew(random, page), height, width) for page in (*fresh, *again)]


def page_of_any_kind(random: Random, source: Source, height: int, width: int) -> DrawnPage:
    """A page that fits a canvas, its longer side SIDE."""
    if source.pages and random.random() < 0.12:
        fitting = [
            page for page in source.pages if page.grey.shape[0] <= height and page.grey.shape[1] <= width
        ]
        if fitting:
            return worn(random, fitting[int(random.integers(len(fitting)))])
    if height > width:
        width -= int(random.integers(0, 64))
    else:
        height -= int(random.integers(0, 64))
    kind = random.random()
    draw = comic_page if kind < 0.8 else splash_page if kind < 0.86 else bare_page
    return worn(random, draw(random, source.pictures, width, height))


def _seen_anew(random: Random, page: DrawnPage) -> DrawnPage:
    """Turned over from left to right, or sometimes upside down."""
    grey, panels = page.grey, list(page.panels)
    height, width = grey.shape
    if random.random() < 0.5:
        grey, panels = grey[:, ::-1], [np.asarray([width, 0]) + panel * (-1, 1) for panel in panels]
    if random.random() < 0.25:
        grey, panels = grey[::-1], [np.asarray([0, height]) + panel * (1, -1) for panel in panels]
    return DrawnPage(np.ascontiguousarray(grey), tuple(panels))
