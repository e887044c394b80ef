"""Slices put together into runs, and their panels divided among them again."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image

from models.panel_detector import OpenCvPanelDetector
from warehouse.contracts import Pixels
from warehouse.geometry import Box
from warehouse.records import StoredPage
from warehouse.stages import slice_runs
from warehouse.stages.slice_runs import (
    FoundPage,
    FoundPanel,
    chains,
    detect_on_strip,
    is_strip,
    joined_at_parts,
    parts,
    unlinked,
)

WIDTH = 300
PANELS = [Box(20, 60, 260, 500), Box(20, 640, 260, 300), Box(20, 1020, 260, 900)]
"""On a strip 2,000 pixels tall; cut every 400, the first and the last lie on two slices and three."""


def strip() -> Pixels:
    picture = np.full((2000, WIDTH, 3), 255, np.uint8)
    for seed, box in enumerate(PANELS):
        cells = np.random.default_rng(seed).integers(30, 200, (box.h // 20, box.w // 20, 3), np.uint8)
        drawn = np.array(Image.fromarray(cells).resize((box.w, box.h), Image.Resampling.BICUBIC))
        drawn[:3] = drawn[-3:] = drawn[:, :3] = drawn[:, -3:] = 0
        picture[box.y : box.bottom, box.x : box.right] = drawn
    return picture


def stored(seq: int, pixels: Pixels, *, double: bool = False) -> StoredPage:
    height, width = pixels.shape[:2]
    return StoredPage(seq + 1, seq, width, height, "", False, 0, 0, 0, True, "", f"{seq}.png", double, None)


def slices(*cuts: int) -> Iterator[tuple[StoredPage, Pixels]]:
    whole = strip()
    edges = [0, *cuts, 2000]
    for seq in range(len(edges) - 1):
        pixels = whole[edges[seq] : edges[seq + 1]]
        yield stored(seq, pixels), pixels


def test_runs_end_at_quiet_borders() -> None:
    found = list(parts(slices(400, 600, 800, 1200, 1600), vertical=True))
    assert [[page.seq for page in part.pages] for part in found] == [[0, 1], [2, 3, 4, 5]]
    assert not any(part.linked for part in found)


def test_a_missing_page_ends_a_run() -> None:
    pages = [(page, pixels) for page, pixels in slices(400, 1200, 1600) if page.seq != 2]
    assert [[page.seq for page in part.pages] for part in parts(pages, vertical=True)] == [[0, 1], [3]]


def test_long_runs_come_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slice_runs, "_MOST_PIXELS", WIDTH * 500)
    found = list(parts(slices(1200, 1500, 1700), vertical=True))
    assert [part.linked for part in found] == [False, True, True]


def test_panels_are_found_on_the_strip_and_divided() -> None:
    [part] = parts(slices(200, 400), vertical=True)
    pages = detect_on_strip(OpenCvPanelDetector(), part)
    first = [panel for page in pages for panel in page.panels][:3]
    assert [(panel.from_previous, panel.to_next) for panel in first] == [
        (False, True),
        (True, True),
        (True, False),
    ]
    assert [panel.box.h for panel in first] == [140, 200, 160]
    assert [page.linked for page in pages] == [False, True, True]


def test_slices_of_other_widths_are_answered_in_their_own_pixels() -> None:
    whole = strip()
    lower = np.asarray(Image.fromarray(whole[300:600]).resize((297, 297)))
    pair = [(stored(0, whole[:300]), whole[:300]), (stored(1, lower), lower)]
    [part] = parts(pair, vertical=True)
    upper_page, lower_page = detect_on_strip(OpenCvPanelDetector(), part)
    assert upper_page.panels[0].to_next
    box = lower_page.panels[0].box
    assert lower_page.panels[0].from_previous
    assert abs(box.right - 277) <= 2
    assert abs(box.bottom - 257) <= 2


def found_page(seq: int, *boxes: Box, linked: bool = False, height: int = 400) -> FoundPage:
    page = stored(seq, np.zeros((height, WIDTH, 3), np.uint8))
    return FoundPage(page, tuple(FoundPanel(box, 1.0) for box in boxes), linked)


def test_parts_are_joined_where_panels_touch_the_border() -> None:
    upper = found_page(0, Box(20, 0, 260, 100), Box(20, 150, 260, 250))
    lower = found_page(1, Box(20, 0, 260, 90), linked=True)
    one, two = joined_at_parts([upper, lower])
    assert [panel.to_next for panel in one.panels] == [False, True]
    assert [panel.from_previous for panel in two.panels] == [True]
    apart = joined_at_parts([upper, found_page(1, Box(20, 0, 260, 90))])
    assert not any(panel.to_next for page in apart for panel in page.panels)


def test_chains_number_runs_and_say_how_far_down_a_slice_is() -> None:
    links = [False, True, True, False, False, True]
    pages = [found_page(seq, linked=linked) for seq, linked in enumerate(links)]
    assert chains(pages) == [(0, 0), (0, 400), (0, 800), None, (1, 0), (1, 400)]
    assert chains([]) == []
    assert chains(unlinked(pages)) == [None] * 6


def test_chance_makes_no_strip() -> None:
    pages = [found_page(seq, linked=seq in (4, 5)) for seq in range(20)]
    assert not is_strip(pages)
    assert is_strip([found_page(seq, linked=seq % 2 == 1) for seq in range(20)])
