"""Whether a drawing goes on from one slice to the next."""

from __future__ import annotations

import numpy as np
from PIL import Image

from warehouse.books.slices import borders_of, goes_on
from warehouse.contracts import Pixels


def drawing(height: int, seed: int, width: int = 400) -> Pixels:
    """Something with lines and patches, smooth enough to go on from row to row."""
    cells = np.random.default_rng(seed).integers(0, 255, (height // 20 + 2, width // 20 + 2, 3), np.uint8)
    image = Image.fromarray(cells).resize((width, height), Image.Resampling.BICUBIC)
    return np.asarray(image)


def linked(upper: Pixels, lower: Pixels, *, expected: bool = True) -> bool:
    return goes_on(borders_of(upper), borders_of(lower), expected=expected)


def test_a_drawing_cut_in_two_goes_on() -> None:
    for seed in range(8):
        whole = drawing(600, seed)
        cut = 200 + 31 * seed
        assert linked(whole[:cut], whole[cut:])
        assert linked(whole[:cut], whole[cut:], expected=False)


def test_other_drawings_do_not() -> None:
    tops, bottoms = [drawing(300, seed) for seed in range(8)], [drawing(300, seed) for seed in range(50, 58)]
    assert not any(linked(top, bottom) for top in tops for bottom in bottoms)


def test_a_quiet_margin_ends_a_run() -> None:
    whole = drawing(600, 1)
    upper = whole[:300].copy()
    upper[-12:] = 255
    assert not linked(upper, whole[300:])
    blank = np.full((300, 400, 3), 255, np.uint8)
    assert not linked(blank, blank)


def test_letters_cut_through_go_on() -> None:
    page = np.full((400, 400, 3), 255, np.uint8)
    for x in range(60, 340, 23):
        page[180:220, x : x + 4] = 0
        page[198:202, x : x + 11] = 0
    assert linked(page[:210], page[210:])


def test_frames_along_the_sides_are_no_drawing() -> None:
    page = np.full((400, 400, 3), 255, np.uint8)
    page[:, 3:7] = page[:, -7:-3] = 0
    assert not linked(page, page)


def test_nearly_one_width_will_do() -> None:
    whole = drawing(600, 5)
    lower = np.asarray(Image.fromarray(whole[300:]).resize((396, 297)))
    assert linked(whole[:300], lower)
    assert not linked(whole[:300], np.asarray(Image.fromarray(whole[300:]).resize((360, 270))))


def test_slivers() -> None:
    for shape in ((1, 1), (1, 400), (400, 1), (3, 9)):
        page = np.random.default_rng(1).integers(0, 255, (*shape, 3), np.uint8)
        assert linked(page, page) in (True, False)
