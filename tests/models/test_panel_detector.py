"""The panel detector, on pages drawn here: every kind of gutter, and pages that have none."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from models.panel_detector import OpenCvPanelDetector
from models.panel_detector.polygons import area, chords, clipped, rectangle
from warehouse.contracts import Pixels
from warehouse.geometry import Box

WIDTH, HEIGHT = 800, 1200
WHITE, BLACK, CREAM, BLUE = (255, 255, 255), (0, 0, 0), (222, 205, 160), (90, 120, 180)

TIERS = [Box(40, 40, 720, 300), Box(40, 360, 350, 380), Box(410, 360, 350, 380), Box(40, 760, 720, 400)]
Colour = tuple[int, int, int]


def paper(colour: Colour = WHITE) -> Pixels:
    return np.full((HEIGHT, WIDTH, 3), colour, np.uint8)


def scene(height: int, width: int, seed: int) -> Pixels:
    """A drawing: a sky that darkens, hills, and figures."""
    random = np.random.default_rng(seed)
    shade = np.linspace(215, 120, height)[:, None] + np.zeros(width)
    picture = np.repeat(shade[..., None], 3, axis=2).astype(np.uint8)
    for _ in range(12):
        centre = (int(random.integers(0, width)), int(random.integers(0, height)))
        radius = int(random.integers(10, max(11, min(height, width) // 4)))
        cv2.circle(picture, centre, radius, [int(c) for c in random.integers(0, 200, 3)], -1)
        cv2.circle(picture, centre, radius, BLACK, 2)
    return picture


def draw_panel(page: Pixels, box: Box, seed: int = 0, frame: Colour | None = BLACK) -> None:
    page[box.y : box.bottom, box.x : box.right] = scene(box.h, box.w, seed)
    if frame is not None:
        cv2.rectangle(page, (box.x, box.y), (box.right - 1, box.bottom - 1), frame, 3)


def draw_slanted(page: Pixels, corners: list[tuple[int, int]], seed: int) -> None:
    mask = np.zeros(page.shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.array(corners, np.int32)], 1)
    height, width = page.shape[:2]
    page[mask > 0] = scene(height, width, seed)[mask > 0]
    cv2.polylines(page, [np.array(corners, np.int32)], True, BLACK, 3)


def balloon(page: Pixels, x: int, y: int) -> None:
    cv2.ellipse(page, (x, y), (80, 45), 0, 0, 360, WHITE, -1)
    cv2.ellipse(page, (x, y), (80, 45), 0, 0, 360, BLACK, 2)


def found(page: Pixels) -> list[Box]:
    return sorted((panel.box for panel in OpenCvPanelDetector().detect(page)), key=lambda box: (box.y, box.x))


def assert_boxes(page: Pixels, expected: list[Box], iou: float = 0.9) -> None:
    boxes = found(page)
    assert len(boxes) == len(expected), boxes
    for true in expected:
        assert max(box.iou(true) for box in boxes) >= iou, (true, boxes)


@pytest.mark.parametrize("gutter", [WHITE, BLACK, CREAM, BLUE], ids=["white", "black", "cream", "blue"])
@pytest.mark.parametrize("frame", [BLACK, None], ids=["framed", "unframed"])
def test_gutters_of_any_colour_part_panels(gutter: Colour, frame: Colour | None) -> None:
    page = paper(gutter)
    for seed, box in enumerate(TIERS):
        draw_panel(page, box, seed, frame)
    assert_boxes(page, TIERS)


def test_panels_that_bleed_off_the_page() -> None:
    boxes = [Box(0, 0, 800, 500), Box(0, 515, 390, 685), Box(405, 515, 395, 685)]
    page = paper()
    for seed, box in enumerate(boxes):
        draw_panel(page, box, seed, None)
    assert_boxes(page, boxes)


def test_panels_that_share_their_frames() -> None:
    boxes = [Box(0, 0, 800, 500), Box(0, 500, 390, 700), Box(390, 500, 410, 700)]
    page = paper()
    for seed, box in enumerate(boxes):
        draw_panel(page, box, seed)
    assert_boxes(page, boxes)


def test_slanted_gutters() -> None:
    page = paper()
    draw_slanted(page, [(40, 40), (760, 40), (760, 400), (40, 480)], 1)
    draw_slanted(page, [(40, 500), (360, 465), (440, 1160), (40, 1160)], 2)
    draw_slanted(page, [(380, 462), (760, 420), (760, 1160), (460, 1160)], 3)
    assert_boxes(page, [Box(40, 40, 720, 440), Box(40, 465, 400, 695), Box(380, 420, 380, 740)], 0.85)


def test_balloons_across_gutters_do_not_join_panels() -> None:
    page = paper()
    for seed, box in enumerate(TIERS):
        draw_panel(page, box, seed)
    balloon(page, 400, 500)
    balloon(page, 200, 350)
    assert_boxes(page, TIERS)


def test_balloons_that_hang_over_the_frame_barely_widen_panels() -> None:
    page = paper()
    for seed, box in enumerate(TIERS):
        draw_panel(page, box, seed)
    balloon(page, 60, 200)
    assert_boxes(page, TIERS, 0.85)


def test_drawings_that_only_paper_parts() -> None:
    page = paper()
    centres = [(200, 250), (600, 250), (200, 700), (600, 700)]
    for x, y in centres:
        cv2.circle(page, (x, y), 120, BLACK, 6)
        cv2.line(page, (x - 60, y - 90), (x + 60, y + 90), BLACK, 5)
        cv2.putText(page, "and so it went", (x - 110, y + 180), 0, 0.9, BLACK, 2)
    assert_boxes(page, [Box(x - 123, y - 123, 246, 246) for x, y in centres])


def test_insets_are_panels_too_but_boxes_of_text_are_not() -> None:
    host, inset, caption = Box(40, 40, 720, 700), Box(90, 90, 250, 260), Box(450, 100, 250, 200)
    page = paper()
    draw_panel(page, host, 1)
    draw_panel(page, Box(40, 760, 720, 400), 2)
    page[inset.y - 8 : inset.bottom + 8, inset.x - 8 : inset.right + 8] = 255
    draw_panel(page, inset, 3)
    page[caption.y : caption.bottom, caption.x : caption.right] = 255
    cv2.rectangle(page, (caption.x, caption.y), (caption.right, caption.bottom), BLACK, 3)
    cv2.putText(page, "MEANWHILE", (470, 200), 0, 1.0, BLACK, 2)
    assert_boxes(page, [host, inset, Box(40, 760, 720, 400)])


def test_a_caption_full_of_bold_letters_is_no_inset() -> None:
    host, caption = Box(40, 40, 720, 700), Box(420, 100, 290, 260)
    page = paper()
    draw_panel(page, host, 1)
    page[caption.y - 8 : caption.bottom + 8, caption.x - 8 : caption.right + 8] = 255
    cv2.rectangle(page, (caption.x, caption.y), (caption.right, caption.bottom), BLACK, 3)
    for row in range(4):
        cv2.putText(page, "WHOAMM", (440, 160 + 58 * row), 0, 1.9, BLACK, 14)
    assert_boxes(page, [host])


def test_a_small_drawing_without_frame_has_all_the_room_between_gutters() -> None:
    page = paper()
    draw_panel(page, Box(40, 40, 720, 500), 1)
    draw_panel(page, Box(40, 560, 360, 600), 2)
    cv2.circle(page, (560, 1000), 130, (40, 60, 80), -1)
    draw_panel(page, Box(720, 560, 40, 600), 3)
    boxes = found(page)
    assert max(box.iou(Box(402, 560, 316, 600)) for box in boxes) > 0.75, boxes


def test_pages_that_lie_askew() -> None:
    page = paper()
    for seed, box in enumerate(TIERS):
        draw_panel(page, box, seed)
    turn = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), 2.0, 1)
    askew = cv2.warpAffine(page, turn, (WIDTH, HEIGHT), borderValue=WHITE)
    assert_boxes(np.asarray(askew, np.uint8), TIERS, 0.8)


def test_a_page_without_gutters_is_one_panel() -> None:
    texture = np.random.default_rng(4).normal(0, 25, (HEIGHT, WIDTH, 3))
    page = (scene(HEIGHT, WIDTH, 5) + texture).clip(0, 255).astype(np.uint8)
    assert_boxes(page, [Box(0, 0, WIDTH, HEIGHT)], 0.85)


def test_a_single_picture_on_paper_is_one_panel() -> None:
    page = paper()
    draw_panel(page, Box(80, 100, 640, 1000), 3)
    assert_boxes(page, [Box(80, 100, 640, 1000)])


@pytest.mark.parametrize("colour", [WHITE, BLACK, CREAM, BLUE])
def test_blank_pages_have_no_panels(colour: Colour) -> None:
    assert found(paper(colour)) == []


def test_pages_of_letters_have_no_panels() -> None:
    page = paper()
    for y in range(100, 1100, 40):
        cv2.putText(page, "the quick brown fox jumps over the lazy dog", (60, y), 0, 0.9, BLACK, 2)
    assert found(page) == []


@pytest.mark.parametrize("shape", [(1, 1), (1, 4000), (4000, 1), (7, 7), (8, 8), (9, 600), (600, 9)])
def test_pages_of_hardly_any_pixels(shape: tuple[int, int]) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (*shape, 3), dtype=np.uint8)
    for page in (np.zeros((*shape, 3), np.uint8), noise):
        for panel in OpenCvPanelDetector().detect(page):
            assert panel.box.clipped(shape[1], shape[0]) == panel.box


def test_yellowed_noisy_scans() -> None:
    page = paper((235, 222, 190))
    for seed, box in enumerate(TIERS):
        draw_panel(page, box, seed)
    noise: NDArray[np.float64] = np.random.default_rng(2).normal(0, 6, page.shape)
    assert_boxes((page + noise).clip(0, 255).astype(np.uint8), TIERS)


def test_tall_slices_of_a_webtoon() -> None:
    page = np.full((6000, 800, 3), 255, np.uint8)
    boxes = [Box(40, 100, 720, 1500), Box(40, 1900, 720, 900), Box(0, 3300, 800, 2500)]
    for seed, box in enumerate(boxes):
        draw_panel(page, box, seed, None)
    assert_boxes(page, boxes)


def test_large_pages_are_searched_small_and_answered_in_their_own_pixels() -> None:
    page = paper()
    for seed, box in enumerate(TIERS):
        draw_panel(page, box, seed)
    large = cv2.resize(page, (3 * WIDTH, 3 * HEIGHT), interpolation=cv2.INTER_CUBIC).astype(np.uint8)
    assert_boxes(large, [Box(3 * b.x, 3 * b.y, 3 * b.w, 3 * b.h) for b in TIERS])


def test_scores_tell_clear_panels_from_doubtful_ones() -> None:
    clear = paper()
    for seed, box in enumerate(TIERS):
        draw_panel(clear, box, seed)
    doubtful = clear.copy()
    for x in range(60, 780, 200):
        balloon(doubtful, x, 350)
    detector = OpenCvPanelDetector()
    scores, less = ([panel.score for panel in detector.detect(page)] for page in (clear, doubtful))
    assert all(0 <= score <= 1 for score in [*scores, *less])
    assert min(scores) > 0.5
    assert np.mean(less) < np.mean(scores)


def test_the_same_page_has_the_same_panels() -> None:
    page = scene(900, 700, 9)
    assert OpenCvPanelDetector().detect(page) == OpenCvPanelDetector().detect(page)


def test_polygons_are_cut_by_lines() -> None:
    square = rectangle(10, 10)
    upper = clipped(square, 0.5, 2, above=True)
    lower = clipped(square, 0.5, 2, above=False)
    assert area(square) == 100
    assert area(upper) == pytest.approx(45)
    assert area(upper) + area(lower) == pytest.approx(100)
    assert len(clipped(square, 0, -1, above=True)) == 0


def test_chords_are_where_lines_run_inside() -> None:
    left, right = chords(rectangle(10, 10), np.array([0.0, 1.0, 0.0]), np.array([5.0, 5.0, 20.0]))
    assert left[:2].tolist() == [0, 0]
    assert right[:2].tolist() == [10, 5]
    assert left[2] > right[2]
