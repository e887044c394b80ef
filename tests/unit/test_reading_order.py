"""Reading order of panels, over the layouts that comics are made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.contracts import Direction
from warehouse.geometry import Box
from warehouse.reading_order import order_on_spread, order_panels

Layout = list[tuple[int, int, int, int]]

GRID: Layout = [(0, 0, 90, 90), (100, 0, 90, 90), (0, 100, 90, 90), (100, 100, 90, 90)]

LEFT_TO_RIGHT: dict[str, Layout] = {
    "a grid, tier by tier": GRID,
    "tiers of unequal panels": [(0, 0, 190, 90), (0, 100, 60, 90), (70, 100, 120, 90), (0, 200, 190, 40)],
    "a stack beside a tall panel": [(0, 0, 90, 90), (0, 100, 90, 90), (100, 0, 90, 190)],
    "a tall panel beside a stack": [(0, 0, 90, 190), (100, 0, 90, 90), (100, 100, 90, 90)],
    "stacks that split at different heights": [
        (0, 0, 90, 120),
        (0, 130, 90, 60),
        (100, 0, 90, 60),
        (100, 70, 90, 120),
    ],
    "tiers that are a little staggered": [
        (0, 0, 90, 95),
        (100, 0, 90, 105),
        (0, 100, 90, 100),
        (100, 110, 90, 90),
    ],
    "bounding boxes of slanted panels": [(0, 0, 110, 200), (80, 0, 120, 200), (170, 0, 100, 200)],
    "tiers that overlap": [(0, 0, 200, 110), (0, 95, 120, 100), (105, 95, 95, 100)],
    "two tiers that climb": [
        (0, 0, 90, 124),
        (100, 0, 90, 112),
        (200, 0, 90, 100),
        (0, 130, 90, 76),
        (100, 118, 90, 88),
        (200, 106, 90, 100),
    ],
    "three tiers that fall": [
        *((0, 0, 90, 90), (100, 0, 90, 100), (200, 0, 90, 110)),
        *((0, 95, 90, 95), (100, 105, 90, 95), (200, 115, 90, 95)),
        *((0, 195, 90, 100), (100, 205, 90, 90), (200, 215, 90, 80)),
    ],
    "a tall panel beside two tiers": [
        (0, 0, 60, 400),
        (70, 0, 100, 90),
        (180, 0, 100, 90),
        (70, 100, 210, 90),
        (70, 200, 210, 200),
    ],
    "a tall panel between a short one and a stack": [
        (0, 0, 60, 90),
        (70, 0, 60, 190),
        (140, 0, 60, 90),
        (140, 100, 60, 90),
    ],
    "a panel laid over four": [
        (0, 0, 90, 90),
        (100, 0, 90, 90),
        (55, 55, 80, 80),
        (0, 100, 90, 90),
        (100, 100, 90, 90),
    ],
    "the halves of a diagonal": [(0, 0, 200, 120), (0, 60, 200, 140)],
    "a panel that begins before the one it lies on": [(-4, -4, 60, 60), (0, 0, 200, 100), (0, 110, 200, 100)],
    "a picture over the whole page with panels on it": [
        (0, 0, 300, 400),
        (10, 10, 80, 80),
        (200, 20, 80, 80),
        (20, 300, 100, 80),
        (180, 310, 100, 80),
    ],
    "an inset after its host": [(0, 0, 200, 100), (10, 10, 40, 40), (0, 110, 200, 100)],
    "two insets of one host": [(0, 0, 200, 100), (5, 5, 40, 40), (150, 5, 40, 40), (0, 110, 200, 50)],
    "a page of everything": [
        (36, 56, 268, 248),
        (336, 56, 468, 248),
        (36, 336, 768, 328),
        (36, 696, 328, 188),
        (36, 916, 328, 248),
        (396, 696, 408, 468),
    ],
}


def boxes_of(layout: Layout) -> list[Box]:
    return [Box(*box) for box in layout]


def mirrored(boxes: list[Box]) -> list[Box]:
    return [Box(-box.right, box.y, box.w, box.h) for box in boxes]


@pytest.mark.parametrize("name", LEFT_TO_RIGHT)
def test_layouts_are_read_from_left_to_right(name: str) -> None:
    boxes = boxes_of(LEFT_TO_RIGHT[name])
    assert order_panels(boxes, "ltr") == list(range(len(boxes)))


@pytest.mark.parametrize("name", LEFT_TO_RIGHT)
def test_mirrored_layouts_are_read_from_right_to_left(name: str) -> None:
    boxes = mirrored(boxes_of(LEFT_TO_RIGHT[name]))
    assert order_panels(boxes, "rtl") == list(range(len(boxes)))


@pytest.mark.parametrize("name", LEFT_TO_RIGHT)
def test_the_order_does_not_hang_on_how_panels_are_given(name: str) -> None:
    boxes = boxes_of(LEFT_TO_RIGHT[name])
    assert [boxes[::-1][i] for i in order_panels(boxes[::-1], "ltr")] == boxes


def test_panels_that_no_cut_parts_are_ordered_by_pairs() -> None:
    pinwheel: Layout = [
        (0, 0, 130, 60),
        (140, 0, 60, 130),
        (0, 70, 60, 130),
        (70, 70, 60, 60),
        (70, 140, 130, 60),
    ]
    order = order_panels(boxes_of(pinwheel), "ltr")
    assert (order[0], order[-1]) == (0, 4)


def test_a_manga_tier_starts_at_the_right() -> None:
    assert order_panels(boxes_of(GRID), "rtl") == [1, 0, 3, 2]


def test_webtoons_are_read_downwards() -> None:
    layout: Layout = [(0, 400, 300, 100), (40, 0, 200, 180), (0, 200, 140, 150), (160, 210, 140, 150)]
    assert order_panels(boxes_of(layout), "vertical") == [1, 2, 3, 0]


def test_equal_boxes_keep_their_order() -> None:
    assert order_panels([Box(5, 5, 10, 10)] * 3, "ltr") == [0, 1, 2]


def test_pages_without_panels_have_no_order() -> None:
    assert order_panels([], "ltr") == []


def test_hundreds_of_boxes_are_ordered() -> None:
    boxes = [Box(37 * i % 400, 53 * i % 600, 30 + i % 50, 20 + i % 70) for i in range(300)]
    assert sorted(order_panels(boxes, "ltr")) == list(range(300))


panels = st.lists(
    st.builds(Box, st.integers(0, 300), st.integers(0, 400), st.integers(0, 200), st.integers(0, 200)),
    max_size=12,
)


@given(panels, st.sampled_from(["ltr", "rtl", "vertical"]))
def test_any_boxes_are_each_read_once(boxes: list[Box], direction: Direction) -> None:
    assert sorted(order_panels(boxes, direction)) == list(range(len(boxes)))


@given(panels)
def test_right_to_left_is_left_to_right_in_the_mirror(boxes: list[Box]) -> None:
    assert order_panels(mirrored(boxes), "rtl") == order_panels(boxes, "ltr")


@given(panels, st.integers(-500, 500), st.integers(-500, 500))
def test_the_order_does_not_hang_on_where_the_page_lies(boxes: list[Box], dx: int, dy: int) -> None:
    moved = [Box(box.x + dx, box.y + dy, box.w, box.h) for box in boxes]
    assert order_panels(moved, "ltr") == order_panels(boxes, "ltr")


@given(panels, st.integers(2, 9))
def test_the_order_does_not_hang_on_the_resolution(boxes: list[Box], scale: int) -> None:
    larger = [Box(scale * box.x, scale * box.y, scale * box.w, scale * box.h) for box in boxes]
    assert order_panels(larger, "ltr") == order_panels(boxes, "ltr")


def test_a_spread_is_read_page_by_page() -> None:
    boxes = [Box(0, 0, 90, 90), Box(0, 100, 90, 90), Box(110, 0, 90, 90), Box(110, 100, 90, 90)]
    assert order_on_spread(boxes, "ltr", 100) == [0, 1, 2, 3]
    assert order_on_spread(boxes, "rtl", 100) == [2, 3, 0, 1]
    assert order_on_spread(boxes, "ltr", None) == [0, 2, 1, 3]
    assert order_on_spread([], "ltr", 100) == []
