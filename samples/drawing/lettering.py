"""Lettering: balloons with tails, thoughts, captions and sounds, placed so that they read in order."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from samples.drawing.balloons import Balloon, draw_balloon
from samples.drawing.canvas import SUPERSAMPLE, Colour, Point
from samples.drawing.figures import Placed
from samples.drawing.page import Framed, Sheet
from samples.drawing.script import Line, Panel
from warehouse.geometry import Box

LEADING = 1.22
"""Height of a line of lettering in font sizes."""

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def font_of(size: int) -> Font:
    """The lettering font; size in page pixels."""
    return ImageFont.load_default(size * SUPERSAMPLE)


def wrap(text: str, font: Font, width: float) -> list[str]:
    """Break into lines of at most this width (a longer word stands alone)."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def balanced(text: str, font: Font, widest: float, aspect: float, size: float) -> list[str]:
    """Break so that the block of lines comes closest to an aspect (width over height)."""
    tries = [wrap(text, font, widest * k / 12) for k in range(3, 13)]
    fitting = [t for t in tries if max(font.getlength(line) for line in t) <= widest] or [tries[-1]]
    return min(
        fitting,
        key=lambda t: abs(math.log(max(font.getlength(s) for s in t) / (len(t) * size * LEADING) / aspect)),
    )


def write(
    sheet: Sheet,
    lines: list[str],
    x: float,
    y: float,
    size: int,
    ink: Colour,
    bold: int = 1,
    centre: bool = True,
) -> tuple[float, float, float, float]:
    """Letter lines from the top y down, centred on x (or starting there); returns the box of their ink."""
    font = font_of(size)
    boxes = []
    for k, line in enumerate(lines):
        left = x - font.getlength(line) / 2 if centre else x
        place = (round(left), round(y + k * size * SUPERSAMPLE * LEADING))
        sheet.draw.text(place, line, ink, font, stroke_width=bold, stroke_fill=ink)
        boxes.append(sheet.draw.textbbox(place, line, font, stroke_width=bold))
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


def letter_panel(
    sheet: Sheet, panel: Panel, framed: Framed, index: int | None, blocked: Sequence[Box] = ()
) -> None:
    """Letter all lines of a panel, in their order, clear of the blocked boxes (insets; enlarged pixels)."""
    heads = {figure.who.name: head for figure, head in zip(panel.cast, framed.heads, strict=True)}
    sounds = [_sound(sheet, line, framed.box, index) for line in panel.lines if line.kind == "sfx"]
    words = [line for line in panel.lines if line.kind != "sfx"]
    balloons = [_measure(sheet, line, framed.box) for line in words]
    tips = [_tip(line, framed.box, heads) for line in words]
    rtl = sheet.style.direction == "rtl"
    places = arrange(balloons, tips, framed, [*blocked, *sounds], rtl)
    for balloon, tip, (cx, cy) in zip(balloons, tips, places, strict=True):
        line = balloon.line
        draw_balloon(sheet, balloon, cx, cy, tip, _head_size(line, heads))
        size = sheet.style.letters
        top = cy - len(balloon.rows) * size * SUPERSAMPLE * LEADING / 2 + size * 0.02
        ink = sheet.style.caption_ink if line.kind == "caption" else (16, 16, 22)
        box = write(sheet, balloon.rows, cx, top, size, ink, 2 if line.kind == "shout" else 1)
        sheet.note(box, " ".join(balloon.rows), index, "caption" if line.kind == "caption" else "balloon")


def _head_size(line: Line, heads: dict[str, Placed]) -> float:
    return heads[line.who.name].head if line.who is not None and line.who.name in heads else 0.0


def _measure(sheet: Sheet, line: Line, box: Box) -> Balloon:
    size = sheet.style.letters
    font = font_of(size)
    text = line.text.upper()
    square = line.kind == "caption" or (
        line.who is not None and line.who.voice == "robot" and line.kind == "talk"
    )
    widest = box.w * 0.9 - (52 if square else 90)
    rows = balanced(text, font, min(widest, 660), 3.4 if line.kind == "caption" else 1.9, size * SUPERSAMPLE)
    half_w = max(font.getlength(row) for row in rows) / 2
    half_h = len(rows) * size * SUPERSAMPLE * LEADING / 2
    if square:
        return Balloon(line, rows, half_w + 26, half_h + 18)
    grow = {"talk": 1.16, "thought": 1.2, "shout": 1.3}[line.kind]
    return Balloon(line, rows, half_w * grow + 24, half_h * grow + 22)


def _tip(line: Line, box: Box, heads: dict[str, Placed]) -> Point | None:
    if line.kind == "caption":
        return None
    if line.who is not None and line.who.name in heads:
        head = heads[line.who.name]
        return head.x + head.facing * head.head * 0.14, head.y + head.head * 0.1
    return box.x + line.at[0] * box.w, box.y + line.at[1] * box.h


def arrange(
    balloons: Sequence[Balloon],
    tips: Sequence[Point | None],
    framed: Framed,
    blocked: Sequence[Box],
    rtl: bool,
) -> list[Point]:
    """Middles of the balloons: a beam search for a layout that hides no face and reads in order."""
    beam: list[tuple[float, list[Point]]] = [(0.0, [])]
    for k, balloon in enumerate(balloons):
        share = (k + 0.5) / len(balloons)
        low = balloon.line.kind == "caption" and k > 0 and k == len(balloons) - 1
        spots = _spots(balloon, framed, tips[k], 1 - share if rtl else share, low, blocked)
        grown: list[tuple[float, list[Point]]] = []
        for cost, placed in beam:
            taken = [other.box(*middle) for other, middle in zip(balloons, placed, strict=False)]
            for spot_cost, spot in spots:
                mine = balloon.box(*spot, 6)
                clash = sum(400 * mine.share_inside(box) + 40 for box in taken if mine.intersection(box))
                grown.append(
                    (cost + spot_cost + clash + _disorder(balloon.box(*spot), taken, rtl), [*placed, spot])
                )
        beam = sorted(grown, key=lambda entry: entry[0])[:12]
    return beam[0][1]


def _spots(
    balloon: Balloon, framed: Framed, tip: Point | None, share: float, low: bool, blocked: Sequence[Box]
) -> list[tuple[float, Point]]:
    """The cheapest places for a balloon on its own; share: where along the panel its turn would be."""
    box, pad = framed.box, 12
    free_x, free_y = max(0.0, box.w - 2 * (balloon.rx + pad)), max(0.0, box.h - 2 * (balloon.ry + pad))
    found: list[tuple[float, Point]] = []
    for i in range(13):
        for j in range(17):
            x, y = box.x + pad + balloon.rx + free_x * i / 12, box.y + pad + balloon.ry + free_y * j / 16
            cost = 1.6 * (1 - j / 16 if low else j / 16) + 0.8 * abs(x - box.x - share * box.w) / box.w
            cost += 2.5 * min(i, 12 - i) / 12 if tip is None else _stretch(x, y, tip, box)
            found.append((cost + _crowding(balloon, x, y, framed, blocked), (x, y)))
    return sorted(found)[:60]


def _stretch(x: float, y: float, tip: Point, box: Box) -> float:
    """Dislike of a balloon far from its speaker."""
    side = box.w if box.w < box.h * 1.5 else box.h * 1.5
    return 1.5 * abs(x - tip[0]) / side + 2.2 * max(0.0, abs(y - tip[1]) / box.h - 0.3)


def _crowding(balloon: Balloon, x: float, y: float, framed: Framed, taken: Sequence[Box]) -> float:
    mine = balloon.box(x, y, 6)
    cost = sum(400 * mine.share_inside(other) + (40 if mine.intersection(other) else 0) for other in taken)
    for head in framed.heads:
        face = Box(
            round(head.x - head.head * 0.5),
            round(head.y - head.head * 0.62),
            round(head.head),
            round(head.head * 1.2),
        )
        cost += 22 * face.share_inside(mine) + 6 * mine.share_inside(face)
    return cost


def _disorder(mine: Box, taken: list[Box], rtl: bool) -> float:
    """How badly a reader would take this balloon before one that comes earlier."""
    cost = 0.0
    for other in taken:
        after = (mine.centre[0] - other.centre[0]) * (-1 if rtl else 1)
        below = mine.y - (other.y + other.h * 0.75)
        if below < 0 and (after < other.w * 0.4 or mine.centre[1] < other.centre[1] - 12):
            cost += 12
    return cost


def _sound(sheet: Sheet, line: Line, box: Box, index: int | None) -> Box:
    """Letter a sound effect; returns where."""
    cx, cy = box.x + line.at[0] * box.w, box.y + line.at[1] * box.h
    font = font_of(line.size)
    ink = font.getbbox(line.text, stroke_width=16)
    layer = Image.new("L", (round(ink[2] - ink[0]) + 20, round(ink[3] - ink[1]) + 20))
    core = layer.copy()
    place = (10 - ink[0], 10 - ink[1])
    ImageDraw.Draw(layer).text(place, line.text, 255, font, stroke_width=16)
    ImageDraw.Draw(core).text(place, line.text, 255, font, stroke_width=6)
    layer, core = (i.rotate(line.turn, Image.Resampling.BICUBIC, expand=True) for i in (layer, core))
    left = round(min(max(cx - layer.width / 2, box.x + 4), box.right - layer.width - 4))
    top = round(min(max(cy - layer.height / 2, box.y + 4), box.bottom - layer.height - 4))
    sheet.image.paste((16, 16, 22), (left, top), layer)
    sheet.image.paste(sheet.style.sfx, (left, top), core)
    tight = core.getbbox()
    assert tight is not None
    sheet.note((left + tight[0], top + tight[1], left + tight[2], top + tight[3]), line.text, index, "sfx")
    return Box(left, top, layer.width, layer.height)
