"""Eyes, brows and mouths, around the middle of a head one unit high."""

from __future__ import annotations

from samples.drawing.canvas import Colour, Point
from samples.drawing.pen import Pen
from samples.drawing.poses import Look

WHITE: Colour = (255, 255, 255)
MOUTH: Colour = (120, 30, 40)
TONGUE: Colour = (226, 110, 110)


def dot_eyes(
    pen: Pen, look: Look, ink: Colour, turn: float = 0.1, gap: float = 0.17, y: float = 0.04
) -> None:
    """Round shiny eyes, closed to happy arcs when the lids are down."""
    for side in (-1, 1):
        x = turn + side * gap
        if look.lid == 0:
            pen.curve([(x - 0.08, y + 0.03), (x, y - 0.05), (x + 0.08, y + 0.03)], 0.9, ink)
            continue
        pen.ellipse(x, y, 0.058, 0.085 * look.lid, ink, 0)
        pen.ellipse(x + 0.02, y - 0.03, 0.02, 0.025, WHITE, 0)
    _brows(pen, look, ink, turn, gap, y - 0.17, 0.09)


def tall_eyes(pen: Pen, look: Look, ink: Colour, iris: Colour, turn: float = 0.08) -> None:
    """Big drawn eyes with lashes, iris and two lights."""
    y = 0.07
    for side in (-1, 1):
        x = turn + side * 0.18
        wide = 0.092 if side > 0 else 0.1
        if look.lid == 0:
            pen.curve([(x - wide, y), (x, y + 0.07), (x + wide, y)], 1.2, ink)
            continue
        tall = 0.14 * min(look.lid, 1.15)
        pen.ellipse(x, y, wide, tall, WHITE, 0)
        pen.ellipse(x + 0.01, y + 0.01, wide * 0.72, tall * 0.86, ink, 0)
        pen.ellipse(x + 0.01, y + tall * 0.45, wide * 0.5, tall * 0.35, iris, 0)
        pen.ellipse(x + 0.035, y - tall * 0.4, wide * 0.34, tall * 0.28, WHITE, 0)
        pen.curve(
            [(x - wide * 1.2, y - tall * 0.55), (x, y - tall * 1.12), (x + wide * 1.2, y - tall * 0.5)],
            1.5,
            ink,
        )
    _brows(pen, look, ink, turn, 0.18, -0.16, 0.11)


def lidded_eyes(pen: Pen, look: Look, ink: Colour, turn: float = 0.1) -> None:
    """Small eyes under heavy lids."""
    y = 0.02
    for side in (-1, 1):
        x = turn + side * 0.15
        if look.lid == 0:
            pen.curve([(x - 0.08, y), (x, y + 0.03), (x + 0.08, y)], 0.9, ink)
            continue
        pen.ellipse(x, y, 0.075, 0.055 * look.lid, WHITE, 0.5)
        pen.ellipse(x + 0.015, y, 0.036, 0.045 * look.lid, ink, 0)
        pen.curve([(x - 0.1, y - 0.015), (x, y - 0.07 * look.lid), (x + 0.1, y - 0.01)], 1.2, ink)
    _brows(pen, look, ink, turn, 0.15, -0.12, 0.1)


def lens_eyes(pen: Pen, look: Look, ink: Colour, glow: Colour, shell: Colour, turn: float = 0.08) -> None:
    """Glowing lamps in rims, with metal lids that make the brows."""
    y = -0.02
    for side in (-1, 1):
        x = turn + side * 0.18
        pen.ellipse(x, y, 0.15, 0.15, shell, 1.0)
        pen.ellipse(x, y, 0.105, 0.105, glow, 0.8)
        pen.ellipse(x + 0.01, y - 0.01, 0.045, 0.045, WHITE, 0)
        drop = 0.1 * (1 - min(look.lid, 1.0)) + abs(look.brow) * 0.6
        if drop > 0 or look.lid == 0:
            tip = -side * look.brow * 0.9
            edge = y - 0.11 + drop * (2.0 if look.lid else 1.2)
            lid: list[Point] = [
                (x - 0.15, y - 0.16),
                (x + 0.15, y - 0.16),
                (x + 0.15, edge + tip),
                (x - 0.15, edge - tip),
            ]
            pen.shape(lid, shell, 0.8, 0)


def _brows(pen: Pen, look: Look, ink: Colour, turn: float, gap: float, y: float, half: float) -> None:
    for side in (-1, 1):
        x, slant = turn + side * gap, -side * look.brow
        level = y - look.lift
        pen.curve([(x - half, level - slant), (x, level - 0.025), (x + half, level + slant)], 1.1, ink)


def mouth(pen: Pen, look: Look, ink: Colour, x: float = 0.1, y: float = 0.3, size: float = 1.0) -> None:
    """The mouth of the expression, at a place below the eyes."""

    def at(*points: Point) -> list[Point]:
        return [(x + px * size, y + py * size) for px, py in points]

    if look.mouth in ("grin", "shout", "talk"):
        wide, deep, arch = {
            "grin": (0.15, 0.14, -0.02),
            "shout": (0.15, 0.2, -0.08),
            "talk": (0.08, 0.08, -0.03),
        }[look.mouth]
        pen.blob(
            at(
                (-wide, arch),
                (0, arch + 0.02),
                (wide, arch),
                (wide * 0.6, deep * 0.75),
                (0, deep),
                (-wide * 0.6, deep * 0.75),
            ),
            MOUTH,
            0.8,
            0,
        )
        pen.ellipse(x, y + deep * 0.72 * size, wide * 0.5 * size, deep * 0.2 * size, TONGUE, 0)
    elif look.mouth == "oh":
        pen.ellipse(x, y + 0.03, 0.055 * size, 0.08 * size, MOUTH, 0.8)
    else:
        shapes: dict[str, tuple[Point, ...]] = {
            "smile": ((-0.13, -0.03), (0, 0.05), (0.13, -0.03)),
            "flat": ((-0.1, 0.0), (0, 0.005), (0.1, 0.0)),
            "frown": ((-0.12, 0.05), (0, -0.03), (0.12, 0.05)),
            "smirk": ((-0.1, 0.03), (0.02, 0.03), (0.14, -0.05)),
            "wavy": ((-0.12, 0.02), (-0.06, -0.02), (0, 0.02), (0.06, -0.02), (0.12, 0.02)),
        }
        pen.curve(at(*shapes[look.mouth]), 1.0, ink)


def marks(pen: Pen, look: Look) -> None:
    """A drop of sweat beside a worried head."""
    if look.mark == "sweat":
        pen.blob([(-0.5, -0.42), (-0.44, -0.27), (-0.5, -0.21), (-0.56, -0.27)], (214, 236, 250), 0.6, 0)
