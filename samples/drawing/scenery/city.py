"""Streets, rooftops and rooms of a town, and the bridge of a ship."""

from __future__ import annotations

from samples.drawing.canvas import Canvas, Colour, mix, ring, smooth
from samples.drawing.scenery.moods import Mood
from samples.drawing.scenery.skies import sky

WHITE: Colour = (255, 255, 255)


def skyline(c: Canvas, m: Mood) -> None:
    """Three rows of towers, lit at night, over a street."""
    sky(c, m)
    for fill, low, tall, wide in (
        (m.far, 0.9, 0.55, 0.1),
        (m.mid, 0.95, 0.45, 0.14),
        (m.near, 1.0, 0.28, 0.2),
    ):
        x = -0.04
        while x < 1.0:
            w, h = wide * c.random.uniform(0.7, 1.3), tall * c.random.uniform(0.55, 1.2)
            _tower(c, m, fill, x, low - h, w, h + 0.1)
            x += w * c.random.uniform(0.95, 1.1)
    c.block(-10, c.height * 0.93, c.width + 20, c.height * 0.1, m.ground)


def _tower(c: Canvas, m: Mood, fill: Colour, x: float, y: float, w: float, h: float) -> None:
    (px, py), (pw, ph) = c.at(x, y), c.at(w, h)
    c.block(px, py, pw, ph, fill, 2.5)
    if c.random.random() < 0.3:
        c.line([(px + pw / 2, py), (px + pw / 2, py - ph * 0.16)], 3)
    step = max(24.0, pw / 5)
    rows, columns = int((ph - 20) / (step * 1.3)), int((pw - 12) / step)
    for row in range(rows):
        for column in range(columns):
            lit = c.random.random() < (0.4 if m.night else 0.15)
            wx, wy = px + 10 + column * step, py + 16 + row * step * 1.3
            c.draw.rectangle(
                [wx, wy, wx + step * 0.5, wy + step * 0.7], m.light if lit else mix(fill, (20, 20, 40), 0.3)
            )


def alley(c: Canvas, m: Mood) -> None:
    """Two brick walls leading to a lamp, wet ground between."""
    sky(c, m, 0.5)
    for x, fill in ((0.36, m.far), (0.48, m.mid), (0.56, m.far)):
        c.block(c.width * x, c.height * 0.25, c.width * 0.12, c.height * 0.5, fill, 2.5)
    c.shape(
        [c.at(0, 1), c.at(0, 0.86), c.at(0.42, 0.68), c.at(0.6, 0.68), c.at(1, 0.86), c.at(1, 1)], m.ground, 3
    )
    c.shape([c.at(-0.02, -0.05), c.at(0.42, 0.2), c.at(0.42, 0.7), c.at(-0.02, 0.92)], m.mid, 3)
    c.shape([c.at(1.02, -0.05), c.at(0.6, 0.2), c.at(0.6, 0.7), c.at(1.02, 0.92)], m.near, 3)
    for _ in range(26):
        x, y = c.random.uniform(0.0, 0.36), c.random.uniform(0.16, 0.7)
        c.line([c.at(x, y), c.at(x + 0.05, y + 0.01)], 2.5, mix(m.mid, m.near, 0.7))
        c.line([c.at(1 - x, y), c.at(0.95 - x, y + 0.01)], 2.5, mix(m.mid, m.near, 0.4))
    for x, y in ((0.12, 0.3), (0.26, 0.36), (0.84, 0.26)):
        c.block(
            c.width * x,
            c.height * y,
            c.width * 0.07,
            c.height * 0.14,
            m.light if c.random.random() < 0.6 else m.near,
        )
    street_lamp(c, m, 0.7)
    for x, y, w in ((0.3, 0.93, 0.14), (0.64, 0.88, 0.09)):
        c.shape(ring(*c.at(x, y), c.width * w, c.height * 0.02), mix(m.ground, m.light, 0.35), 2)


def street_lamp(c: Canvas, m: Mood, x: float) -> None:
    top, foot = c.at(x, 0.22), c.at(x, 0.9)
    if m.night:
        c.glow(
            [(top[0], top[1]), (top[0] - c.width * 0.2, foot[1]), (top[0] + c.width * 0.2, foot[1])],
            m.light,
            0.22,
        )
    c.line([top, foot], 9, (20, 22, 34))
    c.shape(ring(*top, 26, 30), m.light, 4)
    c.shape([(top[0] - 32, top[1] - 18), (top[0], top[1] - 46), (top[0] + 32, top[1] - 18)], (20, 22, 34), 3)


def rooftop(c: Canvas, m: Mood) -> None:
    """A flat roof with chimney and water tank above the town."""
    skyline(c, m)
    c.shape(c.rough([c.at(-0.02, 0.8), c.at(1.02, 0.74), c.at(1.02, 1.02), c.at(-0.02, 1.02)]), m.near, 3.5)
    c.line([c.at(0, 0.84), c.at(1, 0.78)], 3, m.far)
    c.block(c.width * 0.06, c.height * 0.5, c.width * 0.1, c.height * 0.32, m.mid, 3.5)
    c.block(c.width * 0.045, c.height * 0.47, c.width * 0.13, c.height * 0.05, m.near, 3.5)
    x, y = c.at(0.82, 0.36)
    w, h = c.at(0.14, 0.24)
    for leg in (0.1, 0.9):
        c.line([(x + w * leg, y + h), (x + w * leg, c.height * 0.8)], 8)
    c.block(x, y, w, h, m.mid, 3.5)
    c.shape([(x - 8, y), (x + w / 2, y - h * 0.4), (x + w + 8, y)], m.near, 3.5)
    for k in (0.33, 0.66):
        c.line([(x, y + h * k), (x + w, y + h * k)], 3)


def office(c: Canvas, m: Mood) -> None:
    """A room with a blind, a door, a picture, a desk lamp and a floor of boards."""
    c.gradient(m.far, m.mid)
    x, y = c.at(0.12, 0.12)
    w, h = c.at(0.34, 0.44)
    c.block(x, y, w, h, m.sky_top if m.night else m.sky_low, 5)
    for k in range(9):
        c.line([(x, y + h * k / 9), (x + w, y + h * k / 9)], 5, m.light if m.night else WHITE)
    for k in range(3):
        drop = c.height * (0.3 + k * 0.1)
        c.glow(
            [
                (c.width * 0.55, drop),
                (c.width, drop + c.height * 0.12),
                (c.width, drop + c.height * 0.16),
                (c.width * 0.55, drop + c.height * 0.04),
            ],
            m.light,
            0.25,
        )
    c.block(c.width * 0.66, c.height * 0.18, c.width * 0.2, c.height * 0.2, mix(m.light, m.mid, 0.4), 5)
    c.shape(
        [c.at(0.67, 0.37), c.at(0.73, 0.26), c.at(0.78, 0.33), c.at(0.82, 0.28), c.at(0.85, 0.37)], m.near, 2
    )
    c.shape([c.at(-0.01, 0.78), c.at(1.01, 0.78), c.at(1.01, 1.02), c.at(-0.01, 1.02)], m.ground, 3.5)
    for k in range(7):
        c.line([c.at(k / 6, 0.78), c.at(k / 6 * 1.6 - 0.3, 1.0)], 2.5, mix(m.ground, m.near, 0.6))
    c.line([c.at(0, 0.78), c.at(1, 0.78)], 6)


def desk(c: Canvas, m: Mood) -> None:
    """The room with a desk and a lamp in front."""
    office(c, m)
    c.glow([c.at(0.8, 0.6), c.at(0.55, 0.8), c.at(1.0, 0.8)], m.light, 0.35)
    c.line([c.at(0.84, 0.8), c.at(0.86, 0.66), c.at(0.8, 0.58)], 6)
    c.shape([c.at(0.74, 0.62), c.at(0.78, 0.55), c.at(0.83, 0.56), c.at(0.86, 0.62)], m.accent, 3.5)
    c.block(c.width * 0.04, c.height * 0.8, c.width * 0.92, c.height * 0.06, mix(m.ground, m.accent, 0.3), 4)
    c.block(c.width * 0.08, c.height * 0.86, c.width * 0.84, c.height * 0.2, mix(m.ground, m.near, 0.4), 4)


def stalls(c: Canvas, m: Mood) -> None:
    """A market: rows of striped awnings, goods in baskets and strings of lanterns."""
    sky(c, m, 0.6)
    for row, (y, wide) in enumerate(((0.42, 0.22), (0.5, 0.34))):
        for k in range(-1, int(1 / wide) + 2):
            _stall(
                c,
                m,
                k * wide * 1.08 + row * 0.1 - 0.05,
                y,
                wide,
                (m.accent, m.mid, m.light, m.far)[(k + row) % 4],
            )
    c.shape([c.at(0, 0.84), c.at(1, 0.84), c.at(1, 1.02), c.at(0, 1.02)], m.ground, 3)
    for k in range(9):
        x, y = c.at(k / 8, 0.16 + 0.05 * ((k % 4) - 1.5) ** 2 * 0.5)
        c.shape(ring(x, y, 17, 21), (m.light, m.accent)[k % 2], 3)
    c.line([c.at(k / 8, 0.13 + 0.05 * ((k % 4) - 1.5) ** 2 * 0.5) for k in range(9)], 3)


def _stall(c: Canvas, m: Mood, x: float, y: float, w: float, cloth: Colour) -> None:
    left, top, wide, tall = c.width * x, c.height * y, c.width * w, c.height * 0.4
    c.block(left + wide * 0.06, top, wide * 0.88, tall, mix(m.near, (20, 16, 40), 0.3), 3)
    c.block(left, top + tall * 0.55, wide, tall * 0.5, mix(cloth, (150, 104, 70), 0.6), 3.5)
    for k in range(5):
        c.shape(
            ring(left + wide * (0.14 + k * 0.18), top + tall * 0.53, wide * 0.08, wide * 0.07),
            (m.light, m.accent, m.mid)[k % 3],
            2.5,
        )
    for k in range(6):
        fill = cloth if k % 2 else WHITE
        a, b = left + wide * k / 6, left + wide * (k + 1) / 6
        c.shape(
            [
                (a, top - 4),
                (b, top - 4),
                (b, top + tall * 0.2),
                ((a + b) / 2, top + tall * 0.27),
                (a, top + tall * 0.2),
            ],
            fill,
            2.5,
        )


def cockpit(c: Canvas, m: Mood) -> None:
    """The bridge of a small ship: a wide window on space, dials and levers."""
    c.gradient(m.sky_top, m.sky_low)
    for _ in range(50):
        x, y = c.at(c.random.random(), c.random.uniform(0, 0.7))
        c.draw.ellipse([x - 3, y - 3, x + 3, y + 3], WHITE)
    x, y = c.at(0.3, 0.3)
    c.shape(ring(x, y, c.width * 0.09, c.width * 0.09), m.accent, 3, mix(m.accent, m.near, 0.4), (-14, -10))
    frame = mix(m.far, WHITE, 0.45)
    for a, b in (((0.0, 0.0), (0.12, 0.7)), ((1.0, 0.0), (0.88, 0.7)), ((0.5, 0.0), (0.5, 0.12))):
        c.line([c.at(*a), c.at(*b)], 26, c.ink)
        c.line([c.at(*a), c.at(*b)], 20, frame)
    c.shape(
        smooth(
            [
                c.at(-0.05, 0.72),
                c.at(0.25, 0.68),
                c.at(0.75, 0.68),
                c.at(1.05, 0.72),
                c.at(1.05, 1.1),
                c.at(-0.05, 1.1),
            ]
        ),
        frame,
        4,
    )
    for k in range(9):
        px, py = c.at(0.08 + k * 0.105, 0.82 + 0.05 * (k % 2))
        c.shape(ring(px, py, 19, 19), (m.accent, m.light, m.mid)[k % 3], 3.5)
        c.line([(px, py), (px + 9, py - 9)], 3)
