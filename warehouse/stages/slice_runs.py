"""Runs of slices: pages whose drawing goes on over the border, looked at as the one strip they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from warehouse.books.slices import borders_of, goes_on
from warehouse.contracts import DetectedPanel, PanelDetector, Pixels
from warehouse.geometry import Box, Polygon, moved, polygon_within
from warehouse.records import StoredPage

_MOST_PIXELS = 16_000_000  # of a part: a run is looked at in parts, so that one of any length fits in memory
_LEAST_SLICE = 0.01  # of the width: less of a panel on another slice is no part of it
_TOUCHING = 0.01  # of the width: between a panel and the border it goes on over
_LEAST_LINKS, _LEAST_SHARE = 3, 0.25  # of borders crossed, in a book not known to be a strip


@dataclass(frozen=True, slots=True)
class Part:
    """Consecutive pages of one run with their pixels.  linked: the run began before this part."""

    pages: tuple[StoredPage, ...]
    pictures: tuple[Pixels, ...]
    linked: bool


@dataclass(frozen=True, slots=True)
class FoundPanel:
    """A panel, or the part of it that lies on this page, in page pixels."""

    box: Box
    score: float
    from_previous: bool = False
    to_next: bool = False
    polygon: Polygon | None = None


@dataclass(frozen=True, slots=True)
class FoundPage:
    """What was found on a page.

    linked: its drawing goes on from the page before.  apart: that was looked at in another part.
    """

    page: StoredPage
    panels: tuple[FoundPanel, ...]
    linked: bool
    apart: bool = True
    fold_x: int | None = None


def as_found(panels: Iterable[DetectedPanel]) -> tuple[FoundPanel, ...]:
    """Panels of a page, each whole."""
    return tuple(FoundPanel(panel.box, panel.score, polygon=panel.polygon) for panel in panels)


def parts(pictures: Iterable[tuple[StoredPage, Pixels]], *, vertical: bool) -> Iterator[Part]:
    """Put consecutive pages of one run together.  vertical: the book is known to be a strip."""
    pages: list[StoredPage] = []
    drawn: list[Pixels] = []
    linked = False
    for page, pixels in pictures:
        goes = bool(pages) and _is_linked(pages[-1], drawn[-1], page, pixels, vertical)
        full = sum(picture.size for picture in drawn) + pixels.size > 3 * _MOST_PIXELS
        if pages and (not goes or full):
            yield Part(tuple(pages), tuple(drawn), linked)
            pages, drawn, linked = [], [], goes
        pages.append(page)
        drawn.append(pixels)
    if pages:
        yield Part(tuple(pages), tuple(drawn), linked)


def _is_linked(upper: StoredPage, above: Pixels, lower: StoredPage, below: Pixels, vertical: bool) -> bool:
    if lower.seq != upper.seq + 1 or upper.double_page or lower.double_page:
        return False
    return goes_on(borders_of(above), borders_of(below), expected=vertical)


def detect_on_strip(detector: PanelDetector, part: Part) -> list[FoundPage]:
    """Detect the panels of several slices on the strip they make, and divide them among the slices."""
    width = part.pictures[0].shape[1]
    strip = np.concatenate([_at_width(picture, width) for picture in part.pictures])
    panels = detector.detect(strip)
    found = []
    top = 0
    for place, (page, picture) in enumerate(zip(part.pages, part.pictures, strict=True)):
        scale = width / page.width
        height = round(page.height * scale)
        last = place == len(part.pages) - 1
        inside = (_on_slice(panel, top, height, width, first=place == 0, last=last) for panel in panels)
        own = tuple(_scaled(panel, scale, page) for panel in inside if panel is not None)
        found.append(FoundPage(page, own, part.linked or place > 0, apart=place == 0))
        top += _at_width(picture, width).shape[0]
    return found


def _at_width(picture: Pixels, width: int) -> Pixels:
    height = picture.shape[0]
    if picture.shape[1] == width:
        return picture
    size = (width, max(1, round(height * width / picture.shape[1])))
    return np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.BILINEAR))


def _on_slice(
    panel: DetectedPanel, top: int, height: int, width: int, *, first: bool, last: bool
) -> FoundPanel | None:
    """The part of a strip's panel on rows top .. top+height-1, in pixels from the slice's own top."""
    least = max(2.0, _LEAST_SLICE * width)
    above, below = top - panel.box.y, panel.box.bottom - top - height
    low, high = max(0, -above), min(height, height + below)
    if high - low < least:
        return None
    box = Box(panel.box.x, low, panel.box.w, high - low)
    outline = polygon_within(moved(panel.polygon, 0, -top), box) if panel.polygon else None
    return FoundPanel(box, panel.score, not first and above >= least, not last and below >= least, outline)


def _scaled(panel: FoundPanel, scale: float, page: StoredPage) -> FoundPanel:
    """From pixels of the strip to those of a page."""
    if scale == 1:
        return panel
    x, y, right, bottom = (
        round(edge / scale) for edge in (panel.box.x, panel.box.y, panel.box.right, panel.box.bottom)
    )
    box = Box(x, y, right - x, bottom - y).clipped(page.width, page.height)
    outline = [(left / scale, top / scale) for left, top in panel.polygon or ()]
    return replace(panel, box=box, polygon=polygon_within(outline, box))


def joined_at_parts(found: Sequence[FoundPage]) -> list[FoundPage]:
    """The pages, with the panels marked that touch a border between two parts of a run from both sides."""
    pages = list(found)
    for place in range(1, len(pages)):
        upper, lower = pages[place - 1], pages[place]
        if not (lower.linked and lower.apart):
            continue
        pairs = [
            (i, j)
            for i, above in enumerate(upper.panels)
            for j, below in enumerate(lower.panels)
            if _is_one(above.box, upper.page, below.box, lower.page)
        ]
        pages[place - 1] = _marked(upper, {i for i, _ in pairs}, to_next=True)
        pages[place] = _marked(lower, {j for _, j in pairs}, to_next=False)
    return pages


def _is_one(above: Box, upper: StoredPage, below: Box, lower: StoredPage) -> bool:
    if upper.height - above.bottom > _TOUCHING * upper.width or below.y > _TOUCHING * lower.width:
        return False
    left = max(above.x / upper.width, below.x / lower.width)
    right = min(above.right / upper.width, below.right / lower.width)
    return right - left >= 0.5 * min(above.w / upper.width, below.w / lower.width)


def _marked(page: FoundPage, places: set[int], *, to_next: bool) -> FoundPage:
    panels = list(page.panels)
    for place in places:
        panel = panels[place]
        panels[place] = replace(panel, to_next=True) if to_next else replace(panel, from_previous=True)
    return replace(page, panels=tuple(panels))


def is_strip(found: Sequence[FoundPage]) -> bool:
    """Whether so many pages go on from the one before that the book can only be a strip cut into slices."""
    links = sum(page.linked for page in found)
    return links >= max(_LEAST_LINKS, _LEAST_SHARE * (len(found) - 1))


def unlinked(found: Sequence[FoundPage]) -> list[FoundPage]:
    """The pages as if none went on: the likeness of two borders was chance."""
    return [
        replace(
            page,
            linked=False,
            panels=tuple(replace(panel, from_previous=False, to_next=False) for panel in page.panels),
        )
        for page in found
    ]


def chains(found: Sequence[FoundPage]) -> list[tuple[int, int] | None]:
    """For each page its run, 0-based, and its top in pixels of the run's first slice; None: in no run."""
    placed: list[tuple[int, int] | None] = []
    chain, first_width, bottom = -1, 1, 0.0
    for place, page in enumerate(found):
        starts = not page.linked and place + 1 < len(found) and found[place + 1].linked
        if starts:
            chain, first_width, bottom = chain + 1, page.page.width, 0.0
        if not starts and not page.linked:
            placed.append(None)
            continue
        placed.append((chain, round(bottom)))
        bottom += page.page.height * first_width / page.page.width
    return placed
