"""The heads of the black-and-white series."""

# ruff: noqa: E501  a panel of the script, or a shape of a drawing, reads best on one line

from __future__ import annotations

from samples.drawing.canvas import Colour, Point
from samples.drawing.faces import dot_eyes, lidded_eyes, marks, mouth, tall_eyes
from samples.drawing.pen import Pen
from samples.drawing.poses import Look

BLACK: Colour = (14, 14, 16)
GREY: Colour = (150, 150, 150)
PAPER: Colour = (255, 255, 255)


def hana(pen: Pen, look: Look) -> None:
    """Hana: spiky black hair, a long ponytail and a pale ribbon."""
    pen.blob(
        [
            (-0.3, -0.42),
            (-0.78, -0.5),
            (-1.0, -0.05),
            (-0.92, 0.6),
            (-0.74, 0.2),
            (-0.62, -0.1),
            (-0.34, -0.2),
        ],
        BLACK,
        1.0,
        0,
    )
    pen.curve([(-0.6, -0.4), (-0.82, -0.1), (-0.86, 0.3)], 0.5, GREY)
    pen.ellipse(-0.05, -0.08, 0.5, 0.48, BLACK, 1.0)
    pen.limb([(0, 0.3), (0, 0.6)], [0.2, 0.22], PAPER, 0)
    pen.blob(
        [(-0.36, -0.3), (0.36, -0.32), (0.42, 0.02), (0.34, 0.28), (0.1, 0.5), (-0.18, 0.36), (-0.36, 0.1)],
        (250, 250, 250),
        1.0,
        0.06,
    )
    tall_eyes(pen, look, BLACK, (120, 120, 120))
    pen.curve([(0.14, 0.22), (0.18, 0.25), (0.14, 0.26)], 0.5)
    mouth(pen, look, BLACK, 0.11, 0.34, 0.75)
    fringe: list[Point] = [
        (-0.5, 0.16),
        (-0.54, -0.3),
        (-0.3, -0.62),
        (0.1, -0.66),
        (0.44, -0.46),
        (0.52, -0.05),
    ]
    teeth: list[Point] = [
        (0.42, -0.24),
        (0.36, 0.0),
        (0.24, -0.26),
        (0.12, -0.04),
        (0.0, -0.28),
        (-0.14, 0.02),
        (-0.24, -0.22),
        (-0.36, 0.24),
    ]
    pen.shape([*fringe, *teeth], BLACK, 1.0, 0)
    pen.curve([(-0.2, -0.46), (0.06, -0.54), (0.3, -0.42)], 1.3, PAPER)
    for s in (-1, 1):
        pen.blob(
            [(-0.38, -0.46), (-0.46 + s * 0.1, -0.7 + s * 0.1), (-0.58 + s * 0.1, -0.46 + s * 0.18)],
            PAPER,
            0.9,
            0,
        )
    marks(pen, look)


def kon(pen: Pen, look: Look) -> None:
    """Kon: a white fox with tall black-tipped ears and dark marks on brow and cheeks."""
    for x, tip in ((-0.3, -0.46), (0.26, 0.42)):
        pen.shape([(x - 0.17, -0.2), (tip, -0.86), (x + 0.19, -0.26)], PAPER, 1.1, 0.05)
        pen.shape(
            [(x - 0.07 + (tip - x) * 0.5, -0.58), (tip, -0.86), (x + 0.1 + (tip - x) * 0.5, -0.6)],
            BLACK,
            0.6,
            0,
        )
    pen.shape([(-0.3, -0.36), (0.3, -0.36), (0.5, 0.0), (0.62, 0.22), (0.36, 0.24), (0.14, 0.5), (-0.1, 0.3), (-0.52, 0.26), (-0.64, 0.14), (-0.46, -0.02)], PAPER, 1.1, 0.08)  # fmt: skip
    dot_eyes(pen, look, BLACK, 0.08, 0.2, 0.0)
    pen.blob([(0.04, -0.34), (0.1, -0.18), (0.16, -0.34), (0.1, -0.4)], BLACK, 0, 0)
    for s in (-1, 1):
        for k in (0, 1):
            pen.line([(0.08 + s * 0.28, 0.14 + k * 0.08), (0.08 + s * 0.44, 0.1 + k * 0.1)], 0.9)
    pen.ellipse(0.13, 0.2, 0.065, 0.05, BLACK, 0)
    mouth(pen, look, BLACK, 0.13, 0.32, 0.7)


def grandfather(pen: Pen, look: Look) -> None:
    """Toru: a bald head with great brows and a drooping moustache."""
    pen.ellipse(-0.36, 0.08, 0.1, 0.15, PAPER, 1.0)
    pen.blob(
        [
            (-0.36, -0.34),
            (0, -0.54),
            (0.36, -0.36),
            (0.42, 0.05),
            (0.32, 0.38),
            (0.1, 0.5),
            (-0.22, 0.4),
            (-0.38, 0.05),
        ],
        (246, 246, 246),
        1.0,
        0.1,
    )
    lidded_eyes(pen, look, BLACK, 0.1)
    for s in (-1, 1):
        x = 0.1 + s * 0.17
        pen.blob(
            [(x - 0.14, -0.12 + s * 0.02), (x, -0.24 - look.lift), (x + 0.16, -0.12 - s * 0.02), (x, -0.13)],
            PAPER,
            0.8,
            0,
        )
        pen.blob(
            [(0.12, 0.2), (0.14 + s * 0.22, 0.22), (0.12 + s * 0.36, 0.62), (0.12 + s * 0.2, 0.36)],
            PAPER,
            0.9,
            0,
        )
    pen.ellipse(0.17, 0.14, 0.085, 0.075, (236, 236, 236), 0.9, 0.03)
    mouth(pen, look, BLACK, 0.14, 0.36, 0.6)
    for y in (-0.34, -0.28):
        pen.curve([(-0.1, y), (0.1, y - 0.03), (0.28, y)], 0.5)
    marks(pen, look)


def clockwork(pen: Pen, look: Look) -> None:
    """Karakuri: a clockwork guard, a helmet with a crescent over a dark visor and two round lights."""
    pen.shape([(-0.5, 0.5), (-0.66, 0.1), (-0.5, -0.2), (0.5, -0.2), (0.64, 0.1), (0.5, 0.5)], GREY, 1.1)
    for k in range(3):
        pen.line([(-0.62 + k * 0.04, 0.12 + k * 0.14), (0.62 - k * 0.04, 0.12 + k * 0.14)], 0.7)
    pen.blob(
        [(-0.34, -0.2), (0.36, -0.2), (0.38, 0.2), (0.2, 0.46), (-0.16, 0.46), (-0.36, 0.2)],
        (60, 60, 64),
        1.0,
        0,
    )
    size = 0.1 if look.lid > 0 else 0.03
    for s in (-1, 1):
        pen.ellipse(0.06 + s * 0.16, 0.06, 0.1, size, PAPER, 0.8)
        pen.ellipse(0.08 + s * 0.16, 0.06, 0.04, size * 0.4, BLACK, 0)
    for k in range(4):
        pen.line([(-0.08 + k * 0.1, 0.26), (-0.08 + k * 0.1, 0.38)], 1.0, PAPER)
    pen.blob(
        [(-0.54, -0.12), (-0.44, -0.5), (0, -0.66), (0.44, -0.5), (0.54, -0.12), (0, -0.2)],
        (110, 110, 112),
        1.1,
    )
    pen.blob(
        [
            (-0.02, -0.46),
            (-0.5, -0.76),
            (-0.62, -1.12),
            (-0.28, -0.78),
            (0.02, -0.68),
            (0.32, -0.78),
            (0.66, -1.12),
            (0.54, -0.76),
        ],
        PAPER,
        1.0,
        0.04,
    )
