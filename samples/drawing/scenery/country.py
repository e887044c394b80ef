"""Castles, forests, gardens and villages."""

from __future__ import annotations

import math

from samples.drawing.canvas import Canvas, Colour, mix, ring, smooth
from samples.drawing.scenery.moods import Mood
from samples.drawing.scenery.skies import sky

WHITE: Colour = (255, 255, 255)


def _hills(c: Canvas, y: float, swing: float, fill: Colour, phase: float) -> None:
    crest = [c.at(k / 10, y + swing * math.sin(phase + k * 0.9)) for k in range(-1, 12)]
    c.shape([*smooth(crest, closed=False), c.at(1.2, 1.1), c.at(-0.2, 1.1)], fill, 3)


def castle(c: Canvas, m: Mood) -> None:
    """A castle of many towers on a hill, windows lit at night, trees below."""
    sky(c, m, 0.7)
    _hills(c, 0.74, 0.03, m.far, 1)
    c.shape(
        smooth(
            [
                c.at(-0.1, 1.1),
                c.at(0.14, 0.84),
                c.at(0.34, 0.68),
                c.at(0.66, 0.68),
                c.at(0.88, 0.86),
                c.at(1.1, 1.1),
            ]
        ),
        m.mid,
        3.5,
    )
    s = min(c.width, c.height)
    stone = mix(m.far, WHITE, 0.25)
    x, y = c.at(0.5, 0.72)
    for dx, tall, wide in (
        (-0.3, 0.26, 0.1),
        (0.3, 0.3, 0.1),
        (-0.12, 0.42, 0.11),
        (0.14, 0.36, 0.1),
        (0.0, 0.54, 0.12),
    ):
        _turret(c, m, x + dx * s, y, wide * s, tall * s, stone)
    c.block(x - 0.34 * s, y - 0.16 * s, 0.68 * s, 0.2 * s, stone, 4)
    for k in range(9):
        c.block(x + (-0.34 + k * 0.079) * s, y - 0.2 * s, 0.045 * s, 0.05 * s, stone, 3)
    c.shape(
        [
            (x - 0.06 * s, y + 0.04 * s),
            (x - 0.06 * s, y - 0.06 * s),
            (x, y - 0.12 * s),
            (x + 0.06 * s, y - 0.06 * s),
            (x + 0.06 * s, y + 0.04 * s),
        ],
        m.near,
        4,
    )
    for k in range(14):
        _pine(
            c,
            k / 13 + c.random.uniform(-0.02, 0.02),
            c.random.uniform(0.9, 1.02),
            c.random.uniform(0.08, 0.14),
            m.near,
        )


def _turret(c: Canvas, m: Mood, x: float, foot: float, w: float, h: float, stone: Colour) -> None:
    shaft = [(x - w / 2, foot), (x - w / 2, foot - h), (x + w / 2, foot - h), (x + w / 2, foot)]
    c.shape(shaft, stone, 3.5, mix(stone, m.near, 0.55), (-w * 0.3, 0))
    c.shape(
        [(x - w * 0.7, foot - h), (x, foot - h - w * 1.3), (x + w * 0.7, foot - h)],
        m.accent,
        3.5,
        mix(m.accent, m.near, 0.5),
        (-w * 0.3, 0),
    )
    c.line([(x, foot - h - w * 1.3), (x, foot - h - w * 1.8)], 3.5)
    c.shape(
        [(x, foot - h - w * 1.8), (x + w * 0.5, foot - h - w * 1.62), (x, foot - h - w * 1.45)], m.light, 2.5
    )
    for k in (0.2, 0.5):
        c.shape(ring(x, foot - h * (1 - k), w * 0.13, w * 0.2), m.light if m.night else m.near, 2.5)


def _pine(c: Canvas, x: float, y: float, size: float, fill: Colour) -> None:
    px, py = c.at(x, y)
    s = size * c.height
    for k in range(3):
        low, wide = py - s * 0.5 * k, s * (0.42 - k * 0.1)
        c.shape([(px - wide, low), (px, low - s * 0.8), (px + wide, low)], fill, 2.5)


def hall(c: Canvas, m: Mood) -> None:
    """Inside the castle: arches, banners and a chequered floor."""
    c.gradient(m.far, m.mid)
    for k in range(4):
        x = c.width * (0.02 + k * 0.26)
        w, top = c.width * 0.17, c.height * 0.22
        arch = [
            (x, c.height * 0.8),
            (x, top + w / 2),
            *ring(x + w / 2, top + w / 2, w / 2, w / 2)[24:48],
            (x + w, top + w / 2),
            (x + w, c.height * 0.8),
        ]
        c.shape(arch, m.sky_top, 4)
        c.shape(ring(x + w / 2, top + w * 0.6, w * 0.08, w * 0.08), m.light, 0)
    for k in range(3):
        x = c.width * (0.2 + k * 0.26)
        c.shape(
            [
                (x, 0),
                (x + c.width * 0.07, 0),
                (x + c.width * 0.07, c.height * 0.3),
                (x + c.width * 0.035, c.height * 0.36),
                (x, c.height * 0.3),
            ],
            m.accent,
            3.5,
        )
    c.block(-10, c.height * 0.8, c.width + 20, c.height * 0.3, m.ground, 4)
    for row in range(3):
        for k in range(9):
            if (row + k) % 2:
                a, b = 0.8 + row * 0.07, 0.87 + row * 0.07
                wide = 0.14 + row * 0.03
                x = 0.5 + (k - 4.5) * wide
                c.shape(
                    [
                        c.at(x, a),
                        c.at(x + wide, a),
                        c.at(x + wide * 1.2 + (x - 0.5) * 0.2, b),
                        c.at(x + (x - 0.5) * 0.2, b),
                    ],
                    mix(m.ground, m.near, 0.6),
                    0,
                )


def forest(c: Canvas, m: Mood) -> None:
    """Trunks in three depths, roots, bushes and shafts of light."""
    sky(c, m, 0.6)
    _hills(c, 0.6, 0.02, m.far, 2)
    for fill, count, wide, foot in (
        (mix(m.far, m.mid, 0.4), 8, 0.03, 0.72),
        (m.mid, 5, 0.055, 0.82),
        (m.near, 3, 0.09, 0.95),
    ):
        for k in range(count):
            x = (k + c.random.uniform(0.1, 0.8)) / count
            if not (count == 3 and 0.35 < x < 0.65):
                _trunk(c, x, foot, wide, fill)
    c.glow([c.at(0.3, 0), c.at(0.42, 0), c.at(0.7, 0.9), c.at(0.46, 0.9)], m.light, 0.2)
    _hills(c, 0.86, 0.015, m.ground, 0)
    for k in range(9):
        x, y = c.at(k / 8, 0.9 + 0.03 * (k % 3))
        c.shape(
            smooth([(x - 70, y + 26), (x - 46, y - 20), (x, y - 42), (x + 50, y - 16), (x + 70, y + 26)]),
            mix(m.near, m.mid, (k % 3) / 2),
            3,
        )


def _trunk(c: Canvas, x: float, foot: float, wide: float, fill: Colour) -> None:
    bend = c.random.uniform(-0.02, 0.02)
    outline = [
        c.at(x - wide * 0.9, foot),
        c.at(x - wide * 0.45, foot - 0.1),
        c.at(x - wide * 0.4 + bend, 0.2),
        c.at(x - wide * 0.8 + bend, -0.05),
        c.at(x + wide * 0.8 + bend, -0.05),
        c.at(x + wide * 0.4 + bend, 0.2),
        c.at(x + wide * 0.45, foot - 0.1),
        c.at(x + wide * 0.9, foot),
    ]
    c.shape(outline, fill, 3, mix(fill, (16, 16, 30), 0.4), (-wide * c.width * 0.3, 0))
    for _ in range(5):
        y = c.random.uniform(0.1, foot - 0.15)
        c.line([c.at(x - wide * 0.1, y), c.at(x + bend * 0.5, y + 0.06)], 2.5)


def garden(c: Canvas, m: Mood) -> None:
    """A garden of giant flowers and a glass dome under a ringed planet."""
    sky(c, m, 0.6)
    x, y = c.at(0.74, 0.24)
    r = 0.1 * c.width
    c.shape(ring(x, y, r, r), m.accent, 3, mix(m.accent, m.near, 0.35), (-r * 0.3, -r * 0.2))
    c.line([(x - r * 1.7, y + r * 0.5), (x, y + r * 0.2), (x + r * 1.7, y - r * 0.5)], 8, m.light)
    _hills(c, 0.62, 0.03, m.far, 0.5)
    x, y = c.at(0.24, 0.66)
    c.shape(
        [*ring(x, y, c.width * 0.16, c.width * 0.16)[24:48], (x + c.width * 0.16, y)],
        mix(m.sky_top, WHITE, 0.6),
        4,
    )
    for k in (-0.5, 0, 0.5):
        c.line([(x + k * c.width * 0.16, y), (x + k * c.width * 0.1, y - c.width * 0.13)], 3)
    _hills(c, 0.72, 0.03, m.mid, 2.4)
    for k in range(9):
        flower(
            c,
            m,
            k / 8 + c.random.uniform(-0.03, 0.03),
            c.random.uniform(0.62, 0.76),
            c.random.uniform(0.03, 0.05),
            k,
        )
    _hills(c, 0.86, 0.02, m.ground, 1.2)
    for _ in range(26):
        x, y = c.at(c.random.random(), c.random.uniform(0.88, 1.0))
        c.stroke([(x - 12, y), (x - 4, y - 20), (x, y)], 5, m.near)


def flower(c: Canvas, m: Mood, x: float, y: float, size: float, kind: int) -> None:
    px, py = c.at(x, y)
    r = size * min(c.width, c.height * 1.2)
    c.line([(px, py), (px + r * 0.4, c.height * 0.95)], 7, m.near)
    petal = (m.accent, m.light, WHITE)[kind % 3]
    for k in range(6):
        turn = k * math.pi / 3
        c.shape(ring(px + r * math.cos(turn), py + r * math.sin(turn), r * 0.62, r * 0.62, 20), petal, 2.5)
    c.shape(ring(px, py, r * 0.6, r * 0.6, 20), (250, 200, 90), 2.5)


def village(c: Canvas, m: Mood) -> None:
    """Tiled roofs under a mountain, paper lanterns along the street."""
    sky(c, m, 0.6)
    c.shape(
        c.rough([c.at(0.05, 0.7), c.at(0.42, 0.22), c.at(0.5, 0.26), c.at(0.56, 0.22), c.at(0.95, 0.7)], 4),
        m.far,
        3,
    )
    c.shape(
        [
            c.at(0.33, 0.34),
            c.at(0.42, 0.22),
            c.at(0.5, 0.26),
            c.at(0.56, 0.22),
            c.at(0.66, 0.36),
            c.at(0.55, 0.32),
            c.at(0.48, 0.38),
            c.at(0.42, 0.33),
        ],
        WHITE,
        2,
    )
    for x, y, s in ((0.62, 0.6, 0.2), (0.26, 0.62, 0.22), (-0.04, 0.66, 0.3), (0.82, 0.64, 0.32)):
        _house(c, m, x, y, s)
    c.shape([c.at(-0.02, 0.9), c.at(1.02, 0.9), c.at(1.02, 1.02), c.at(-0.02, 1.02)], m.ground, 3)
    for k in range(7):
        x, y = c.at(0.06 + k * 0.15, 0.5 + 0.02 * (k % 2))
        c.line([(x, y - 30), (x, y)], 3)
        c.shape(ring(x, y + 18, 15, 20), m.light, 3)
    c.line([c.at(0, 0.47), c.at(0.5, 0.485), c.at(1, 0.47)], 3)


def _house(c: Canvas, m: Mood, x: float, y: float, s: float) -> None:
    left, top = c.at(x, y)
    w, h = s * c.width, c.height * 0.3
    c.block(left + w * 0.08, top, w * 0.84, h, mix(m.ground, WHITE, 0.3), 3.5)
    for k in range(3):
        c.block(
            left + w * (0.16 + k * 0.25), top + h * 0.28, w * 0.17, h * 0.34, m.light if m.night else m.mid, 3
        )
    roof = [
        (left - w * 0.08, top + h * 0.12),
        (left + w * 0.16, top - h * 0.4),
        (left + w * 0.84, top - h * 0.4),
        (left + w * 1.08, top + h * 0.12),
    ]
    c.shape(roof, m.near, 4)
    for k in range(1, 8):
        c.line(
            [(left + w * (0.16 + k * 0.085), top - h * 0.38), (left + w * (-0.06 + k * 0.14), top + h * 0.1)],
            2.5,
            m.far,
        )
