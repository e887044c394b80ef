"""Skies, plain grounds, and weather laid over a finished panel."""

from __future__ import annotations

import math

from samples.drawing.canvas import Canvas, Colour, mix, ring, smooth
from samples.drawing.scenery.moods import Mood

WHITE: Colour = (255, 255, 255)


def sky(c: Canvas, m: Mood, upto: float = 1.0) -> None:
    """A gradient with moon and stars, or clouds, above `upto` (share of the height)."""
    c.gradient(m.sky_top, m.sky_low)
    if m.night:
        _stars(c, m, upto)
        moon(c, m, c.random.choice((0.2, 0.78)), 0.2 * upto + 0.05, 0.09)
    else:
        for _ in range(3):
            cloud(
                c,
                c.random.uniform(0.05, 0.95),
                c.random.uniform(0.08, 0.5) * upto,
                c.random.uniform(0.1, 0.2),
                mix(m.sky_low, WHITE, 0.6),
            )


def _stars(c: Canvas, m: Mood, upto: float) -> None:
    for _ in range(c.width * c.height // 14000):
        x, y = c.at(c.random.random(), c.random.uniform(0, upto * 0.8))
        r = c.random.choice((1.5, 2.0, 2.0, 4.0))
        if r > 3:
            c.shape(
                [
                    (x - 9, y),
                    (x - 2, y - 2),
                    (x, y - 9),
                    (x + 2, y - 2),
                    (x + 9, y),
                    (x + 2, y + 2),
                    (x, y + 9),
                    (x - 2, y + 2),
                ],
                m.light,
                0,
            )
        else:
            c.draw.ellipse([x - r, y - r, x + r, y + r], mix(m.light, WHITE, 0.5))


def moon(c: Canvas, m: Mood, x: float, y: float, size: float) -> None:
    px, py = c.at(x, y)
    r = size * min(c.width, c.height * 1.2)
    c.halo(px, py, r * 1.9, m.light, 0.16)
    pale = mix(m.light, WHITE, 0.55)
    c.shape(ring(px, py, r, r), pale, 2)
    for dx, dy, k in ((-0.3, -0.2, 0.2), (0.3, 0.25, 0.26), (0.1, -0.5, 0.12), (-0.35, 0.4, 0.14)):
        c.shape(ring(px + dx * r, py + dy * r, k * r, k * r * 0.9), mix(pale, m.far, 0.3), 0)


def cloud(c: Canvas, x: float, y: float, size: float, fill: Colour) -> None:
    px, py = c.at(x, y)
    w = size * c.width
    puffs = [
        (-1, 0.05),
        (-0.7, -0.3),
        (-0.25, -0.42),
        (0.05, -0.62),
        (0.45, -0.4),
        (0.8, -0.28),
        (1, 0.05),
        (0.5, 0.16),
        (-0.5, 0.16),
    ]
    c.shape(smooth([(px + a * w, py + b * w * 0.7) for a, b in puffs]), fill, 2.5)


def space(c: Canvas, m: Mood) -> None:
    """Open space with a ringed planet, a small one and a comet."""
    c.gradient(m.sky_top, m.sky_low)
    _stars(c, m, 1.25)
    side = c.random.choice((0.22, 0.76))
    x, y = c.at(side, 0.34)
    r = 0.2 * min(c.width, c.height)
    c.shape(ring(x, y, r, r), m.accent, 3, mix(m.accent, m.sky_top, 0.45), (-r * 0.3, -r * 0.2))
    band = [
        (x + 1.75 * r * math.cos(t / 20), y - 0.3 * r * math.cos(t / 20) + 0.32 * r * math.sin(t / 20))
        for t in range(-6, 69)
    ]
    c.line(band, r * 0.13, m.light)
    x, y = c.at(1 - side, 0.2)
    c.shape(ring(x, y, r * 0.4, r * 0.4), m.mid, 3, mix(m.mid, m.sky_top, 0.4), (-r * 0.12, -r * 0.1))
    x, y = c.at(0.5, 0.14)
    c.glow([(x, y - 9), (x + c.width * 0.24, y - c.height * 0.09), (x, y + 9)], WHITE, 0.45)
    c.shape(ring(x, y, 12, 12), m.light, 2)
    x, y = c.at(0.5, 1.62)
    c.shape(
        ring(x, y, c.width * 0.95, c.height * 0.82, 96),
        m.ground,
        3,
        mix(m.ground, m.sky_top, 0.35),
        (-30, -20),
    )


def burst(c: Canvas, m: Mood) -> None:
    """Rays of speed from the middle."""
    c.gradient(mix(m.accent, WHITE, 0.25), mix(m.light, WHITE, 0.2))
    cx, cy = c.at(0.5, 0.56)
    far = math.hypot(c.width, c.height)
    for k in range(46):
        turn = 2 * math.pi * (k + c.random.uniform(-0.3, 0.3)) / 46
        near = far * c.random.uniform(0.2, 0.32)
        wide = c.random.uniform(0.008, 0.03)
        tip = (cx + near * math.cos(turn), cy + near * math.sin(turn))
        rim = [(cx + far * math.cos(turn + s * wide), cy + far * math.sin(turn + s * wide)) for s in (-1, 1)]
        c.shape([tip, *rim], m.near if k % 2 else WHITE, 0)


def wash(c: Canvas, m: Mood) -> None:
    """A flat colour with growing dots: the background of a close-up."""
    c.gradient(m.sky_low, mix(m.sky_low, m.far, 0.5))
    c.halftone(mix(m.sky_low, m.mid, 0.6), (0.25, 1.0))


def shadows(c: Canvas, m: Mood) -> None:
    """Dark with a slanting bar of light, as through a blind."""
    c.gradient(m.near, m.mid)
    for k in range(5):
        y = c.height * (0.1 + k * 0.17)
        c.glow(
            [(0, y), (c.width, y - c.height * 0.22), (c.width, y - c.height * 0.12), (0, y + c.height * 0.1)],
            m.light,
            0.22,
        )


def rain(c: Canvas) -> None:
    for _ in range(c.width * c.height // 5200):
        x, y = c.at(c.random.uniform(-0.1, 1.1), c.random.uniform(-0.1, 1.0))
        long = c.random.uniform(30, 80)
        c.line([(x, y), (x - long * 0.32, y + long)], c.random.choice((2, 2, 3)), (206, 220, 236))


def snow(c: Canvas) -> None:
    for _ in range(c.width * c.height // 9000):
        x, y = c.at(c.random.random(), c.random.random())
        r = c.random.uniform(2.5, 7)
        c.draw.ellipse([x - r, y - r, x + r, y + r], WHITE)


def sparks(c: Canvas) -> None:
    """Small warm lights drifting up."""
    for _ in range(c.width * c.height // 26000):
        x, y = c.at(c.random.random(), c.random.random())
        r = c.random.uniform(3, 8)
        c.shape([(x - r, y), (x, y - r * 1.6), (x + r, y), (x, y + r * 1.6)], (255, 244, 190), 0)


WEATHER = {"": None, "rain": rain, "snow": snow, "sparks": sparks}
