"""Pages without panels, drawn at random: prose, advertisements, covers, empty ones."""

from __future__ import annotations

import cv2
import numpy as np

from models.panel_training.cutting import rectangle
from models.panel_training.lettering import letters, sound
from models.panel_training.pages import DrawnPage
from models.panel_training.pictures import Pictures, crop, place_figure
from models.panel_training.shading import Grey, Random, inked, toned


def bare_page(random: Random, pictures: Pictures, width: int, height: int) -> DrawnPage:
    """Prose, an advertisement, a cover, an empty page: nothing with panels."""
    kind = random.random()
    page = np.full((height, width), int(random.integers(215, 256)), np.uint8)
    if kind < 0.06:
        return DrawnPage(page, ())
    if kind < 0.24:
        return _cover(random, pictures, width, height)
    advertisement = kind > 0.5
    columns = int(random.integers(1, 5 if advertisement else 4))
    margin, size = random.uniform(0.04, 0.12) * width, random.uniform(3, 8)
    room = (width - margin) / columns
    for column in range(columns):
        y, end = height * random.uniform(0.05, 0.3), height * random.uniform(0.6, 0.96)
        while y < end:
            tall = min(end - y, random.uniform(0.04, 0.5 if random.random() < 0.5 else 0.15) * height)
            place = (margin + column * room, y, room - margin * random.uniform(0.1, 0.7), tall)
            if advertisement:
                _goods(random, pictures, page, place, size)
            else:
                letters(random, page, *place, size, 40)
            y += tall + size * random.uniform(0.5, 4)
    for _ in range(int(random.integers(0, 4))):
        x, y = width * random.uniform(0.2, 0.8), height * random.uniform(0.03, 0.4)
        sound(random, page, x, y, random.uniform(15, 50))
    return DrawnPage(page, ())


def _goods(
    random: Random, pictures: Pictures, page: Grey, place: tuple[float, float, float, float], size: float
) -> None:
    """Part of an advertisement: wares, words, words in a box.  place: left, top, width, height."""
    x, y, w, h = place
    kind = random.random()
    if kind < 0.4:
        place_figure(random, pictures, page, (x, y, x + w, y + h))
    elif kind < 0.47:
        picture = toned(random, crop(random, pictures, max(8, int(w)), max(8, int(h))))
        part = page[int(y) : int(y) + picture.shape[0], int(x) : int(x) + picture.shape[1]]
        part[:] = picture[: part.shape[0], : part.shape[1]]
    elif kind < 0.7:
        dark = random.random() < 0.35
        corners = (int(x), int(y)), (int(x + w), int(y + h))
        cv2.rectangle(page, *corners, 30 if dark else int(random.integers(200, 256)), cv2.FILLED)
        cv2.rectangle(page, *corners, 30, int(random.integers(1, 4)))
        ink = 235 if dark else 30
        letters(random, page, x + 6, y + 6, w - 12, h - 12, size * random.uniform(1, 3), ink)
    else:
        letters(random, page, x, y, w, h, size * random.uniform(0.8, 2), 40)


def _cover(random: Random, pictures: Pictures, width: int, height: int) -> DrawnPage:
    """A cover: one drawing under a title, taken for one panel."""
    picture = crop(random, pictures, width, height)
    page = toned(random, picture) if random.random() < 0.7 else inked(random, picture)
    for _ in range(int(random.integers(1, 4))):
        size = random.uniform(0.05, 0.14) * height
        sound(random, page, width * random.uniform(0.3, 0.7), height * random.uniform(0.05, 0.3), size)
    return DrawnPage(page, (rectangle(0, 0, width, height),))
