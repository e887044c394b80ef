"""Laying out a page: where panels go, drawing them in, and keeping the truth about the page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from PIL import Image, ImageChops, ImageDraw

from samples.drawing.canvas import SUPERSAMPLE, Canvas, Point
from samples.drawing.figures import Placed, draw_figure
from samples.drawing.props import still_life
from samples.drawing.scenery.skies import WEATHER
from samples.drawing.script import Panel, StoryPage, Style, Tier
from warehouse.geometry import Box


@dataclass(frozen=True)
class TextTruth:
    """Lettering as drawn.  bbox: tight around the ink, page pixels; panel: its index, or None."""

    bbox: Box
    text: str
    panel: int | None
    kind: str


@dataclass
class Sheet:
    """A page being drawn, SUPERSAMPLE times its size, and what is on it."""

    style: Style
    width: int
    height: int
    page_type: str
    key: str
    panels: list[Box] = field(default_factory=list)
    texts: list[TextTruth] = field(default_factory=list)

    def __post_init__(self) -> None:
        size = self.width * SUPERSAMPLE, self.height * SUPERSAMPLE
        self.image = Image.new("RGB", size, self.style.paper)
        self.draw = ImageDraw.Draw(self.image)

    def note(self, ink: tuple[float, float, float, float], text: str, panel: int | None, kind: str) -> None:
        """Remember lettering whose ink fills left, top, right, bottom of the enlarged page."""
        left, top = (max(0, math.floor(v / SUPERSAMPLE)) for v in ink[:2])
        right, low = math.ceil(ink[2] / SUPERSAMPLE), math.ceil(ink[3] / SUPERSAMPLE)
        box = Box(left, top, right - left, low - top).clipped(self.width, self.height)
        self.texts.append(TextTruth(box, text, panel, kind))

    def finished(self) -> Image.Image:
        """The page at its own size."""
        page = self.image.reduce(SUPERSAMPLE)
        return page.convert("L") if self.style.screened else page


@dataclass(frozen=True)
class Framed:
    """A panel drawn on the enlarged page: its box there, and where the heads of its cast are."""

    box: Box
    heads: tuple[Placed, ...]


def new_sheet(style: Style, page_type: str, key: str, spread: bool = False) -> Sheet:
    return Sheet(style, style.width * (2 if spread else 1), style.height, page_type, key)


def slots(style: Style, page: StoryPage) -> list[list[Point]]:
    """The corners of every panel in reading order, page pixels, clockwise from the upper left."""
    width = style.width * (2 if page.spread else 1)
    margin, gutter = (0 if page.bleed else style.margin), style.gutter
    top = float(margin + (50 if page.title else 0))
    free = style.height - margin - top - gutter * (len(page.tiers) - 1)
    total = sum(tier.height for tier in page.tiers)
    corners: list[list[Point]] = []
    for tier in page.tiers:
        tall = free * tier.height / total
        corners += _tier_slots(tier, float(margin), top, width - 2.0 * margin, tall, gutter)
        top += tall + gutter
    if style.direction == "rtl":
        return [[(width - x, y) for x, y in (c[1], c[0], c[3], c[2])] for c in corners]
    return corners


def _tier_slots(
    tier: Tier, left: float, top: float, width: float, tall: float, gutter: int
) -> list[list[Point]]:
    shares = [column[0] if isinstance(column, tuple) else column for column in tier.columns]
    free = width - gutter * (len(shares) - 1)
    found: list[list[Point]] = []
    x = left
    for k, column in enumerate(tier.columns):
        wide = free * shares[k] / sum(shares)
        heights = column[1] if isinstance(column, tuple) else (1.0,)
        y = top
        for share in heights:
            h = (tall - gutter * (len(heights) - 1)) * share / sum(heights)
            a = tier.slant / 2 if k else 0.0
            b = tier.slant / 2 if k < len(shares) - 1 else 0.0
            found.append([(x + a, y), (x + wide + b, y), (x + wide - b, y + h), (x - a, y + h)])
            y += h + gutter
        x += wide + gutter
    return found


def bounds(corners: Sequence[Point]) -> Box:
    """The box around the corners, whole pixels."""
    left, top = (math.floor(min(p[k] for p in corners)) for k in (0, 1))
    right, low = (math.ceil(max(p[k] for p in corners)) for k in (0, 1))
    return Box(left, top, right - left, low - top)


def inset_corners(host: Box, share: tuple[float, float, float, float]) -> list[Point]:
    x, y, w, h = (
        round(host.x + share[0] * host.w),
        round(host.y + share[1] * host.h),
        round(share[2] * host.w),
        round(share[3] * host.h),
    )
    return [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]


def frame_panel(sheet: Sheet, panel: Panel, corners: Sequence[Point], counted: bool = True) -> Framed:
    """Draw a panel's art into its corners (page pixels) and border it; counted: the truth lists it."""
    box = bounds(corners).clipped(sheet.width, sheet.height)
    scale = SUPERSAMPLE
    canvas = Canvas(
        box.w * scale,
        box.h * scale,
        sheet.style.ink,
        sheet.style.shade_tone,
        f"{sheet.key}/{len(sheet.panels)}",
    )
    heads = draw_art(canvas, panel)
    art = screened(canvas.image) if sheet.style.screened else canvas.image
    mask = Image.new("L", art.size)
    outline = [((x - box.x) * scale, (y - box.y) * scale) for x, y in corners]
    ImageDraw.Draw(mask).polygon(outline, 255)
    sheet.image.paste(art, (box.x * scale, box.y * scale), mask)
    if panel.border:
        edge = [(x * scale, y * scale) for x, y in corners]
        sheet.draw.line(
            [*edge, edge[0], edge[1]], sheet.style.border, 6 if panel.inset is None else 9, "curve"
        )
    if counted:
        sheet.panels.append(box)
    big = Box(box.x * scale, box.y * scale, box.w * scale, box.h * scale)
    return Framed(big, tuple(Placed(p.x + big.x, p.y + big.y, p.head, p.facing) for p in heads))


def draw_art(canvas: Canvas, panel: Panel) -> list[Placed]:
    panel.scene(canvas, panel.mood)
    heads = [draw_figure(canvas, figure) for figure in panel.cast]
    if panel.front is not None:
        panel.front(canvas, panel.mood)
    if panel.thing:
        still_life(canvas, panel.thing)
    fall = WEATHER[panel.weather]
    if fall is not None:
        fall(canvas)
    return heads


def screened(art: Image.Image) -> Image.Image:
    """Greys as dots of black on white, the way a screentone sheet prints; black and white stay."""
    grey = art.convert("L").point(lambda v: 255 if v > 234 else 0 if v < 34 else v)
    dots = ImageChops.subtract(grey, _screen(grey.size)).point(lambda v: 255 if v > 0 else 0)
    return dots.convert("RGB")


def _screen(size: tuple[int, int]) -> Image.Image:
    cell = 8
    tile = Image.new("L", (cell, cell))
    for y in range(cell):
        for x in range(cell):
            wave = math.cos(2 * math.pi * (x + 0.31) / cell) + math.cos(2 * math.pi * (y + 0.12) / cell)
            tile.putpixel((x, y), round(128 + wave * 50))
    sheet = Image.new("L", size)
    for y in range(0, size[1], cell):
        for x in range(0, size[0], cell):
            sheet.paste(tile, (x, y))
    return sheet
