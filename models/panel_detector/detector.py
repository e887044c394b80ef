"""The detector."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from models.panel_detector.gutters import Gutters, find_gutters, judge
from models.panel_detector.lines import find_segments, level_lines
from models.panel_detector.paper import INK, WorkPage, work_page
from warehouse.contracts import DetectedPanel, Pixels
from warehouse.geometry import Box

Polygon = NDArray[np.float64]

LOG = None


class OpenCvPanelDetector:
    name = "opencv"
    revision = "1"

    def detect(self, page: Pixels) -> list[DetectedPanel]:
        work = work_page(page)
        leaves = split(work)
        out = []
        for polygon, score in leaves:
            box = leaf_box(work, polygon)
            if box is None:
                continue
            x, y, w, h = (v / work.scale for v in box)
            out.append(DetectedPanel(Box(round(x), round(y), round(w), round(h)).clipped(page.shape[1], page.shape[0]), score))
        return out


def split(work: WorkPage) -> list[tuple[Polygon, float]]:
    height, width = work.labels.shape
    segments = find_segments(work.grey)
    length = 0.06 * max(height, width)
    level = find_gutters(work.labels, level_lines(segments, length), work.tones)
    turned = np.ascontiguousarray(work.labels.T)
    upright = find_gutters(turned, level_lines(segments[:, [1, 0, 3, 2]], length), work.tones)
    page = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64)
    least = 0.035 * max(height, width)
    leaves = []
    stack = [(page, 1.0)]
    while stack:
        polygon, score = stack.pop()
        found = find(level, upright, polygon, least)
        if found is None:
            leaves.append((polygon, score))
            continue
        parts = divide(polygon, *found[1:])
        stack.extend((part, min(score, found[0])) for part in parts if len(part) >= 3)
    return leaves


def find(level: Gutters, upright: Gutters, polygon: Polygon, least):
    best = None
    for gutters, across in ((level, False), (upright, True)):
        shape = polygon[:, ::-1] if across else polygon
        judged = judge(gutters, shape, least)
        if judged is None:
            continue
        index, score, share, ends, length = judged
        need = np.array([0.85, 0.62, 0.5])[ends]
        need[gutters.tone[index] == INK] = 0.85
        score = np.where(gutters.sides[index] == 1, 0.75 * score, score)
        score[share < 0.3] = 0
        graded = np.where(score < need, 0.5 * score / need, 0.5 + 0.5 * (score - need) / (1 - need))
        if LOG is not None:
            for j in np.argsort(-graded)[:6]:
                i = index[j]
                LOG(across, gutters.slope[i], gutters.top[i], gutters.bottom[i], int(gutters.tone[i]), int(gutters.sides[i]), float(score[j]), float(share[j]), int(ends[j]), float(length[j]), float(graded[j]), polygon)
        j = int(np.argmax(graded))
        if graded[j] >= 0.5 and (best is None or graded[j] > best[0]):
            i = index[j]
            best = (float(graded[j]), float(gutters.slope[i]), *parting(gutters, i), across)
    return best


KEPT = 2.0


def parting(gutters: Gutters, i: int) -> tuple[float, float]:
    """Where the upper piece ends and the lower one begins: both keep their frame, and a little of the gutter."""
    top, bottom, middle = gutters.top[i], gutters.bottom[i], gutters.middle[i]
    if gutters.tone[i] == INK:
        return float(bottom), float(top)
    return float(min(top + KEPT, middle)), float(max(bottom - KEPT, middle))


def divide(polygon: Polygon, slope, top, bottom, across: bool) -> list[Polygon]:
    shape = polygon[:, ::-1] if across else polygon
    upper = clip(shape, slope, top, keep_above=True)
    lower = clip(shape, slope, bottom, keep_above=False)
    return [part[:, ::-1] if across else part for part in (upper, lower)]


def clip(polygon: Polygon, slope: float, intercept: float, keep_above: bool) -> Polygon:
    side = polygon[:, 1] - slope * polygon[:, 0] - intercept
    if not keep_above:
        side = -side
    out = []
    for i in range(len(polygon)):
        j = (i + 1) % len(polygon)
        if side[i] <= 0:
            out.append(polygon[i])
        if (side[i] < 0 < side[j]) or (side[j] < 0 < side[i]):
            t = side[i] / (side[i] - side[j])
            out.append(polygon[i] + t * (polygon[j] - polygon[i]))
    return np.array(out).reshape(-1, 2)


def leaf_box(work: WorkPage, polygon: Polygon):
    height, width = work.labels.shape
    mask = np.zeros((height, width), np.uint8)
    cv2.fillConvexPoly(mask, np.round(polygon).astype(np.int32), 1)
    boxes = []
    for tone in work.tones:
        ink = ((work.labels & tone) == 0) & (mask > 0)
        rows, cols = ink.sum(axis=1), ink.sum(axis=0)
        ys, xs = np.flatnonzero(rows > 2), np.flatnonzero(cols > 2)
        if ys.size == 0 or xs.size == 0:
            return None
        boxes.append((xs[0], ys[0], xs[-1] - xs[0] + 1, ys[-1] - ys[0] + 1))
    x, y, w, h = min(boxes, key=lambda b: b[2] * b[3])
    ink = ((work.labels & 1) == 0) & (mask > 0)
    if w * h < 0.008 * width * height or min(w, h) < 0.03 * max(width, height):
        return None
    if ink.sum() < 0.03 * w * h:
        return None
    return x, y, w, h
