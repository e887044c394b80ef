"""Balloons, captions, sounds and print: strokes that look like letters from afar."""

from __future__ import annotations

import cv2
import numpy as np

from models.panel_training.shading import Grey, Random, line

_SOUNDS = "WHAMZOKBURTPSLI!?"


def letters(
    random: Random, page: Grey, x: float, y: float, w: float, h: float, size: float, shade: int
) -> None:
    """Fill a rectangle with rows of strokes, or columns as in Japanese.  size: of a letter, in pixels."""
    upright = random.random() < 0.5
    length, depth = (h, w) if upright else (w, h)
    for place in np.arange(size * 0.5, max(depth - size * 0.4, size * 0.51), size * random.uniform(1.3, 1.7)):
        end = length * (1.0 if random.random() < 0.7 else random.uniform(0.3, 1.0))
        for along in np.arange(size * 0.5, end, size * (1.05 if upright else 0.75)):
            if random.random() < 0.12:
                continue
            centre = np.asarray([x + place, y + along] if upright else [x + along, y + place])
            ends = centre + random.uniform(-0.4, 0.4, (3, 2)) * size
            line(page, ends[0], ends[1], shade, 1)
            if size > 4:
                line(page, ends[1], ends[2], shade, 1)


def balloon(random: Random, page: Grey, x: float, y: float, size: float) -> None:
    """A balloon of words around a point: round, boxed or jagged, with or without a tail."""
    columns, rows = random.uniform(2, 9), random.uniform(1.5, 6)
    w, h = size * columns * 1.4, size * rows * 1.8
    dark = random.random() < 0.06
    paper, ink = (int(random.integers(0, 40)), 240) if dark else (int(random.integers(235, 256)), 15)
    shape = _shape(random, x, y, w * 0.75, h * 0.75)
    if random.random() < 0.6:
        turn = random.uniform(0, 2 * np.pi)
        tip = np.asarray([x + np.cos(turn) * w * 1.3, y + np.sin(turn) * h * 1.3])
        foot = np.asarray([-np.sin(turn), np.cos(turn)]) * size * 0.7
        root = np.asarray([x, y])
        tail = np.asarray([tip, root + foot, root - foot])
        _filled_outline(page, tail, paper, ink)
    _filled_outline(page, shape, paper, ink if random.random() < 0.85 else paper)
    letters(random, page, x - w / 2, y - h / 2, w, h, size, ink)


def _shape(random: Random, x: float, y: float, w: float, h: float) -> np.ndarray:
    kind = random.random()
    if kind < 0.15:
        return np.asarray([[x - w, y - h], [x + w, y - h], [x + w, y + h], [x - w, y + h]]) * 1.0
    turns = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    reach = np.ones(48)
    if kind < 0.3:
        reach[::2] = random.uniform(1.15, 1.5)
    elif kind < 0.5:
        reach += 0.08 * np.abs(np.sin(turns * random.integers(4, 8)))
    power = random.uniform(0.6, 1.0)
    cos, sin = np.cos(turns), np.sin(turns)
    return np.stack(
        [
            x + w * reach * np.sign(cos) * np.abs(cos) ** power,
            y + h * reach * np.sign(sin) * np.abs(sin) ** power,
        ],
        axis=1,
    )


def _filled_outline(page: Grey, shape: np.ndarray, paper: int, ink: int) -> None:
    points = [(shape * 16).astype(np.int32)]
    cv2.fillPoly(page, points, paper, cv2.LINE_AA, 4)
    cv2.polylines(page, points, True, ink, 1, cv2.LINE_AA, 4)


def sound(random: Random, page: Grey, x: float, y: float, size: float) -> None:
    """A sound effect: a few large letters with an outline, turned a little."""
    word = "".join(random.choice(list(_SOUNDS), int(random.integers(2, 7))))
    scale, thick = size / 22, max(2, int(size / 6))
    font = cv2.FONT_HERSHEY_DUPLEX
    (w, h), _ = cv2.getTextSize(word, font, scale, thick)
    room = int(np.hypot(w, h)) // 2 + thick + 3
    canvas = np.zeros((2 * room, 2 * room), np.uint8)
    cv2.putText(canvas, word, (room - w // 2, room + h // 2), font, scale, 255, thick, cv2.LINE_AA)
    turned = cv2.getRotationMatrix2D((float(room), float(room)), float(random.normal(0, 25)), 1.0)
    canvas = np.asarray(cv2.warpAffine(canvas, turned, (2 * room, 2 * room)), np.uint8)
    around = np.asarray(cv2.dilate(canvas, np.ones((3, 3), np.uint8)), np.uint8)
    ink, paper = (int(v) for v in random.choice([[15, 250], [250, 10], [120, 255]]))
    left, top = max(0, int(x) - room), max(0, int(y) - room)
    part = page[top : max(top, int(y) + room), left : max(left, int(x) + room)]
    off = (slice(top - int(y) + room, None), slice(left - int(x) + room, None))
    for mask, shade in ((around, paper), (canvas, ink)):
        share = mask[off][: part.shape[0], : part.shape[1]].astype(np.float32) / 255
        part[:] = (part * (1 - share) + shade * share).astype(np.uint8)
