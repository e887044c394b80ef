"""The heads of the noir series, each with the marks a reader knows it by; around their middle, one unit high."""

# ruff: noqa: E501  a panel of the script, or a shape of a drawing, reads best on one line

from __future__ import annotations

from samples.drawing.canvas import Colour
from samples.drawing.faces import dot_eyes, lens_eyes, lidded_eyes, marks, mouth
from samples.drawing.pen import Pen
from samples.drawing.poses import Look

INK: Colour = (24, 22, 34)
AMBER: Colour = (255, 196, 72)
WHITE: Colour = (255, 255, 255)


def tin_detective(pen: Pen, look: Look) -> None:
    """Rivet: a tin can with lamp eyes, a grille and a fedora with an amber band."""
    tin, dark = (158, 178, 200), (38, 50, 74)
    pen.shape([(-0.2, 0.35), (0.2, 0.35), (0.22, 0.62), (-0.22, 0.62)], (96, 112, 136), 1, 0)
    pen.blob(
        [(-0.4, -0.35), (0.44, -0.35), (0.47, 0.1), (0.42, 0.42), (0.1, 0.5), (-0.3, 0.46), (-0.43, 0.1)],
        tin,
        1.1,
    )
    pen.ellipse(-0.42, 0.08, 0.09, 0.13, (110, 128, 152), 0.9, 0.03)
    for x, y in ((-0.3, 0.34), (0.36, 0.34), (-0.33, -0.1), (0.42, -0.12)):
        pen.ellipse(x, y, 0.025, 0.025, dark, 0)
    lens_eyes(pen, look, INK, AMBER, (124, 142, 166))
    lit = AMBER if look.mouth in ("shout", "grin", "talk", "oh") else dark
    pen.shape([(-0.1, 0.22), (0.28, 0.22), (0.26, 0.38), (-0.08, 0.38)], lit, 0.8, 0)
    for k in range(1, 5):
        pen.line([(-0.1 + k * 0.075, 0.22), (-0.09 + k * 0.073, 0.38)], 0.7)
    _fedora(pen, (70, 84, 112), AMBER)


def _fedora(pen: Pen, felt: Colour, band: Colour) -> None:
    pen.blob(
        [
            (-0.36, -0.26),
            (-0.34, -0.62),
            (-0.12, -0.72),
            (0.04, -0.66),
            (0.24, -0.73),
            (0.38, -0.6),
            (0.4, -0.26),
        ],
        felt,
        1.1,
    )
    pen.shape([(-0.39, -0.4), (0.42, -0.4), (0.43, -0.25), (-0.39, -0.25)], band, 0.8, 0.05)
    pen.blob(
        [(-0.68, -0.2), (-0.35, -0.31), (0.35, -0.31), (0.76, -0.14), (0.4, -0.16), (-0.3, -0.17)],
        felt,
        1.1,
        0.03,
    )


def reporter(pen: Pen, look: Look) -> None:
    """Mina Sparrow: a dark bob, a red beret and a red scarf."""
    skin, hair, red = (236, 208, 190), (34, 30, 48), (190, 52, 62)
    pen.blob(
        [(-0.5, -0.3), (0, -0.52), (0.42, -0.3), (0.46, 0.2), (0.2, 0.42), (-0.46, 0.42), (-0.56, 0.1)],
        hair,
        1.0,
        0,
    )
    pen.limb([(0, 0.3), (0, 0.6)], [0.24, 0.26], skin, 0)
    pen.blob(
        [(-0.3, -0.3), (0.36, -0.3), (0.41, 0.05), (0.32, 0.36), (0.12, 0.48), (-0.16, 0.36), (-0.32, 0.05)],
        skin,
        1.0,
        0.08,
    )
    lidded_eyes(pen, look, INK)
    pen.curve([(0.13, 0.08), (0.2, 0.17), (0.13, 0.19)], 0.7)
    mouth(pen, look, (150, 30, 44), 0.12, 0.32, 0.85)
    pen.blob(
        [
            (-0.42, -0.32),
            (-0.1, -0.34),
            (0.36, -0.3),
            (0.1, -0.14),
            (-0.26, -0.06),
            (-0.34, 0.3),
            (-0.52, 0.32),
            (-0.54, -0.1),
        ],
        hair,
        1.0,
        0,
    )
    pen.blob(
        [
            (-0.56, -0.32),
            (-0.48, -0.58),
            (-0.05, -0.7),
            (0.4, -0.54),
            (0.5, -0.34),
            (0.1, -0.28),
            (-0.3, -0.26),
        ],
        red,
        1.1,
    )
    pen.line([(0, -0.66), (0.05, -0.76)], 1.4)
    pen.blob([(-0.36, 0.44), (0.0, 0.52), (0.36, 0.42), (0.42, 0.62), (0.0, 0.72), (-0.42, 0.62)], red, 1.0)
    marks(pen, look)


def umbrella_man(pen: Pen, look: Look) -> None:
    """Mister Crane: a long nose between a top hat and a high collar."""
    skin, black = (198, 206, 214), (28, 30, 46)
    pen.shape([(-0.4, 0.75), (-0.42, 0.2), (0.0, 0.5), (0.34, 0.22), (0.4, 0.75)], black, 1, 0)
    pen.blob(
        [(-0.26, -0.34), (0.28, -0.34), (0.3, 0.1), (0.2, 0.42), (0.02, 0.52), (-0.2, 0.36), (-0.28, 0.05)],
        skin,
        1.0,
        0.1,
    )
    lidded_eyes(pen, look, INK, 0.06)
    pen.blob([(0.1, -0.02), (0.3, 0.08), (0.78, 0.2), (0.3, 0.2), (0.08, 0.16)], skin, 1.0, 0.04)
    mouth(pen, look, INK, 0.08, 0.34, 0.8)
    pen.curve([(0.22, 0.26), (0.08, 0.25), (-0.08, 0.3)], 1.6)
    pen.shape([(-0.3, -0.3), (-0.36, -1.05), (0.38, -1.05), (0.32, -0.3)], black, 1.1, 0)
    pen.shape([(-0.31, -0.5), (0.33, -0.5), (0.32, -0.36), (-0.3, -0.36)], (126, 138, 160), 0.7, 0)
    pen.blob([(-0.56, -0.3), (0, -0.36), (0.58, -0.3), (0.3, -0.22), (-0.3, -0.22)], black, 1.1, 0)


def old_keeper(pen: Pen, look: Look) -> None:
    """Captain Brine: a white beard under a yellow sou'wester."""
    skin, beard, yellow = (222, 178, 156), (234, 238, 242), (226, 178, 60)
    pen.blob([(-0.34, -0.3), (0.34, -0.3), (0.4, 0.1), (0.1, 0.45), (-0.34, 0.2)], skin, 1.0, 0.08)
    dot_eyes(pen, look, INK, 0.1, 0.15, 0.0)
    pen.blob(
        [
            (-0.4, -0.02),
            (-0.2, 0.18),
            (0.12, 0.2),
            (0.4, 0.02),
            (0.5, 0.36),
            (0.3, 0.66),
            (0.1, 0.78),
            (-0.16, 0.7),
            (-0.44, 0.4),
        ],
        beard,
        1.0,
    )
    pen.ellipse(0.18, 0.12, 0.1, 0.08, (214, 140, 124), 0.9, 0.03)
    mouth(pen, look, INK, 0.14, 0.32, 0.8)
    for x in (-0.2, 0.0, 0.24):
        pen.curve([(x, 0.46), (x + 0.03, 0.62)], 0.7)
    pen.blob([(-0.42, -0.26), (-0.36, -0.62), (0.04, -0.74), (0.4, -0.58), (0.44, -0.26)], yellow, 1.1)
    pen.blob(
        [(-0.72, 0.02), (-0.4, -0.32), (0.4, -0.34), (0.64, -0.18), (0.3, -0.22), (-0.36, -0.18)],
        yellow,
        1.1,
        0.05,
    )
    marks(pen, look)
