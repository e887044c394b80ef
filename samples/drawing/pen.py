"""A pen in a figure's own coordinates: head heights, y downwards, mirrored when the figure looks left."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from samples.drawing.canvas import Canvas, Colour, Point, mix, ribbon, ring, smooth

SHADOW: Colour = (22, 22, 44)


@dataclass(frozen=True)
class Pen:
    """Draws on a canvas around an origin (pixels) at a scale (pixels a head); turn in degrees, clockwise."""

    canvas: Canvas
    x: float
    y: float
    scale: float
    flip: bool = False
    turn: float = 0.0

    def moved(self, x: float, y: float, turn: float = 0.0, scale: float = 1.0) -> Pen:
        px, py = self.to_canvas((x, y))
        return replace(self, x=px, y=py, turn=self.turn + turn, scale=self.scale * scale)

    def to_canvas(self, point: Point) -> Point:
        turn = math.radians(self.turn)
        x = point[0] * math.cos(turn) - point[1] * math.sin(turn)
        y = point[0] * math.sin(turn) + point[1] * math.cos(turn)
        return self.x + (-x if self.flip else x) * self.scale, self.y + y * self.scale

    @property
    def weight(self) -> float:
        """Width of an outline, pixels: bolder for nearer figures."""
        return min(max(self.scale * 0.032, 3.0), 11.0)

    def shape(
        self, points: Sequence[Point], fill: Colour | None, line: float = 1.0, shade: float = 0.12
    ) -> None:
        """A polygon; shade is how far the shadow reaches in, in heads (0: none), line in outline widths."""
        reach = -shade * self.scale
        dark = None if fill is None or shade == 0 else mix(fill, SHADOW, 0.38)
        outline = [self.to_canvas(p) for p in points]
        self.canvas.shape(outline, fill, line * self.weight, dark, (reach, reach * 0.7))

    def blob(
        self, points: Sequence[Point], fill: Colour | None, line: float = 1.0, shade: float = 0.12
    ) -> None:
        """A smooth closed curve through the points."""
        self.shape(smooth(points), fill, line, shade)

    def ellipse(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float,
        fill: Colour | None,
        line: float = 1.0,
        shade: float = 0.0,
    ) -> None:
        self.shape(ring(x, y, rx, ry), fill, line, shade)

    def limb(
        self, joints: Sequence[Point], widths: Sequence[float], fill: Colour, shade: float = 0.07
    ) -> None:
        """A bent arm, leg or tail of varying width."""
        bent = smooth(joints, closed=False, steps=6)
        spread = [
            widths[min(i // 6, len(widths) - 2)] * (1 - (i % 6) / 6)
            + widths[min(i // 6, len(widths) - 2) + 1] * (i % 6) / 6
            for i in range(len(bent) - 1)
        ]
        self.shape(ribbon(bent, [*spread, widths[-1]]), fill, 1.0, shade)

    def line(self, points: Sequence[Point], width: float = 1.0, ink: Colour | None = None) -> None:
        self.canvas.line([self.to_canvas(p) for p in points], width * self.weight, ink)

    def curve(self, points: Sequence[Point], width: float = 1.0, ink: Colour | None = None) -> None:
        """A brush stroke through the points."""
        curve = smooth(points, closed=False)
        self.canvas.stroke([self.to_canvas(p) for p in curve], width * self.weight * 1.6, ink)
