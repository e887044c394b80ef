from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from models.text_detection import Quad
from models.text_second_look import LineGuess, better_reading, doubtful_regions
from warehouse.contracts import Pixels, Profile
from warehouse.geometry import Box


def guess(x: int, y: int, w: int, h: int, text: str, confidence: float) -> LineGuess:
    corners = np.array([[x, y], [x + w, y], [x + w, y + h], [x, y + h]], np.float32)
    return LineGuess(Quad(corners, 0.9), text, confidence)


def scale_of_numbers() -> Pixels:
    """A page with a sentence, and ten small numbers close under each other, as on a thermometer."""
    picture = Image.new("RGB", (800, 1200), "white")
    draw = ImageDraw.Draw(picture)
    draw.text((80, 80), "THE WATER IS GETTING WARM", "black", ImageFont.load_default(34))
    for place in range(10):
        draw.text((400, 300 + 19 * place), str(90 - 5 * place), "black", ImageFont.load_default(14))
    return np.asarray(picture)


def test_numbers_stacked_over_each_other_come_apart(offline: Profile) -> None:
    texts = [line.text for line in offline.text_reader.read(scale_of_numbers())]
    assert texts[0] == "THE WATER IS GETTING WARM"
    assert len({str(90 - 5 * place) for place in range(10)} & set(texts)) >= 8


def test_only_doubtful_lines_are_looked_at_again_and_those_that_touch_together() -> None:
    lines = [
        guess(100, 100, 200, 30, "sure", 0.99),
        guess(100, 300, 100, 30, "clip", 0.6),
        guess(190, 310, 100, 30, "clup", 0.5),
        guess(600, 700, 50, 20, "", 0.0),
    ]
    regions = doubtful_regions(lines, 800, 1000)
    assert len(regions) == 2
    assert all(line.quad.box.share_inside(regions[1]) == 1 for line in lines[1:3])
    assert not any(region.intersection(lines[0].quad.box) for region in regions)


def test_a_page_full_of_doubt_is_not_read_twice() -> None:
    crowd = [guess(0, 0, 800, 400, "?", 0.1), guess(100, 700, 60, 20, "oops", 0.7)]
    assert [region.area < 10_000 for region in doubtful_regions(crowd, 800, 1000)] == [True]


def test_the_reading_with_more_trusted_letters_is_kept() -> None:
    region = Box(90, 90, 220, 220)
    first = [guess(100, 100, 200, 200, "8 0", 0.55), guess(100, 400, 200, 30, "sure", 0.99)]
    better = [guess(110, 110, 80, 30, "80", 0.98), guess(110, 160, 80, 30, "70", 0.97)]
    assert better_reading(region, first, better) == (first[:1], better)
    assert better_reading(region, first, [guess(110, 110, 80, 30, "E", 0.6)]) == ([], [])


def test_what_the_regions_edge_cuts_or_was_read_already_does_not_come() -> None:
    region = Box(90, 90, 220, 60)
    first = [guess(100, 100, 80, 40, "yep", 0.7), guess(180, 120, 120, 40, "for sure", 0.99)]
    cut, double, good = (
        guess(90, 95, 60, 20, "not k", 0.97),
        guess(200, 122, 90, 26, "for sur", 0.96),
        guess(105, 102, 70, 30, "yep...", 0.95),
    )
    assert better_reading(region, first, [cut, double, good]) == (first[:1], [good])
