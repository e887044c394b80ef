"""Pages of comics drawn at random, with the panels that are on them."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from models.panel_training.cutting import Outline, bounds, rectangle
from models.panel_training.layouts import laid_out
from models.panel_training.lettering import balloon, letters, sound
from models.panel_training.pictures import Pictures, crop, filled, place_figure
from models.panel_training.shading import Grey, Random, large_shapes, screen, toned


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page (height, width) uint8 and the outlines of its panels in pixels, those in front later."""

    grey: Grey
    panels: tuple[Outline, ...]


@dataclass(frozen=True, slots=True)
class _Borders:
    """How the panels of a page are framed.  shade: None where they have no border."""

    shade: int | None
    width: float
    bare: float  # share of the panels that have none all the same
    broken: float  # share of those whose border has gaps
    wobble: float  # pixels a corner is off
    rimmed: float  # share of the panels with a rim of white around them


_LEAST_SEEN = 0.3  # of a panel's area
_LEAST_SIZE = 0.004  # of the page's area


def comic_page(random: Random, pictures: Pictures, width: int, height: int) -> DrawnPage:
    """A page laid out in panels, with figures, balloons and sounds over their borders."""
    paper = _paper(random, pictures, width, height)
    page, borders = paper.copy(), _borders(random, float(paper.mean()))
    outlines = laid_out(random, width, height)
    panels = [
        panel
        for outline in outlines
        if (panel := _drawn(random, pictures, page, outline, borders)) is not None
    ]
    _over_the_borders(random, pictures, page, panels)
    if random.random() < 0.3:
        letters(random, page, width * random.uniform(0.1, 0.8), height - 9, 14, 7, 5, 90)
    return DrawnPage(page, tuple(_seen(panels, width, height)))


def _seen(panels: list[Outline], width: int, height: int) -> list[Outline]:
    """Those of which a good part is on the page and not behind others."""
    owner = np.zeros((height, width), np.uint8)
    for place, panel in enumerate(panels, start=1):
        cv2.fillPoly(owner, [panel.astype(np.int32)], place)
    visible = np.bincount(owner.ravel(), minlength=len(panels) + 1)
    areas = [cv2.contourArea(panel.astype(np.float32)) for panel in panels]
    return [
        panel
        for place, panel in enumerate(panels)
        if visible[place + 1] >= max(_LEAST_SEEN * areas[place], _LEAST_SIZE * width * height)
    ]


def splash_page(random: Random, pictures: Pictures, width: int, height: int) -> DrawnPage:
    """One drawing that fills the page, or nearly so."""
    page = _paper(random, pictures, width, height)
    edge = 0.0 if random.random() < 0.6 else random.uniform(0.01, 0.08) * max(width, height)
    borders = _borders(random, float(page.mean()))
    outline = _drawn(random, pictures, page, rectangle(edge, edge, width - edge, height - edge), borders)
    panels = [] if outline is None else [outline]
    _over_the_borders(random, pictures, page, panels)
    return DrawnPage(page, tuple(panels))


def _paper(random: Random, pictures: Pictures, width: int, height: int) -> Grey:
    kind = random.random()
    if kind < 0.66:
        return np.full((height, width), int(random.integers(225, 256)), np.uint8)
    if kind < 0.8:
        return np.full((height, width), int(random.integers(0, 45)), np.uint8)
    if kind < 0.9:
        return np.full((height, width), int(random.integers(60, 225)), np.uint8)
    if kind < 0.95:
        return screen(random, width, height)
    picture = toned(random, crop(random, pictures, width, height)).astype(np.float32)
    level, share = random.uniform(0, 255), random.uniform(0.1, 0.4)
    return np.asarray(level * (1 - share) + picture * share, np.uint8)


def _borders(random: Random, paper: float) -> _Borders:
    dark = paper < 100
    shade: int | None = int(random.integers(0, 60))
    if dark and random.random() < 0.7:
        shade = int(random.integers(190, 256)) if random.random() < 0.4 else None
    elif random.random() < 0.06:
        shade = None
    return _Borders(
        shade,
        float(
            random.choice(
                [random.uniform(0.5, 1.2), random.uniform(1, 3), random.uniform(2.5, 5)], p=[0.5, 0.4, 0.1]
            )
        ),
        float(random.choice([0.0, random.uniform(0.05, 0.4)], p=[0.6, 0.4])),
        0.15 if random.random() < 0.2 else 0.0,
        float(random.choice([0.0, random.uniform(0.3, 2.0)], p=[0.75, 0.25])),
        0.5 if random.random() < 0.15 else 0.0,
    )


def _drawn(
    random: Random, pictures: Pictures, page: Grey, outline: Outline, borders: _Borders
) -> Outline | None:
    """Draw a panel.  Returns its outline, that of a drawing on bare paper; None if it is too small."""
    height, width = page.shape
    bare = borders.shade is None or random.random() < borders.bare
    left, top, right, bottom = bounds(outline)
    x1, y1, x2, y2 = (
        max(0, int(left)),
        max(0, int(top)),
        min(width, int(right) + 1),
        min(height, int(bottom) + 1),
    )
    if x2 - x1 < 12 or y2 - y1 < 12:
        return None
    if bare and borders.shade is not None and random.random() < 0.5:
        return _vignette(random, pictures, page, outline)
    corners = outline + random.normal(0, borders.wobble, outline.shape) if borders.wobble else outline
    if random.random() < borders.rimmed:
        _outlined(page, corners, float(random.uniform(6, 14)), 250)
    picture = filled(random, pictures, x2 - x1, y2 - y1)
    if bare and borders.shade is None and abs(float(picture.mean()) - float(page[y1:y2, x1:x2].mean())) < 25:
        picture = toned(random, crop(random, pictures, x2 - x1, y2 - y1))
    mask = np.zeros((y2 - y1, x2 - x1), np.uint8)
    cv2.fillPoly(mask, [((corners - (x1, y1)) * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    share = mask.astype(np.float32) / 255
    under = page[y1:y2, x1:x2]
    page[y1:y2, x1:x2] = (under * (1 - share) + picture * share).astype(np.uint8)
    if not bare and borders.shade is not None:
        _framed(random, page, corners, borders)
    return outline


def _framed(random: Random, page: Grey, corners: Outline, borders: _Borders) -> None:
    """Draw a border, here and there with gaps."""
    assert borders.shade is not None
    if random.random() >= borders.broken:
        _outlined(page, corners, borders.width, borders.shade)
        return
    for place, corner in enumerate(corners):
        other = corners[(place + 1) % len(corners)]
        gap = np.sort(random.uniform(0, 1, 2))
        for start, end in ((0.0, gap[0]), (gap[1], 1.0)):
            piece = np.asarray([corner + (other - corner) * start, corner + (other - corner) * end])
            _outlined(page, piece, borders.width, borders.shade, closed=False)


def _outlined(page: Grey, corners: Outline, line_width: float, shade: int, closed: bool = True) -> None:
    """Draw a line of any width: thin ones fainter, as they look once a page is made small."""
    whole = max(1, round(line_width))
    left, top, right, bottom = bounds(corners)
    x, y = max(0, int(left) - whole - 2), max(0, int(top) - whole - 2)
    part = page[y : max(y, int(bottom) + whole + 3), x : max(x, int(right) + whole + 3)]
    if not part.size:
        return
    layer = np.zeros(part.shape, np.uint8)
    points = [((corners - (x, y)) * 16).astype(np.int32)]
    cv2.polylines(layer, points, closed, 255, whole, cv2.LINE_AA, 4)
    at = layer.nonzero()
    share = layer[at].astype(np.float32) * (min(1.0, line_width / whole) / 255)
    part[at] = (part[at] * (1 - share) + shade * share).astype(np.uint8)


def _vignette(random: Random, pictures: Pictures, page: Grey, outline: Outline) -> Outline | None:
    """A drawing on the bare paper, its panel as large as it is."""
    left, top, right, bottom = bounds(outline)
    x, y, w, h = place_figure(random, pictures, page, (left, top, right, bottom))
    if w * h < 0.25 * (right - left) * (bottom - top):
        return None
    return rectangle(x, y, x + w, y + h)


def _over_the_borders(random: Random, pictures: Pictures, page: Grey, panels: list[Outline]) -> None:
    """Figures that step out of their panels, balloons and sounds anywhere."""
    height, width = page.shape
    side = max(width, height)
    if panels and random.random() < 0.4:
        for _ in range(int(random.integers(1, 3))):
            left, top, right, bottom = bounds(panels[int(random.integers(len(panels)))])
            size = np.asarray([right - left, bottom - top]) * random.uniform(0.6, 1.4)
            middle = (
                np.asarray([(left + right) / 2, (top + bottom) / 2]) + random.uniform(-0.35, 0.35, 2) * size
            )
            place = (*(middle - size / 2), *(middle + size / 2))
            place_figure(random, pictures, page, (place[0], place[1], place[2], place[3]))
    if panels and random.random() < 0.12:
        left, top, right, bottom = bounds(panels[int(random.integers(len(panels)))])
        anywhere = (random.uniform(left, right), random.uniform(top, bottom))
        large_shapes(random, page, anywhere, random.uniform(0.5, 0.9) * min(right - left, bottom - top))
    size = side * random.uniform(0.007, 0.017)
    for _ in range(int(random.poisson(0.8 * len(panels) * (random.random() < 0.85)))):
        left, top, right, bottom = bounds(panels[int(random.integers(len(panels)))])
        x = left + (right - left) * (
            random.uniform(0, 1) if random.random() < 0.7 else random.uniform(-0.05, 1.05)
        )
        y = top + (bottom - top) * random.uniform(0, 1)
        balloon(random, page, x, y, min(size, 0.08 * (right - left)) * random.uniform(0.8, 1.2))
    for _ in range(int(random.poisson(0.6 * len(panels) * (random.random() < 0.45)))):
        _caption(random, page, panels[int(random.integers(len(panels)))], size)
    for _ in range(int(random.poisson(0.8))):
        sound(
            random,
            page,
            random.uniform(0, width),
            random.uniform(0, height),
            side * random.uniform(0.02, 0.1),
        )


def _caption(random: Random, page: Grey, panel: Outline, size: float) -> None:
    """A box of words: in a corner of a panel, all along one of its edges, or anywhere in it, tall or wide."""
    left, top, right, bottom = bounds(panel)
    width, height = right - left, bottom - top
    if random.random() < 0.5:
        w = width * (1.0 if random.random() < 0.4 else random.uniform(0.3, 0.8))
        h = min(height, size * random.uniform(1.6, 6))
        x = left if random.random() < 0.5 else right - w
        y = top if random.random() < 0.6 else bottom - h
    else:
        w, h = width * random.uniform(0.1, 0.4), height * random.uniform(0.25, 0.9)
        if random.random() < 0.25:
            w, h = width * random.uniform(0.3, 0.9), height * random.uniform(0.1, 0.35)
        x, y = left + (width - w) * random.uniform(0, 1), top + (height - h) * random.uniform(-0.1, 1.05)
    box = rectangle(x, y, x + w, y + h)
    dark = random.random() < 0.08
    shade = int(random.integers(0, 40)) if dark else int(random.integers(200, 256))
    cv2.fillPoly(page, [(box * 16).astype(np.int32)], shade, cv2.LINE_AA, 4)
    if random.random() < 0.8:
        _outlined(page, box, float(random.uniform(0.7, 2.5)), 30)
    letters(random, page, x + 3, y + 2, w - 6, h - 4, size, 230 if dark else 20)
