"""Things to hold or to show in close-up, around the point where a hand grips them; one unit is a head."""

# ruff: noqa: E501  a panel of the script, or a shape of a drawing, reads best on one line

from __future__ import annotations

from samples.drawing.canvas import Canvas, Colour
from samples.drawing.pen import Pen

RED: Colour = (206, 60, 64)
GOLD: Colour = (248, 204, 92)
WOOD: Colour = (150, 104, 70)
PAPER: Colour = (250, 246, 230)
DARK: Colour = (34, 36, 52)


def _shine(pen: Pen, y: float, radius: float) -> None:
    x, level = pen.to_canvas((0, y))
    pen.canvas.halo(x, level, radius * pen.scale, (255, 240, 190), 0.3)


def _lantern(pen: Pen) -> None:
    pen.line([(0, 0), (0, 0.22)], 1.2)
    _shine(pen, 0.52, 0.9)
    pen.shape([(-0.2, 0.2), (0.2, 0.2), (0.16, 0.28), (-0.16, 0.28)], DARK, 0.9, 0)
    pen.blob(
        [(-0.16, 0.28), (0.16, 0.28), (0.3, 0.5), (0.16, 0.76), (-0.16, 0.76), (-0.3, 0.5)], GOLD, 1.0, 0.05
    )
    for y in (0.4, 0.52, 0.64):
        pen.curve([(-0.27, y), (0, y + 0.03), (0.27, y)], 0.5)
    pen.shape([(-0.17, 0.74), (0.17, 0.74), (0.14, 0.82), (-0.14, 0.82)], DARK, 0.9, 0)


def _umbrella(pen: Pen) -> None:
    pen.line([(0, 0.25), (0, -1.5)], 1.8)
    pen.curve([(0, 0.22), (0.08, 0.38), (0.18, 0.24)], 1.4)
    pen.blob([(-1.05, -1.3), (-0.7, -1.85), (0, -2.1), (0.7, -1.85), (1.05, -1.3), (0.7, -1.42), (0.35, -1.3), (0, -1.42), (-0.35, -1.3), (-0.7, -1.42)], DARK, 1.1)  # fmt: skip
    for x in (-0.35, 0.35):
        pen.curve([(x, -1.32), (x * 0.8, -1.7), (0, -2.08)], 0.7, (120, 130, 156))


def _magnifier(pen: Pen) -> None:
    pen.limb([(0, 0.12), (0.12, -0.2)], [0.1, 0.1], WOOD, 0)
    pen.ellipse(0.24, -0.46, 0.3, 0.3, (214, 232, 240), 1.6)
    pen.curve([(0.08, -0.5), (0.16, -0.62), (0.28, -0.66)], 1.0, (255, 255, 255))


def _letter(pen: Pen) -> None:
    pen.shape([(-0.3, -0.3), (0.34, -0.34), (0.38, 0.1), (-0.26, 0.14)], PAPER, 1.0, 0)
    pen.line([(-0.3, -0.3), (0.06, -0.04), (0.34, -0.34)], 0.8)
    pen.ellipse(0.05, -0.03, 0.07, 0.07, RED, 0.6)


def _map(pen: Pen) -> None:
    pen.shape([(-0.5, -0.3), (-0.16, -0.38), (0.16, -0.3), (0.5, -0.38), (0.5, 0.16), (0.16, 0.24), (-0.16, 0.16), (-0.5, 0.24)], PAPER, 1.0, 0.05)  # fmt: skip
    for x in (-0.16, 0.16):
        pen.line([(x, -0.34), (x, 0.2)], 0.5)
    pen.curve([(-0.4, 0.1), (-0.1, -0.1), (0.1, 0.05), (0.36, -0.2)], 0.7, RED)


def _gear(pen: Pen) -> None:
    for k in range(8):
        spoke = pen.moved(0, -0.1, turn=k * 45)
        spoke.shape([(-0.08, -0.42), (0.08, -0.42), (0.1, -0.2), (-0.1, -0.2)], GOLD, 0.9, 0)
    pen.ellipse(0, -0.1, 0.32, 0.32, GOLD, 1.0, 0.08)
    pen.ellipse(0, -0.1, 0.13, 0.13, (255, 248, 230), 0.9)


def _key(pen: Pen) -> None:
    pen.shape([(0.1, -0.16), (0.62, -0.16), (0.62, 0.08), (0.54, 0.08), (0.54, -0.04), (0.46, -0.04), (0.46, 0.04), (0.38, 0.04), (0.38, -0.06), (0.1, -0.06)], GOLD, 0.9, 0)  # fmt: skip
    pen.ellipse(-0.02, -0.11, 0.2, 0.2, GOLD, 1.0, 0.05)
    pen.ellipse(-0.02, -0.11, 0.09, 0.09, PAPER, 0.8)


def _seed(pen: Pen) -> None:
    _shine(pen, -0.24, 0.6)
    pen.blob([(0, -0.5), (0.2, -0.22), (0.12, 0.0), (-0.12, 0.0), (-0.2, -0.22)], (150, 224, 130), 1.0, 0.06)
    pen.curve([(0, -0.44), (0.03, -0.2), (0, -0.04)], 0.7, PAPER)


def _crystal(pen: Pen) -> None:
    _shine(pen, -0.3, 0.7)
    pen.shape(
        [(0, -0.66), (0.26, -0.36), (0.18, 0.06), (-0.18, 0.06), (-0.26, -0.36)], (250, 120, 90), 1.0, 0.1
    )
    pen.line([(-0.26, -0.36), (0, -0.28), (0.26, -0.36)], 0.7)
    pen.line([(0, -0.28), (0, 0.06)], 0.7)


def _cup(pen: Pen) -> None:
    pen.ellipse(0.22, -0.08, 0.12, 0.12, None, 1.2)
    pen.shape([(-0.2, -0.28), (0.22, -0.28), (0.16, 0.1), (-0.14, 0.1)], PAPER, 1.0, 0.06)
    for x in (-0.08, 0.1):
        pen.curve([(x, -0.36), (x + 0.06, -0.48), (x - 0.02, -0.62)], 0.7, (190, 200, 210))


def _horn(pen: Pen) -> None:
    pen.blob([(-0.1, 0.05), (0.3, -0.1), (0.7, -0.42), (0.86, -0.2), (0.8, 0.1), (0.4, 0.1)], GOLD, 1.0, 0.08)
    pen.ellipse(0.82, -0.16, 0.1, 0.27, DARK, 0.9)


def _book(pen: Pen) -> None:
    pen.shape([(-0.4, -0.4), (0.34, -0.46), (0.4, 0.14), (-0.34, 0.2)], RED, 1.0, 0.08)
    pen.shape([(-0.26, -0.28), (0.22, -0.32), (0.24, -0.16), (-0.24, -0.12)], GOLD, 0.7, 0)


PROPS = {
    "lantern": _lantern, "umbrella": _umbrella, "magnifier": _magnifier, "letter": _letter, "map": _map,
    "gear": _gear, "key": _key, "seed": _seed, "crystal": _crystal, "cup": _cup, "horn": _horn, "book": _book,
}  # fmt: skip


def draw_prop(pen: Pen, kind: str) -> None:
    PROPS[kind](pen)


MIDDLES = {
    "lantern": (0.0, 0.5), "umbrella": (0.0, -0.9), "magnifier": (0.16, -0.34), "letter": (0.04, -0.1),
    "map": (0.0, -0.06), "gear": (0.0, -0.1), "key": (0.2, -0.1), "seed": (0.0, -0.24), "crystal": (0.0, -0.3),
    "cup": (0.04, -0.2), "horn": (0.36, -0.1), "book": (0.0, -0.13),
}  # fmt: skip


def still_life(canvas: Canvas, kind: str) -> None:
    """One thing, large, in the middle of a panel with room for a caption above."""
    scale = (0.34 if kind == "umbrella" else 0.8) * min(canvas.width, canvas.height)
    x, y = MIDDLES[kind]
    draw_prop(Pen(canvas, canvas.width * 0.5 - x * scale, canvas.height * 0.6 - y * scale, scale), kind)
