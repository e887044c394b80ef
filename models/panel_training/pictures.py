"""What panels are filled with: drawings of given books, inked, toned, turned and cropped at random."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from models.panel_training.shading import Grey, Random, furnish, ground, inked, large_shapes, toned

_LONG_SIDE = 640  # of a drawing that is kept
_FROM_PAPER = 28  # grey levels: what differs less from the paper is paper


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing without its paper.  mask: 255 where it is drawn."""

    grey: Grey
    mask: Grey


@dataclass(frozen=True, slots=True)
class Pictures:
    """Drawings to fill panels with, none of them with a border, and figures that stand alone."""

    drawings: Sequence[Grey]
    figures: Sequence[Figure]


def gather(drawings: Sequence[Grey]) -> Pictures:
    """The drawings made small, and figures of those that are drawn on bare paper."""
    small = [_shrunk(drawing) for drawing in drawings if min(drawing.shape) >= 48]
    figures = [figure for drawing in small if (figure := _cut_out(drawing)) is not None]
    return Pictures(small, figures)


def _shrunk(drawing: Grey) -> Grey:
    scale = min(1.0, _LONG_SIDE / max(drawing.shape))
    size = (max(1, round(drawing.shape[1] * scale)), max(1, round(drawing.shape[0] * scale)))
    return np.asarray(cv2.resize(drawing, size, interpolation=cv2.INTER_AREA), np.uint8)


def _cut_out(drawing: Grey) -> Figure | None:
    """The drawing without the paper that reaches its edges; None where there is little of it."""
    edge = np.concatenate([drawing[0], drawing[-1], drawing[:, 0], drawing[:, -1]])
    paper = float(np.median(edge))
    if paper < 170 or (np.abs(edge.astype(np.float32) - paper) > _FROM_PAPER).mean() > 0.3:
        return None
    ink = (np.abs(drawing.astype(np.float32) - paper) > _FROM_PAPER).astype(np.uint8)
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    contours, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    large = [c for c in contours if cv2.contourArea(c) > 0.03 * drawing.size]
    if not large:
        return None
    mask = np.zeros(drawing.shape, np.uint8)
    cv2.drawContours(mask, large, -1, 255, cv2.FILLED)
    x, y, w, h = cv2.boundingRect(mask)
    return Figure(drawing[y : y + h, x : x + w].copy(), mask[y : y + h, x : x + w].copy())


def filled(random: Random, pictures: Pictures, width: int, height: int) -> Grey:
    """A picture of this size, as it might be seen in a panel."""
    kind = random.random()
    if kind < 0.34:
        picture = toned(random, crop(random, pictures, width, height))
    elif kind < 0.62:
        picture = inked(random, crop(random, pictures, width, height))
    elif kind < 0.86:
        picture = ground(random, width, height)
        for _ in range(int(random.integers(1, 3))):
            place_figure(random, pictures, picture, None)
    else:
        picture = ground(random, width, height)
    if random.random() < 0.3:
        large_shapes(random, picture, (width / 2, height / 2), float(min(width, height)))
    if random.random() < 0.35:
        furnish(random, picture)
    return picture


def crop(random: Random, pictures: Pictures, width: int, height: int) -> Grey:
    """A part of some drawing, turned over at random, that fills this size."""
    drawing = pictures.drawings[int(random.integers(len(pictures.drawings)))]
    rows, columns = drawing.shape
    share = random.uniform(0.12, 1.0)
    scale = min(columns / width, rows / height) * share
    w, h = max(2, int(width * scale)), max(2, int(height * scale))
    x, y = int(random.integers(0, columns - w + 1)), int(random.integers(0, rows - h + 1))
    part = drawing[y : y + h, x : x + w]
    if random.random() < 0.5:
        part = part[:, ::-1]
    way = cv2.INTER_AREA if scale > 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(np.ascontiguousarray(part), (width, height), interpolation=way), np.uint8)


def place_figure(
    random: Random, pictures: Pictures, page: Grey, at: tuple[float, float, float, float] | None
) -> tuple[int, int, int, int]:
    """Draw a figure over a picture.  at: left, top, right, bottom of where it shall be; None for anywhere.

    Returns where it is, as x y w h, cut at the edges of the picture.
    """
    figure = pictures.figures[int(random.integers(len(pictures.figures)))]
    height, width = page.shape
    if at is None:
        scale = random.uniform(0.5, 2.4) * min(width / figure.grey.shape[1], height / figure.grey.shape[0])
        middle = random.uniform(0.25, 0.75, 2) * (width, height)
    else:
        room = (at[2] - at[0], at[3] - at[1])
        scale = min(room[0] / figure.grey.shape[1], room[1] / figure.grey.shape[0])
        middle = np.asarray([(at[0] + at[2]) / 2, (at[1] + at[3]) / 2])
    w, h = max(4, int(figure.grey.shape[1] * scale)), max(4, int(figure.grey.shape[0] * scale))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    grey, mask = (cv2.resize(part, (w, h), interpolation=way) for part in (figure.grey, figure.mask))
    if random.random() < 0.5:
        grey, mask = grey[:, ::-1], mask[:, ::-1]
    if random.random() < 0.4:
        shade = random.uniform(0.3, 1.0)
        grey = (grey * shade).astype(np.uint8)
    x, y = int(middle[0] - w / 2), int(middle[1] - h / 2)
    x1, y1, x2, y2 = max(0, x), max(0, y), min(width, x + w), min(height, y + h)
    if x2 <= x1 or y2 <= y1:
        return 0, 0, 0, 0
    part = (slice(y1 - y, y2 - y), slice(x1 - x, x2 - x))
    share = mask[part].astype(np.float32) / 255
    under = page[y1:y2, x1:x2]
    page[y1:y2, x1:x2] = (under * (1 - share) + grey[part] * share).astype(np.uint8)
    return x1, y1, x2 - x1, y2 - y1
