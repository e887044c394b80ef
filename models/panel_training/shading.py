"""Ink, tones, grounds and shapes: how what is in a panel is drawn."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
"""A picture (height, width) uint8, 0 black to 255 white."""

Random = np.random.Generator


def toned(random: Random, picture: Grey) -> Grey:
    """Lighter or darker, of more or less contrast."""
    low, high = random.uniform(0, 90), random.uniform(130, 255)
    curve = low + (high - low) * (np.arange(256) / 255) ** random.uniform(0.5, 1.8)
    return np.asarray(cv2.LUT(picture, curve.astype(np.uint8)), np.uint8)


def inked(random: Random, picture: Grey) -> Grey:
    """Black lines on white, dark parts black or screened, as in manga."""
    block = int(random.choice([5, 7, 9, 13]))
    lines = cv2.adaptiveThreshold(
        cv2.GaussianBlur(picture, (3, 3), 0),
        255,
        cv2.ADAPTIVE_THRESH_MEAN_C,
        cv2.THRESH_BINARY,
        block,
        float(random.uniform(4, 12)),
    )
    soft = cv2.GaussianBlur(picture, (0, 0), 3)
    dark = float(np.quantile(soft, random.uniform(0.0, 0.25)))
    result = np.asarray(lines, np.uint8)
    tone = screen(random, picture.shape[1], picture.shape[0])
    middle = (soft >= dark) & (soft < np.quantile(soft, random.uniform(0.2, 0.6)))
    result[middle] = np.minimum(result, tone)[middle]
    result[soft < dark] = int(random.integers(0, 40))
    return np.asarray(cv2.GaussianBlur(result, (3, 3), float(random.uniform(0.3, 0.8))), np.uint8)


def screen(random: Random, width: int, height: int) -> Grey:
    """An even tone, or the dots of a screen."""
    level = int(random.integers(90, 250))
    if random.random() < 0.5:
        return np.full((height, width), level, np.uint8)
    step, angle = random.uniform(2.5, 6), random.uniform(0, np.pi / 2)
    y, x = np.mgrid[:height, :width].astype(np.float32)
    u, v = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    dots = np.cos(u * 2 * np.pi / step) * np.cos(v * 2 * np.pi / step)
    return np.asarray(np.clip(level + 90 * dots, 0, 255), np.uint8)


def ground(random: Random, width: int, height: int) -> Grey:
    """What stands behind figures: paper, black, a tone, a gradient, lines of speed."""
    kind = random.random()
    if kind < 0.4:
        return np.full((height, width), int(random.integers(238, 256)), np.uint8)
    if kind < 0.52:
        return np.full((height, width), int(random.integers(0, 40)), np.uint8)
    if kind < 0.68:
        return screen(random, width, height)
    if kind < 0.82:
        ends = random.uniform(0, 255, 2)
        ramp = np.linspace(ends[0], ends[1], height if random.random() < 0.7 else width)
        plane = (
            np.repeat(ramp[:, None], width, 1) if len(ramp) == height else np.repeat(ramp[None], height, 0)
        )
        return np.asarray(plane, np.uint8)
    return _speed_lines(random, width, height)


def _speed_lines(random: Random, width: int, height: int) -> Grey:
    dark = random.random() < 0.3
    picture = np.full((height, width), 20 if dark else 250, np.uint8)
    shade = 240 if dark else 20
    centre = random.uniform(0.2, 0.8, 2) * (width, height)
    focused, angle = random.random() < 0.6, random.normal(0, 0.1) + random.choice([0, np.pi / 2])
    reach = width + height
    for _ in range(int(random.integers(15, 90))):
        if focused:
            turn = random.uniform(0, 2 * np.pi)
            way = np.asarray([np.cos(turn), np.sin(turn)])
            start = centre + way * random.uniform(0.15, 0.5) * min(width, height)
        else:
            way = np.asarray([np.cos(angle), np.sin(angle)])
            start = random.uniform(-0.3, 1.0, 2) * (width, height)
        end = start + way * (reach if focused else random.uniform(0.2, 1.2) * max(width, height))
        line(picture, start, end, shade, int(random.integers(1, 3)))
    return picture


def line(picture: Grey, start: NDArray[np.float64], end: NDArray[np.float64], shade: int, width: int) -> None:
    """A line drawn with its edges smooth, at a precision of 1/16 pixel."""
    first, second = (np.asarray(point) * 16 for point in (start, end))
    cv2.line(
        picture,
        (int(first[0]), int(first[1])),
        (int(second[0]), int(second[1])),
        shade,
        width,
        cv2.LINE_AA,
        4,
    )


def furnish(random: Random, picture: Grey) -> None:
    """Horizons, door frames, shelves: straight lines that part no panels."""
    height, width = picture.shape
    for _ in range(int(random.integers(1, 5))):
        shade, thick = int(random.integers(0, 120)), int(random.integers(1, 3))
        start = random.uniform(0, 1, 2) * (width, height)
        lean = random.normal(0, 0.06) * min(width, height)
        if random.random() < 0.4:
            size = random.uniform(0.1, 0.6, 2) * (width, height)
            corners = np.asarray([[0, lean], [size[0], 0], [size[0], size[1]], [0, size[1] + lean]]) + start
            if random.random() < 0.4:
                cv2.fillPoly(picture, [corners.astype(np.int32)], int(random.integers(0, 256)), cv2.LINE_AA)
            cv2.polylines(picture, [corners.astype(np.int32)], True, shade, thick, cv2.LINE_AA)
        elif random.random() < 0.5:
            across = np.asarray([random.uniform(0.2, 1.2) * width, lean])
            line(picture, start, start + across, shade, thick)
        else:
            down = np.asarray([lean, random.uniform(0.2, 1.2) * height])
            line(picture, start, start + down, shade, thick)


def large_shapes(random: Random, page: Grey, middle: tuple[float, float], size: float) -> None:
    """Heads, hair and clothes seen near: large round outlines, filled, with strands along them."""
    for _ in range(int(random.integers(1, 5))):
        centre = np.asarray(middle) + random.normal(0, 0.3, 2) * size
        turns = np.linspace(0, 2 * np.pi, 40, endpoint=False)
        reach = np.ones(len(turns))
        for wave in range(1, 5):
            reach += random.normal(0, 0.25 / wave) * np.cos(wave * turns + random.uniform(0, 6))
        radii = random.uniform(0.12, 0.55, 2) * size
        around = np.stack([np.cos(turns) * radii[0], np.sin(turns) * radii[1]], axis=1) * reach[:, None]
        fills = np.asarray([252, random.integers(100, 250), random.integers(0, 60)])
        fill = int(random.choice(fills, p=[0.6, 0.2, 0.2]))
        points = [((centre + around) * 16).astype(np.int32)]
        cv2.fillPoly(page, points, fill, cv2.LINE_AA, 4)
        cv2.polylines(page, points, True, 15, int(random.integers(1, 3)), cv2.LINE_AA, 4)
        _strands(random, page, centre, around, 235 if fill < 60 else 20)


def _strands(
    random: Random, page: Grey, centre: NDArray[np.float64], around: NDArray[np.float64], ink: int
) -> None:
    bend = random.normal(0, 0.25, 2) * np.abs(around).max(axis=0)
    first = int(random.integers(len(around)))
    for step in range(int(random.integers(0, 14))):
        outer = around[(first + step) % len(around)]
        inner = outer * random.uniform(0.1, 0.9)
        curve = [centre + outer, centre + (outer + inner) / 2 + bend, centre + inner]
        cv2.polylines(page, [(np.asarray(curve) * 16).astype(np.int32)], False, ink, 1, cv2.LINE_AA, 4)
