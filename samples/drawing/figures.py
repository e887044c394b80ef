"""The cast: who they are, and drawing one of them somewhere in a panel."""

# ruff: noqa: E501  a panel of the script, or a shape of a drawing, reads best on one line

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from samples.drawing import garden_heads, lantern_heads, noir_heads
from samples.drawing.bodies import Build, draw_body, neck_of
from samples.drawing.canvas import Canvas, Colour
from samples.drawing.pen import Pen
from samples.drawing.poses import LOOKS, POSES, Look
from samples.drawing.props import draw_prop

Head = Callable[[Pen, Look], None]


@dataclass(frozen=True)
class Character:
    """One of the cast.  voice: shape of the balloons, 'round' or 'robot'.  tail: its colour, if it has one."""

    name: str
    head: Head
    build: Build
    voice: str = "round"
    tail: Colour | None = None


@dataclass(frozen=True)
class Placed:
    """Where a figure landed, canvas pixels: centre of the head, head height, and the mouth's side."""

    x: float
    y: float
    head: float
    facing: int


STEEL, NIGHT, AMBER = (104, 122, 150), (40, 48, 70), (214, 158, 62)
WHITE, BLACK = (252, 252, 252), (20, 20, 22)

RIVET = Character(
    "Rivet",
    noir_heads.tin_detective,
    Build(5.0, 1.15, "coat", STEEL, NIGHT, (30, 34, 50), (158, 178, 200), (66, 78, 104)),
    "robot",
)
MINA = Character(
    "Mina Sparrow",
    noir_heads.reporter,
    Build(5.0, 0.95, "coat", (62, 66, 96), (44, 40, 58), (30, 26, 36), (236, 208, 190), (150, 44, 56), 0.25),
)
CRANE = Character(
    "Mister Crane",
    noir_heads.umbrella_man,
    Build(5.8, 0.85, "coat", (36, 38, 56), (24, 26, 40), (16, 16, 24), (198, 206, 214), (70, 76, 100), 0.22),
)
BRINE = Character(
    "Captain Brine",
    noir_heads.old_keeper,
    Build(
        4.4, 1.3, "coat", (216, 170, 62), (48, 58, 84), (36, 36, 48), (222, 178, 156), (150, 112, 44), 0.36
    ),
)
JUNIPER = Character(
    "Juniper",
    garden_heads.juniper,
    Build(
        3.0,
        0.72,
        "suit",
        (246, 244, 250),
        (236, 228, 240),
        (226, 110, 130),
        (190, 124, 84),
        (240, 150, 170),
        0.26,
    ),
)
BOLT = Character(
    "Bolt",
    garden_heads.bolt,
    Build(
        2.5,
        0.85,
        "shell",
        (250, 208, 84),
        (130, 140, 160),
        (90, 100, 124),
        (232, 80, 80),
        (250, 240, 214),
        0.18,
    ),
    "robot",
)
PIP = Character(
    "Pip",
    garden_heads.pip,
    Build(
        2.3,
        0.7,
        "suit",
        (246, 168, 184),
        (246, 168, 184),
        (255, 240, 236),
        (255, 240, 236),
        (130, 190, 230),
        0.22,
    ),
    tail=(255, 240, 236),
)
EMBER = Character(
    "Madam Ember",
    garden_heads.dragon,
    Build(
        3.6,
        1.3,
        "robe",
        (176, 86, 140),
        (250, 226, 160),
        (70, 172, 168),
        (70, 172, 168),
        (250, 190, 90),
        0.34,
    ),
    tail=(70, 172, 168),
)
NOD = Character(
    "King Nod",
    garden_heads.moon_king,
    Build(
        2.8,
        1.2,
        "robe",
        (122, 108, 196),
        (250, 240, 250),
        (250, 200, 70),
        (248, 240, 206),
        (250, 200, 70),
        0.32,
    ),
)
HANA = Character(
    "Hana", lantern_heads.hana, Build(4.0, 0.8, "robe", (206, 206, 206), WHITE, BLACK, WHITE, BLACK, 0.26)
)
KON = Character(
    "Kon",
    lantern_heads.kon,
    Build(2.4, 0.6, "suit", WHITE, WHITE, BLACK, WHITE, (120, 120, 120), 0.2),
    tail=WHITE,
)
TORU = Character(
    "Toru",
    lantern_heads.grandfather,
    Build(3.8, 1.05, "robe", (96, 96, 98), WHITE, BLACK, WHITE, (220, 220, 220), 0.3),
)
KARAKURI = Character(
    "Karakuri",
    lantern_heads.clockwork,
    Build(5.2, 1.5, "coat", (150, 150, 152), (90, 90, 94), BLACK, (200, 200, 200), (60, 60, 62), 0.4),
    "robot",
)


@dataclass(frozen=True)
class Figure:
    """One of the cast in a panel.

    x: middle of the head, share of the width.  size: height of the head, share of the panel's height (or of its
    width plus a half, in tall panels).  y: middle of the head, share of the height; None: feet near the floor.
    left: looks to the left.
    """

    who: Character
    x: float = 0.5
    size: float = 0.3
    y: float | None = None
    pose: str = "stand"
    look: str = "calm"
    left: bool = False
    prop: str = ""
    floor: float = 0.95


def draw_figure(canvas: Canvas, figure: Figure) -> Placed:
    """Draw a figure; returns where its head is."""
    who, pose, look = figure.who, POSES[figure.pose], LOOKS[figure.look]
    scale = figure.size * min(canvas.height, canvas.width * 1.5)
    neck_x, neck_y = neck_of(who.build, pose)
    side = -1 if figure.left else 1
    x = figure.x * canvas.width - neck_x * scale * side
    y = canvas.height * figure.floor if figure.y is None else canvas.height * figure.y - neck_y * scale
    pen = Pen(canvas, x, y, scale, figure.left)
    if who.tail is not None:
        _tail(pen, who, neck_y)
    hand = draw_body(pen, who.build, pose)
    if figure.prop:
        draw_prop(hand, figure.prop)
    head = pen.moved(neck_x, neck_y, turn=pose.tilt + pose.lean * 0.4)
    who.head(head, look)
    return Placed(head.x, head.y, scale, side)


def _tail(pen: Pen, who: Character, neck_y: float) -> None:
    colour = who.tail
    assert colour is not None
    low = neck_y * 0.32
    plump = 0.42 if who.build.garment == "suit" else 0.3
    pen.limb(
        [(-0.1, low), (-0.6, low + 0.1), (-0.95, low - 0.25), (-0.85, low - 0.7)],
        [0.2, plump, plump * 0.9, 0.1],
        colour,
        0.1,
    )
