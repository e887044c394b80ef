"""The shapes around lettering: round, robot, shouting and thinking balloons, captions, and their tails."""

from __future__ import annotations

import math
from dataclasses import dataclass

from samples.drawing.canvas import Point, ring, seeded, smooth
from samples.drawing.page import Sheet
from samples.drawing.script import Line
from warehouse.geometry import Box


@dataclass(frozen=True)
class Balloon:
    """A line of the script, broken and measured: half its width and height, enlarged pixels."""

    line: Line
    rows: list[str]
    rx: float
    ry: float

    def box(self, cx: float, cy: float, grow: float = 0.0) -> Box:
        return Box(
            round(cx - self.rx - grow),
            round(cy - self.ry - grow),
            round(2 * (self.rx + grow)),
            round(2 * (self.ry + grow)),
        )


def draw_balloon(
    sheet: Sheet, balloon: Balloon, cx: float, cy: float, tip: Point | None, head: float
) -> None:
    style, line = sheet.style, balloon.line
    if line.kind == "caption":
        box = balloon.box(cx, cy)
        sheet.draw.rectangle([box.x, box.y, box.right, box.bottom], style.caption, (16, 16, 22), 5)
        return
    assert tip is not None
    robot = line.who is not None and line.who.voice == "robot"
    fill = style.robot_balloon if robot else style.balloon
    outline = _outline(balloon, cx, cy, robot, sheet.key)
    if line.kind == "thought":
        shapes = [outline, *_bubbles(balloon, cx, cy, tip, head)]
    else:
        shapes = [_tail(balloon, cx, cy, tip, head), outline]
    for shape in shapes:
        sheet.draw.line([*shape, shape[0], shape[1]], (16, 16, 22), 9, "curve")
    for shape in shapes:
        sheet.draw.polygon(shape, fill)


def _outline(balloon: Balloon, cx: float, cy: float, robot: bool, key: str) -> list[Point]:
    rx, ry, kind = balloon.rx, balloon.ry, balloon.line.kind
    if kind == "shout":
        rng = seeded(key, balloon.line.text)
        count = 22
        points = []
        for k in range(count * 2):
            turn, far = math.pi * k / count, (1.0 if k % 2 == 0 else 0.84) * rng.uniform(0.96, 1.04)
            points.append((cx + rx * far * _power(math.cos(turn)), cy + ry * far * _power(math.sin(turn))))
        return points
    if kind == "thought":
        count = max(10, round((rx + ry) / 26))
        return smooth(
            [
                (
                    cx + rx * (1.0 if k % 2 else 0.9) * _power(math.cos(math.pi * k / count)),
                    cy + ry * (1.0 if k % 2 else 0.88) * _power(math.sin(math.pi * k / count)),
                )
                for k in range(count * 2)
            ]
        )
    if robot:
        cut = min(22.0, ry * 0.5)
        return [
            (cx - rx + cut, cy - ry),
            (cx + rx - cut, cy - ry),
            (cx + rx, cy - ry + cut),
            (cx + rx, cy + ry - cut),
            (cx + rx - cut, cy + ry),
            (cx - rx + cut, cy + ry),
            (cx - rx, cy + ry - cut),
            (cx - rx, cy - ry + cut),
        ]
    return [
        (cx + rx * _power(math.cos(math.pi * k / 36)), cy + ry * _power(math.sin(math.pi * k / 36)))
        for k in range(72)
    ]


def _power(value: float) -> float:
    """Bends an ellipse towards a rectangle (a superellipse of exponent 2.8)."""
    return math.copysign(abs(value) ** (2 / 2.8), value)


def _tail(balloon: Balloon, cx: float, cy: float, tip: Point, head: float) -> list[Point]:
    dx, dy = tip[0] - cx, tip[1] - cy
    length = math.hypot(dx, dy) or 1.0
    rim = min(balloon.rx / max(abs(dx), 1.0), balloon.ry / max(abs(dy), 1.0), 1.0)
    reach = max(rim + 24 / length, min(1 - head * 0.72 / length, rim + 230 / length))
    end = (cx + dx * reach, cy + dy * reach)
    edge = rim * 0.75
    base = (cx + dx * edge, cy + dy * edge)
    wide = min(26.0, balloon.ry * 0.5)
    nx, ny = -dy / length * wide, dx / length * wide
    bow = (base[0] + end[0]) / 2 + nx * 0.5, (base[1] + end[1]) / 2 + ny * 0.5
    return [
        (base[0] + nx, base[1] + ny),
        (bow[0] + nx * 0.35, bow[1] + ny * 0.35),
        end,
        (bow[0] - nx * 0.5, bow[1] - ny * 0.5),
        (base[0] - nx, base[1] - ny),
    ]


def _bubbles(balloon: Balloon, cx: float, cy: float, tip: Point, head: float) -> list[list[Point]]:
    dx, dy = tip[0] - cx, tip[1] - cy
    length = math.hypot(dx, dy) or 1.0
    start = min(balloon.rx / max(abs(dx), 1.0), balloon.ry / max(abs(dy), 1.0)) + 24 / length
    end = max(start + 0.04, 1 - head * 0.66 / length)
    return [
        ring(cx + dx * t, cy + dy * t, r, r * 0.85, 20)
        for t, r in ((start, 20), ((start + end) / 2, 14), (end, 8))
    ]
