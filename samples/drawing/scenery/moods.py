"""Moods: the colours a place is drawn in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from samples.drawing.canvas import Canvas, Colour


@dataclass(frozen=True)
class Mood:
    """Colours from the sky to the foreground.  night: stars, moon and lit windows are drawn."""

    sky_top: Colour
    sky_low: Colour
    far: Colour
    mid: Colour
    near: Colour
    ground: Colour
    light: Colour
    accent: Colour
    night: bool = False


Scene = Callable[[Canvas, Mood], None]

NOIR_NIGHT = Mood(
    (22, 28, 48),
    (74, 92, 128),
    (58, 74, 106),
    (42, 54, 82),
    (26, 34, 56),
    (48, 58, 82),
    (255, 206, 110),
    (150, 44, 56),
    True,
)
NOIR_GREY = Mood(
    (120, 138, 164),
    (190, 202, 216),
    (140, 156, 180),
    (102, 118, 146),
    (62, 76, 104),
    (108, 120, 142),
    (255, 226, 160),
    (150, 44, 56),
)
NOIR_ROOM = Mood(
    (58, 66, 90),
    (98, 106, 128),
    (84, 92, 118),
    (66, 72, 98),
    (40, 44, 66),
    (70, 62, 66),
    (255, 206, 120),
    (150, 44, 56),
    True,
)
NOIR_STORM = Mood(
    (16, 26, 38),
    (58, 88, 104),
    (48, 74, 92),
    (34, 58, 76),
    (20, 38, 54),
    (44, 54, 68),
    (255, 232, 150),
    (150, 44, 56),
    True,
)

PASTEL_DAY = Mood(
    (150, 214, 246),
    (255, 240, 214),
    (190, 226, 214),
    (146, 210, 160),
    (104, 182, 130),
    (196, 230, 150),
    (255, 250, 220),
    (250, 150, 160),
)
PASTEL_DUSK = Mood(
    (176, 146, 222),
    (255, 204, 180),
    (206, 170, 220),
    (170, 140, 206),
    (120, 106, 180),
    (226, 190, 196),
    (255, 236, 160),
    (255, 140, 120),
)
PASTEL_NIGHT = Mood(
    (62, 60, 130),
    (170, 150, 214),
    (124, 116, 186),
    (98, 92, 164),
    (70, 70, 136),
    (120, 128, 186),
    (255, 240, 170),
    (250, 160, 190),
    True,
)
PASTEL_SPACE = Mood(
    (48, 40, 104),
    (120, 88, 170),
    (150, 130, 214),
    (110, 160, 200),
    (84, 84, 150),
    (190, 180, 230),
    (255, 246, 200),
    (250, 170, 120),
    True,
)

INK_DAY = Mood(
    (236, 236, 236),
    (255, 255, 255),
    (214, 214, 214),
    (176, 176, 176),
    (110, 110, 110),
    (240, 240, 240),
    (255, 255, 255),
    (150, 150, 150),
)
INK_NIGHT = Mood(
    (12, 12, 14),
    (120, 120, 120),
    (96, 96, 96),
    (64, 64, 64),
    (18, 18, 20),
    (150, 150, 150),
    (255, 255, 255),
    (190, 190, 190),
    True,
)
INK_RAIN = Mood(
    (120, 120, 120),
    (214, 214, 214),
    (166, 166, 166),
    (130, 130, 130),
    (70, 70, 70),
    (190, 190, 190),
    (255, 255, 255),
    (110, 110, 110),
)
