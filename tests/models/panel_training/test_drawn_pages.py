"""Pages drawn for training: the same for the same seed, their panels where they are said to be."""

from __future__ import annotations

import numpy as np
import pytest

from models.panel_detector import OpenCvPanelDetector
from models.panel_training.cutting import bounds, cut, rectangle
from models.panel_training.examples import ReadPage, source_of
from models.panel_training.pages import DrawnPage, comic_page
from models.panel_training.stream import Source, batches
from models.panel_training.targets import lesson
from warehouse.contracts import Pixels
from warehouse.geometry import Box


def drawn_picture(seed: int) -> Pixels:
    """White paper with a figure on it: discs and lines."""
    picture = np.full((300, 220, 3), 250, np.uint8)
    y, x = np.mgrid[:300, :220]
    random = np.random.default_rng(seed)
    for _ in range(6):
        disc = (y - random.uniform(90, 210)) ** 2 + (x - random.uniform(70, 150)) ** 2
        picture[disc < random.uniform(20, 60) ** 2] = random.integers(0, 200)
    return picture


@pytest.fixture(scope="module")
def source() -> Source:
    pages = [ReadPage(drawn_picture(seed), [Box(5, 5, 210, 290)], "story") for seed in range(4)]
    return source_of(pages, OpenCvPanelDetector())


def test_drawings_and_figures_come_from_the_pages_given(source: Source) -> None:
    assert len(source.pictures.drawings) == len(source.pages) == 4
    assert source.pictures.figures
    assert all(max(page.grey.shape) == 512 for page in source.pages)


def test_a_seed_is_a_page(source: Source) -> None:
    one, same, other = (
        comic_page(np.random.default_rng(seed), source.pictures, 352, 512) for seed in (1, 1, 2)
    )
    assert np.array_equal(one.grey, same.grey)
    assert len(one.panels) == len(same.panels)
    assert not np.array_equal(one.grey, other.grey)


def test_lessons_of_a_seed_are_the_same_and_point_at_panels(source: Source) -> None:
    first, again = (next(batches(source, 5, 2)) for _ in range(2))
    for lesson_, same in zip(first, again, strict=True):
        assert np.array_equal(lesson_.page, same.page)
        inside = lesson_.weight > 0
        assert (lesson_.distances[:, ~inside] == 0).all()
        assert (lesson_.inside[inside] == 1).all()
        assert lesson_.page.min() >= -1
        assert lesson_.page.max() <= 1


def test_a_cell_is_told_how_far_the_edges_of_its_panel_are() -> None:
    page = DrawnPage(np.zeros((64, 96), np.uint8), (rectangle(8, 8, 88, 56), rectangle(48, 24, 72, 40)))
    taught = lesson(page, 64, 96)
    assert taught.distances[:, 1, 1].tolist() == [0.5, 0.5, 9.5, 5.5]
    assert taught.distances[:, 3, 6].tolist() == [0.5, 0.5, 2.5, 1.5]  # the panel in front
    assert taught.inside[0].sum() == 0
    assert taught.edge[1, 5] == 1
    assert taught.edge[3, 3] == 0


def test_a_cut_leaves_a_gutter() -> None:
    upper, lower = cut(rectangle(0, 0, 10, 10), np.array([0.0, 5.0]), np.array([10.0, 5.0]), 2)
    assert bounds(upper) == (0, 0, 10, 4)
    assert bounds(lower) == (0, 6, 10, 10)
