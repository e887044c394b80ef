from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from models.text_reader import tiles
from warehouse.contracts import Pixels, Profile


def page(width: int, height: int, *lines: tuple[int, int, str]) -> Pixels:
    picture = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(picture)
    for x, y, text in lines:
        draw.text((x, y), text, "black", ImageFont.load_default(30))
    return np.asarray(picture)


def test_reads_lines_with_their_boxes(offline: Profile) -> None:
    lines = offline.text_reader.read(page(600, 500, (40, 60, "HELLO THERE"), (200, 300, "Good evening")))
    assert [line.text for line in lines] == ["HELLO THERE", "Good evening"]
    assert all(0.5 < line.confidence <= 1 for line in lines)
    box = lines[0].box
    assert isinstance(box.x, int)
    assert abs(box.x - 40) < 12
    assert abs(box.y - 60) < 15
    assert 150 < box.w < 260
    assert 20 < box.h < 60


def test_a_very_tall_page_loses_and_doubles_no_line(offline: Profile) -> None:
    words = ["ALPHA", "BRAVO", "CHARLIE", "DELTA", "ECHO", "FOXTROT", "GOLF", "HOTEL", "INDIA"]
    places = [(30, 180 + 170 * i, word) for i, word in enumerate(words)]
    lines = offline.text_reader.read(page(300, 1750, *places))
    assert [line.text for line in lines] == words
    assert all(abs(line.box.y - y) < 15 for line, (_, y, _) in zip(lines, places, strict=True))


@pytest.mark.parametrize(("width", "height"), [(1, 1), (5, 900), (300, 200), (1500, 60), (20, 800)])
def test_blank_pages_of_any_size_have_no_lines(offline: Profile, width: int, height: int) -> None:
    assert offline.text_reader.read(page(width, height)) == []


def test_stays_silent(offline: Profile, capfd: pytest.CaptureFixture[str]) -> None:
    offline.text_reader.read(page(300, 200))
    offline.text_reader.read(page(300, 200, (20, 60, "quiet")))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(("width", "height"), [(100, 100), (800, 20000), (10, 9000), (800, 2001), (3, 8)])
def test_every_row_is_some_tiles_own(width: int, height: int) -> None:
    drawn = np.random.default_rng(1).integers(0, 255, (height, width, 3), dtype=np.uint8)
    cut = list(tiles(drawn))
    assert cut[0].owned_top == 0
    assert cut[-1].owned_bottom == height
    for above, below in pairwise(cut):
        assert above.owned_bottom == below.owned_top
        assert below.top < below.owned_top < above.bottom


def test_tiles_part_at_blank_rows_and_leave_blank_ones_out() -> None:
    strip = np.full((9000, 400, 3), 255, np.uint8)
    for top in range(300, 3000, 300):
        strip[top : top + 200, 50:350] = np.random.default_rng(top).integers(0, 255, (200, 300, 3))
    cut = list(tiles(strip))
    assert all(tile.top == tile.owned_top and tile.bottom == tile.owned_bottom for tile in cut)
    assert all(strip[tile.top - 1].min() == 255 for tile in cut if tile.top)
    assert cut[-1].bottom < 5000
