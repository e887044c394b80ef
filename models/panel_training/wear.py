"""What printing, age and scanning do to a page."""

from __future__ import annotations

import cv2
import numpy as np

from models.panel_training.pages import DrawnPage
from models.panel_training.shading import Grey, Random


def worn(random: Random, drawn: DrawnPage) -> DrawnPage:
    """The page as a scan of it looks, its panels where they are then."""
    if random.random() < 0.45:
        drawn = _askew(random, drawn)
    page = drawn.grey
    if random.random() < 0.5:
        page = np.asarray(cv2.GaussianBlur(page, (0, 0), float(random.uniform(0.3, 0.9))), np.uint8)
    if random.random() < 0.4:
        page = _faded(random, page)
    if random.random() < 0.35:
        page = _noisy(random, page)
    if random.random() < 0.35:
        coded = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(25, 90))])[1]
        page = np.asarray(cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE), np.uint8)
    if random.random() < 0.02:
        page = np.asarray(255 - page, np.uint8)
    return DrawnPage(page, drawn.panels)


def _askew(random: Random, drawn: DrawnPage) -> DrawnPage:
    height, width = drawn.grey.shape
    turn = cv2.getRotationMatrix2D(
        (width / 2, height / 2), float(random.normal(0, 0.5)), float(random.uniform(0.97, 1.0))
    )
    turn[:, :2] = turn[:, :2] + random.normal(0, 0.002, (2, 2))
    around = int(np.median(drawn.grey[0])) if random.random() < 0.6 else int(random.integers(0, 256))
    page = cv2.warpAffine(drawn.grey, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=around)
    panels = [panel @ turn[:, :2].T + turn[:, 2] for panel in drawn.panels]
    return DrawnPage(np.asarray(page, np.uint8), tuple(panels))


def _faded(random: Random, page: Grey) -> Grey:
    """Yellowed paper, pale ink, an uneven light."""
    low, high = random.uniform(0, 60), random.uniform(170, 255)
    height, width = page.shape
    slope = random.normal(0, 0.06, 2)
    light = 1 + slope[0] * np.linspace(-1, 1, width)[None] + slope[1] * np.linspace(-1, 1, height)[:, None]
    return np.asarray(np.clip((low + (high - low) * (page / 255.0)) * light, 0, 255), np.uint8)


def _noisy(random: Random, page: Grey) -> Grey:
    grain = random.normal(0, random.uniform(2, 14), page.shape)
    if random.random() < 0.4:
        grain = 2 * np.asarray(cv2.GaussianBlur(grain, (0, 0), 1.0), np.float64)
    return np.asarray(np.clip(page + grain, 0, 255), np.uint8)
