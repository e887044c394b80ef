"""The inking surface: shapes with outline, shade and tone.  Pixels here are SUPERSAMPLE times the page's."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from random import Random

from PIL import Image, ImageChops, ImageDraw

SUPERSAMPLE = 2

Point = tuple[float, float]
Colour = tuple[int, int, int]


def seeded(*key: object) -> Random:
    """Randomness that is the same on every run for the same key."""
    return Random("/".join(str(part) for part in key))  # noqa: S311  drawings, not secrets


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """Colour between the two; share 0 is the first, 1 the other."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def ring(cx: float, cy: float, rx: float, ry: float, count: int = 48) -> list[Point]:
    """Points around an ellipse."""
    turns = [2 * math.pi * i / count for i in range(count)]
    return [(cx + rx * math.cos(t), cy + ry * math.sin(t)) for t in turns]


def smooth(points: Sequence[Point], closed: bool = True, steps: int = 8) -> list[Point]:
    """A Catmull-Rom curve through the points."""
    n = len(points)
    spans = range(n) if closed else range(n - 1)
    curve: list[Point] = []
    for i in spans:
        p = [points[k % n] if closed else points[min(max(k, 0), n - 1)] for k in (i - 1, i, i + 1, i + 2)]
        curve += [_catmull_rom(p, step / steps) for step in range(steps)]
    return curve if closed else [*curve, points[-1]]


def _catmull_rom(p: Sequence[Point], t: float) -> Point:
    a, b, c, d = -t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, t**3 - t**2
    x, y = ((a * p[0][k] + b * p[1][k] + c * p[2][k] + d * p[3][k]) / 2 for k in (0, 1))
    return x, y


def ribbon(points: Sequence[Point], widths: Sequence[float]) -> list[Point]:
    """The outline of a band along the points, of a width at each; ends are round."""
    left: list[Point] = []
    right: list[Point] = []
    for i, ((x, y), width) in enumerate(zip(points, widths, strict=True)):
        (ax, ay), (bx, by) = points[max(i - 1, 0)], points[min(i + 1, len(points) - 1)]
        length = math.hypot(bx - ax, by - ay) or 1.0
        nx, ny = -(by - ay) / length * width / 2, (bx - ax) / length * width / 2
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    return [*left, *_cap(points, widths[-1]), *reversed(right), *_cap(list(reversed(points)), widths[0])]


def _cap(points: Sequence[Point], width: float) -> list[Point]:
    (ax, ay), (x, y) = points[-2], points[-1]
    heading = math.atan2(y - ay, x - ax)
    turns = [heading + math.pi / 2 - math.pi * k / 8 for k in range(1, 8)]
    return [(x + width / 2 * math.cos(t), y + width / 2 * math.sin(t)) for t in turns]


@lru_cache(maxsize=16)
def tone(kind: str, spacing: int, weight: float) -> Image.Image:
    """A sheet of 'dots' or 'hatch' as a mask, big enough for any panel; weight: share of ink, 0 to 1."""
    tile = Image.new("L", (spacing * 4, spacing * 4), 0)
    pen = ImageDraw.Draw(tile)
    if kind == "dots":
        radius = spacing * 2 * math.sqrt(weight / math.pi / 2)
        for x, y in ((0, 0), (4, 0), (0, 4), (4, 4), (2, 2)):
            cx, cy = x * spacing, y * spacing
            pen.ellipse([cx - 2 * radius, cy - 2 * radius, cx + 2 * radius, cy + 2 * radius], 255)
    else:
        for k in range(-4, 9, 2):
            pen.line([(k * spacing, 4 * spacing), ((k + 4) * spacing, 0)], 255, round(2.8 * spacing * weight))
    tile = tile.resize((spacing * 2, spacing * 2), Image.Resampling.BOX)
    sheet = Image.new("L", (3600, 2700))
    for y in range(0, 2700, spacing * 2):
        for x in range(0, 3600, spacing * 2):
            sheet.paste(tile, (x, y))
    return sheet


class Canvas:
    """One panel's art.  ink: colour of the lines; shade_tone: shade is 'flat', 'dots' or 'hatch'."""

    def __init__(self, width: int, height: int, ink: Colour, shade_tone: str, seed: object) -> None:
        self.image = Image.new("RGB", (width, height), (255, 255, 255))
        self.draw = ImageDraw.Draw(self.image)
        self.width, self.height = width, height
        self.ink, self.shade_tone = ink, shade_tone
        self.random = seeded(seed)

    def at(self, x: float, y: float) -> Point:
        """The pixel at these shares of the width and height."""
        return x * self.width, y * self.height

    def gradient(self, top: Colour, low: Colour, upto: float = 1.0) -> None:
        """Fill the rows above `upto` with a vertical gradient."""
        size = self.width, max(1, round(self.height * upto))
        ramp = Image.linear_gradient("L").resize(size)
        self.image.paste(Image.composite(Image.new("RGB", size, low), Image.new("RGB", size, top), ramp))

    def shape(
        self,
        points: Sequence[Point],
        fill: Colour | None,
        line: float = 3.0,
        shade: Colour | None = None,
        shade_by: Point = (0.0, 0.0),
        ink: Colour | None = None,
    ) -> None:
        """A filled polygon; its side away from the light (shade_by, pixels) is shaded; line 0: no outline."""
        outline = list(points)
        if fill is not None:
            self.draw.polygon(outline, fill)
        if shade is not None:
            self._shade(outline, shade, shade_by)
        if line > 0:
            self.draw.line([*outline, outline[0], outline[1]], ink or self.ink, max(1, round(line)), "curve")

    def _shade(self, points: Sequence[Point], shade: Colour, by: Point) -> None:
        left, top = (max(0, math.floor(min(p[k] for p in points))) for k in (0, 1))
        right = min(self.width, math.ceil(max(p[0] for p in points)))
        low = min(self.height, math.ceil(max(p[1] for p in points)))
        if right - left < 2 or low - top < 2:
            return
        mask = Image.new("L", (right - left, low - top))
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in points], 255)
        lit = Image.new("L", mask.size)
        ImageDraw.Draw(lit).polygon([(x - left - by[0], y - top - by[1]) for x, y in points], 255)
        mask = ImageChops.subtract(mask, lit)
        if self.shade_tone != "flat":
            sheet = tone(self.shade_tone, 5 if self.shade_tone == "dots" else 6, 0.45)
            mask = ImageChops.multiply(mask, sheet.crop((left, top, right, low)))
        self.image.paste(shade, (left, top), mask)

    def rough(self, points: Sequence[Point], amount: float = 1.5) -> list[Point]:
        """The closed polygon with its long edges broken up and shaken a little, as if drawn by hand."""
        shaken: list[Point] = []
        for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True):
            steps = max(1, int(math.hypot(bx - ax, by - ay) / 60))
            for k in range(steps):
                t = k / steps
                shaken.append(
                    (
                        ax + (bx - ax) * t + self.random.uniform(-amount, amount),
                        ay + (by - ay) * t + self.random.uniform(-amount, amount),
                    )
                )
        return shaken

    def block(self, x: float, y: float, w: float, h: float, fill: Colour, line: float = 3.0) -> None:
        """A hand-drawn rectangle, in pixels."""
        self.shape(self.rough([(x, y), (x + w, y), (x + w, y + h), (x, y + h)]), fill, line)

    def stroke(self, points: Sequence[Point], width: float, ink: Colour | None = None) -> None:
        """A brush line, thick in the middle and thin at its ends."""
        count = len(points) - 1
        widths = [width * (0.35 + 0.65 * math.sin(math.pi * i / count)) for i in range(count + 1)]
        self.draw.polygon(ribbon(points, widths), ink or self.ink)

    def line(self, points: Sequence[Point], width: float, ink: Colour | None = None) -> None:
        self.draw.line(list(points), ink or self.ink, max(1, round(width)), "curve")

    def glow(self, points: Sequence[Point], light: Colour, strength: float) -> None:
        """Lighten a polygon towards a colour, 0 to 1."""
        mask = Image.new("L", self.image.size)
        ImageDraw.Draw(mask).polygon(list(points), round(255 * strength))
        self.image.paste(light, (0, 0), mask)

    def halo(self, x: float, y: float, radius: float, light: Colour, strength: float) -> None:
        """Light around a point, fading in steps to the radius."""
        for k in range(1, 6):
            self.glow(ring(x, y, radius * k / 5, radius * k / 5), light, strength / 2.2)

    def halftone(
        self, ink: Colour, rows: tuple[float, float], rising: bool = True, spacing: int = 14
    ) -> None:
        """Dots that grow from one share of the height to the other (rising: biggest at the lower end)."""
        start, end = rows[0] * self.height, rows[1] * self.height
        for row, y in enumerate(range(int(start), int(end), spacing // 2)):
            share = (y - start) / (end - start)
            radius = spacing * 0.52 * (share if rising else 1 - share)
            for x in range((row % 2) * spacing // 2, self.width + spacing, spacing):
                if radius > 0.7:
                    self.draw.ellipse([x - radius, y - radius, x + radius, y + radius], ink)
