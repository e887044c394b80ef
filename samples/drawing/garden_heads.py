"""The heads of the garden series."""

from __future__ import annotations

from samples.drawing.canvas import Colour
from samples.drawing.faces import dot_eyes, marks, mouth
from samples.drawing.pen import Pen
from samples.drawing.poses import Look

INK: Colour = (24, 22, 34)
AMBER: Colour = (255, 196, 72)
WHITE: Colour = (255, 255, 255)


def juniper(pen: Pen, look: Look) -> None:
    """Juniper: leaf-green hair in two buns, a daisy, and an orange scarf."""
    skin, hair = (190, 124, 84), (86, 176, 104)
    for x in (-0.46, 0.46):
        pen.ellipse(x, -0.46, 0.22, 0.22, hair, 1.0, 0.06)
        pen.curve([(x - 0.1, -0.46), (x, -0.54), (x + 0.1, -0.44)], 0.7)
    pen.ellipse(0, -0.08, 0.52, 0.5, hair, 1.0, 0.06)
    pen.blob(
        [
            (-0.4, -0.18),
            (0.0, -0.3),
            (0.42, -0.18),
            (0.46, 0.12),
            (0.3, 0.4),
            (0.05, 0.5),
            (-0.24, 0.42),
            (-0.44, 0.12),
        ],
        skin,
        1.0,
        0.07,
    )
    for x in (-0.2, 0.4):
        pen.ellipse(x, 0.22, 0.09, 0.055, (226, 124, 100), 0)
    dot_eyes(pen, look, INK, 0.1, 0.19, 0.06)
    pen.curve([(0.1, 0.17), (0.14, 0.2), (0.09, 0.21)], 0.6)
    mouth(pen, look, INK, 0.1, 0.3)
    pen.blob(
        [
            (-0.5, -0.02),
            (-0.44, -0.4),
            (0, -0.58),
            (0.44, -0.4),
            (0.52, -0.02),
            (0.34, -0.2),
            (0.1, -0.26),
            (-0.05, -0.14),
            (-0.3, -0.12),
        ],
        hair,
        1.0,
        0.05,
    )
    for x, y in ((-0.36, -0.4), (-0.22, -0.4), (-0.29, -0.48), (-0.29, -0.32)):
        pen.ellipse(x, y, 0.07, 0.07, WHITE, 0.6)
    pen.ellipse(-0.29, -0.4, 0.055, 0.055, AMBER, 0.6)
    pen.blob(
        [(-0.36, 0.46), (0, 0.52), (0.36, 0.44), (0.4, 0.64), (0, 0.7), (-0.4, 0.64)],
        (240, 134, 56),
        1.0,
        0.06,
    )
    marks(pen, look)


def bolt(pen: Pen, look: Look) -> None:
    """Bolt: a yellow dome with one big lens and a red-tipped antenna."""
    yellow = (250, 208, 84)
    pen.line([(0, -0.42), (-0.06, -0.72)], 1.4)
    pen.ellipse(-0.07, -0.78, 0.09, 0.09, (232, 80, 80), 0.9)
    pen.blob(
        [
            (-0.5, 0.36),
            (-0.5, -0.1),
            (-0.26, -0.44),
            (0.26, -0.44),
            (0.5, -0.1),
            (0.5, 0.36),
            (0.2, 0.46),
            (-0.2, 0.46),
        ],
        yellow,
        1.1,
    )
    pen.ellipse(-0.5, 0.1, 0.09, 0.14, (220, 120, 90), 0.9)
    pen.ellipse(0.1, -0.06, 0.3, 0.3, (240, 244, 250), 1.1)
    open_ = 0.2 * min(max(look.lid, 0.12), 1.2)
    pen.ellipse(0.14, -0.06, 0.17, open_, (60, 110, 170), 0.8)
    pen.ellipse(0.16, -0.06, 0.08, open_ * 0.5, INK, 0)
    pen.ellipse(0.2, -0.12, 0.045, 0.045 * min(look.lid + 0.3, 1), WHITE, 0)
    if look.brow:
        pen.curve([(-0.2, -0.36 - look.brow), (0.1, -0.42), (0.4, -0.36 + look.brow)], 1.6)
    mouth(pen, look, INK, 0.1, 0.34, 0.7)


def pip(pen: Pen, look: Look) -> None:
    """Pip: a pink creature with very long ears and a white muzzle."""
    pink, inner = (246, 168, 184), (252, 214, 214)
    for x, tip in ((-0.26, -0.52), (0.2, 0.34)):
        droop = 0.35 if look.mouth in ("frown", "wavy") else 0.0
        pen.blob(
            [
                (x - 0.12, -0.3),
                (tip - 0.16, -1.0 + droop),
                (tip, -1.24 + droop * 1.6),
                (tip + 0.14, -0.95 + droop),
                (x + 0.14, -0.3),
            ],
            pink,
            1.0,
            0.06,
        )
        pen.blob(
            [
                (x - 0.03, -0.4),
                (tip - 0.06, -0.92 + droop),
                (tip, -1.08 + droop * 1.5),
                (tip + 0.06, -0.9 + droop),
                (x + 0.06, -0.4),
            ],
            inner,
            0,
            0,
        )
    pen.blob(
        [(-0.34, -0.34), (0.34, -0.34), (0.56, 0.14), (0.3, 0.44), (-0.3, 0.44), (-0.56, 0.14)],
        pink,
        1.0,
        0.08,
    )
    pen.ellipse(0.1, 0.24, 0.26, 0.18, (255, 240, 236), 0)
    dot_eyes(pen, look, INK, 0.1, 0.24, 0.0)
    pen.ellipse(0.12, 0.13, 0.06, 0.045, (200, 80, 100), 0.7)
    mouth(pen, look, INK, 0.12, 0.27, 0.8)


def dragon(pen: Pen, look: Look) -> None:
    """Madam Ember: a teal dragon with horns, a spined neck and round spectacles."""
    teal, belly = (70, 172, 168), (250, 226, 160)
    for y in (0.0, 0.26, 0.5):
        pen.shape([(-0.4, y - 0.1), (-0.72, y), (-0.38, y + 0.12)], (240, 120, 90), 0.9, 0)
    pen.limb([(-0.12, 0.1), (-0.2, 0.45), (-0.05, 0.9)], [0.6, 0.5, 0.6], teal, 0.1)
    for x in (-0.3, 0.02):
        pen.blob(
            [(x - 0.06, -0.34), (x - 0.3, -0.7), (x - 0.34, -0.86), (x - 0.12, -0.72), (x + 0.1, -0.36)],
            belly,
            1.0,
            0.05,
        )
    pen.blob(
        [
            (-0.46, -0.1),
            (-0.2, -0.44),
            (0.24, -0.4),
            (0.44, -0.1),
            (0.82, 0.02),
            (0.92, 0.24),
            (0.74, 0.42),
            (0.2, 0.42),
            (-0.3, 0.34),
        ],
        teal,
        1.1,
    )
    pen.blob([(0.0, 0.34), (0.3, 0.28), (0.86, 0.3), (0.72, 0.44), (0.3, 0.46)], belly, 0.7, 0)
    pen.ellipse(0.76, 0.1, 0.04, 0.03, INK, 0)
    dot_eyes(pen, look, INK, 0.12, 0.18, -0.12)
    for x in (-0.08, 0.3):
        pen.ellipse(x, -0.11, 0.17, 0.17, None, 1.0)
    mouth(pen, look, INK, 0.56, 0.26, 0.9)


def moon_king(pen: Pen, look: Look) -> None:
    """King Nod: a pale round moon face, a crown over a nightcap and a curled moustache."""
    moon, cap = (248, 240, 206), (136, 120, 208)
    pen.blob(
        [(-0.3, -0.3), (-0.66, -0.62), (-0.96, -0.2), (-0.84, 0.16), (-0.7, -0.12), (-0.5, -0.08)], cap, 1.0
    )
    pen.ellipse(-0.84, 0.24, 0.13, 0.13, WHITE, 0.9, 0.03)
    pen.ellipse(0, 0.02, 0.54, 0.5, moon, 1.0, 0.1)
    for x, y, r in ((-0.34, 0.22, 0.07), (-0.26, -0.06, 0.045), (0.4, 0.24, 0.05)):
        pen.ellipse(x, y, r, r * 0.9, (226, 214, 170), 0)
    dot_eyes(pen, look, INK, 0.08, 0.18, 0.02)
    for s in (-1, 1):
        pen.curve([(0.1, 0.2), (0.1 + s * 0.18, 0.26), (0.1 + s * 0.3, 0.14)], 2.0)
    mouth(pen, look, INK, 0.1, 0.34, 0.8)
    crown = [
        (-0.44, -0.3),
        (-0.52, -0.74),
        (-0.26, -0.52),
        (0.0, -0.82),
        (0.26, -0.52),
        (0.52, -0.74),
        (0.44, -0.3),
    ]
    pen.shape(crown, (250, 200, 70), 1.1, 0.08)
