"""The sea, the pier and the lighthouse."""

from __future__ import annotations

import math
from dataclasses import replace

from samples.drawing.canvas import Canvas, Colour, Point, mix, ring, smooth
from samples.drawing.scenery.moods import Mood
from samples.drawing.scenery.skies import cloud, sky

WHITE: Colour = (255, 255, 255)


def waves(c: Canvas, m: Mood, top: float, rough: float) -> None:
    """Rows of water from `top` (share of the height) down; rough: height of a wave, share of the height."""
    for row in range(5):
        level = top + (1 - top) * row / 5
        height = rough * (0.5 + row * 0.25) * min(1.0, c.width / c.height)
        shift = c.random.uniform(0, 0.2)
        crest: list[Point] = []
        for k in range(-1, 9):
            x = k / 7 + shift - 0.1
            crest += [
                c.at(x, level + height * 0.4),
                c.at(x + 0.09, level - height * 0.6),
                c.at(x + 0.12, level),
            ]
        line = smooth(crest, closed=False, steps=5)
        c.shape([*line, c.at(1.2, 1.1), c.at(-0.2, 1.1)], mix(m.far, m.near, row / 5), 3)
        foam = [(x, y + 9) for x, y in line]
        for start in range(4, len(foam) - 8, 15):
            c.stroke(foam[start : start + 8], 6, mix(m.far, WHITE, 0.55))


def open_sea(c: Canvas, m: Mood) -> None:
    """Calm water under a wide sky."""
    sky(c, m, 0.55)
    waves(c, m, 0.6, 0.02)


def storm_sea(c: Canvas, m: Mood) -> None:
    """Great waves, torn clouds and a fork of lightning."""
    c.gradient(m.sky_top, m.sky_low)
    for k in range(6):
        cloud(c, k / 5, c.random.uniform(0.05, 0.22), 0.2, mix(m.sky_top, m.far, c.random.uniform(0.3, 0.9)))
    x = c.random.choice((0.2, 0.75))
    bolt = [
        c.at(x, 0.12),
        c.at(x - 0.05, 0.34),
        c.at(x + 0.01, 0.33),
        c.at(x - 0.05, 0.56),
        c.at(x + 0.07, 0.28),
        c.at(x + 0.01, 0.29),
        c.at(x + 0.05, 0.12),
    ]
    c.shape(bolt, m.light, 3)
    waves(c, m, 0.52, 0.13)


def boat(c: Canvas, m: Mood) -> None:
    """The sail of a small boat in a storm; its hull comes in front of the crew."""
    storm_sea(c, m)
    x, y, s = *c.at(0.5, 0.72), c.width * 0.3
    c.line([(x, y), (x + s * 0.06, y - s * 1.1)], 9)
    c.shape(
        [(x + s * 0.12, y - s * 1.0), (x + s * 0.8, y - s * 0.2), (x + s * 0.1, y - s * 0.14)], m.light, 3.5
    )


def boat_hull(c: Canvas, m: Mood) -> None:
    """The hull and the waves before it."""
    x, y, s = *c.at(0.5, 0.78), c.width * 0.36
    side = [
        (x - s, y - s * 0.16),
        (x, y - s * 0.06),
        (x + s, y - s * 0.2),
        (x + s * 0.7, y + s * 0.3),
        (x - s * 0.7, y + s * 0.3),
    ]
    c.shape(side, m.accent, 4.5, mix(m.accent, m.near, 0.5), (0, -s * 0.14))
    c.line([(x - s * 0.96, y - s * 0.1), (x, y + s * 0.01), (x + s * 0.96, y - s * 0.13)], 7, WHITE)
    waves(c, m, 0.86, 0.06)


def lighthouse(c: Canvas, m: Mood) -> None:
    """A striped lighthouse on a rock, its beam across the sea."""
    sky(c, m, 0.6)
    x, top = 0.66, 0.2
    if m.night:
        px, py = c.at(x, top)
        c.glow(
            [(px, py - 6), (0, py - c.height * 0.16), (0, py + c.height * 0.14), (px, py + 6)], m.light, 0.5
        )
        c.glow([(px, py), (c.width, py - c.height * 0.06), (c.width, py + c.height * 0.1)], m.light, 0.4)
    waves(c, m, 0.72, 0.05)
    rock = [
        (0.36, 1.05),
        (0.42, 0.84),
        (0.52, 0.76),
        (0.6, 0.78),
        (0.72, 0.72),
        (0.84, 0.8),
        (0.95, 0.86),
        (1.05, 1.05),
    ]
    c.shape(c.rough([c.at(*p) for p in rock], 5), m.near, 4)
    for k in range(7):
        c.line(
            [c.at(0.46 + k * 0.07, 0.84 + (k % 3) * 0.04), c.at(0.48 + k * 0.07, 0.95)],
            3,
            mix(m.near, m.far, 0.5),
        )
    _tower(c, m, x, top)


def dark_lighthouse(c: Canvas, m: Mood) -> None:
    """The lighthouse with its lamp out, under clouds."""
    lighthouse(c, replace(m, night=False, light=m.near))


def _tower(c: Canvas, m: Mood, x: float, top: float) -> None:
    px, py = c.at(x, top)
    s = min(c.height * 0.2, c.width * 0.24)
    foot = c.height * 0.78
    for k in range(5):
        a, b = k / 5, (k + 1) / 5
        wa, wb = s * (0.24 + a * 0.16), s * (0.24 + b * 0.16)
        ya, yb = py + s * 0.28 + (foot - py - s * 0.28) * a, py + s * 0.28 + (foot - py - s * 0.28) * b
        fill = m.accent if k % 2 else mix(WHITE, m.sky_low, 0.2)
        c.shape(
            [(px - wa, ya), (px + wa, ya), (px + wb, yb), (px - wb, yb)],
            fill,
            3.5,
            mix(fill, m.near, 0.5),
            (-s * 0.12, 0),
        )
    c.block(px - s * 0.34, py + s * 0.2, s * 0.68, s * 0.1, m.near, 3.5)
    c.block(px - s * 0.2, py - s * 0.16, s * 0.4, s * 0.36, m.light, 4)
    for bar in (-0.07, 0.07):
        c.line([(px + bar * s, py - s * 0.16), (px + bar * s, py + s * 0.2)], 3)
    c.shape(
        smooth([(px - s * 0.26, py - s * 0.16), (px, py - s * 0.5), (px + s * 0.26, py - s * 0.16)]),
        m.accent,
        4,
    )


def lamp_room(c: Canvas, m: Mood) -> None:
    """Inside the top of a lighthouse: tall panes and the great lens."""
    sky(c, m)
    waves(c, m, 0.72, 0.03)
    for k in range(5):
        c.line([c.at(0.04 + k * 0.23, 0), c.at(0.04 + k * 0.23, 0.85)], 14, m.near)
    for y in (0.06, 0.44):
        c.line([c.at(0, y), c.at(1, y)], 9, m.near)
    x, y = c.at(0.5, 0.42)
    r = min(c.width, c.height) * 0.26
    c.halo(x, y, r * 1.9, m.light, 0.3)
    for size in (1.0, 0.78, 0.55, 0.3):
        c.shape(ring(x, y, r * size * 0.8, r * size), mix(m.light, WHITE, 1 - size), 3.5)
    c.block(x - r * 0.5, y + r, r, c.height, m.mid, 4)
    c.block(-10, c.height * 0.84, c.width + 20, c.height * 0.2, m.ground, 4)


def pier(c: Canvas, m: Mood) -> None:
    """Planks, posts and crates by the water."""
    sky(c, m, 0.5)
    waves(c, m, 0.52, 0.02)
    c.shape([c.at(-0.02, 0.78), c.at(1.02, 0.72), c.at(1.02, 1.02), c.at(-0.02, 1.02)], m.ground, 4)
    for k in range(8):
        c.line(
            [c.at(k / 7, 0.78 - 0.06 * k / 7), c.at(k / 7 * 1.5 - 0.25, 1.02)], 3, mix(m.ground, m.near, 0.7)
        )
    for x in (0.08, 0.36, 0.94):
        px, py = c.at(x, 0.62)
        c.block(px - 14, py, 28, c.height * 0.2, m.near, 3.5)
        c.shape(ring(px, py, 16, 7), m.mid, 3)
    x, y = c.at(0.72, 0.6)
    s = min(c.width, c.height) * 0.2
    for dx, dy in ((0, 0), (s * 1.05, 0.02 * s), (s * 0.5, -s)):
        c.block(x + dx, y + dy, s, s, mix(m.ground, m.accent, 0.25), 4)
        c.line([(x + dx, y + dy), (x + dx + s, y + dy + s)], 4)
        c.line([(x + dx + s, y + dy), (x + dx, y + dy + s)], 4)


def harbour(c: Canvas, m: Mood) -> None:
    """A bay with moored boats below hills."""
    sky(c, m, 0.5)
    hills = [
        c.at(0.0, 0.5),
        *[c.at(k / 8, 0.42 + 0.06 * math.sin(k * 1.7)) for k in range(9)],
        c.at(1.0, 0.5),
    ]
    c.shape([*smooth(hills, closed=False), c.at(1.02, 0.66), c.at(-0.02, 0.66)], m.far, 3)
    waves(c, m, 0.58, 0.015)
    for x, y, s in ((0.2, 0.66, 0.1), (0.46, 0.62, 0.07), (0.8, 0.7, 0.12)):
        px, py = c.at(x, y)
        w = s * c.width
        c.line([(px, py), (px, py - w * 1.3)], 5)
        c.shape([(px + 5, py - w * 1.25), (px + w * 0.7, py - w * 0.2), (px + 5, py - w * 0.2)], WHITE, 3)
        c.shape(
            [
                (px - w, py - w * 0.15),
                (px + w, py - w * 0.15),
                (px + w * 0.6, py + w * 0.3),
                (px - w * 0.6, py + w * 0.3),
            ],
            m.accent,
            3.5,
        )
