"""Figures of merit, on pages small enough to count by hand."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.contracts import ReadLine
from warehouse.evaluation.order import OrderFigures, judge_order
from warehouse.evaluation.panels import PanelFigures, judge_page, match_panels, total
from warehouse.evaluation.text import edit_distance, edits_within, judge_texts, letters_and_digits
from warehouse.evaluation.truth import TrueText, load_truth
from warehouse.geometry import Box

A, B, C = Box(0, 0, 100, 100), Box(100, 0, 100, 100), Box(0, 100, 200, 100)


def test_a_page_found_as_it_is() -> None:
    figures = judge_page([A, B, C], [A, B, C])
    assert figures == PanelFigures(1, 1, 3, 3, 3)
    assert (figures.f1, figures.share_right) == (1, 1)


def test_a_panel_missed_and_a_panel_too_many() -> None:
    figures = judge_page([A, Box(500, 500, 10, 10)], [A, B, C])
    assert (figures.precision, figures.recall, figures.f1) == (1 / 2, 1 / 3, 2 / 5)
    assert figures.pages_right == 0


def test_the_better_of_two_boxes_matches_and_only_once() -> None:
    loose, tight = Box(0, 0, 100, 150), Box(0, 0, 100, 110)
    assert match_panels([loose, tight], [A]) == [(1, 0)]
    assert match_panels([A], [loose, tight]) == [(0, 1)]


def test_an_overlap_of_a_half_is_a_match_and_less_is_none() -> None:
    assert match_panels([Box(0, 0, 100, 50)], [A]) == [(0, 0)]
    assert match_panels([Box(0, 0, 100, 49)], [A]) == []


def test_order_counts_pairs() -> None:
    figures = judge_order([2, 0, 1])
    assert (figures.pairs, figures.pairs_right, figures.pages_right) == (3, 1, 0)
    assert figures.tau == pytest.approx(-1 / 3)
    assert judge_order([0, 3, 7]).tau == 1
    assert judge_order([9, 5]).tau == -1


def test_pages_with_nothing_to_order_do_not_count() -> None:
    assert judge_order([]) == judge_order([4]) == OrderFigures()
    both = judge_order([0, 1]) + judge_order([1, 0])
    assert (both.share_right, both.share_of_pages, both.tau) == (0.5, 0.5, 0)
    assert math.isnan(OrderFigures().share_right)


def test_pages_without_panels() -> None:
    assert judge_page([], []).pages_right == 1
    assert judge_page([A], []).pages_right == 0
    assert math.isnan(judge_page([], []).f1)


def test_totals_weigh_every_panel_the_same() -> None:
    both = total([judge_page([A], [A]), judge_page([A], [A, B, C])])
    assert (both.pages, both.pages_right, both.recall) == (2, 1, 2 / 4)
    assert total([]) == PanelFigures()


def line(x: int, y: int, text: str) -> ReadLine:
    return ReadLine(Box(x, y, 40, 10), text, 0.9)


def true_text(box: Box, text: str | None) -> TrueText:
    return TrueText(box, text, None)


def test_lines_are_read_from_top_to_bottom_inside_their_box() -> None:
    lines = [line(0, 50, "WORLD!"), line(0, 20, "Hello,"), line(300, 300, "elsewhere")]
    figures = judge_texts(lines, [true_text(A, "Hello world")])
    assert (figures.boxes, figures.characters, figures.edits) == (1, 10, 5)
    assert figures.character_error_rate == 0.5


def test_columns_are_read_from_right_to_left_inside_their_box() -> None:
    columns = [ReadLine(Box(x, 0, 20, 100), text, 0.9) for x, text in ((0, "三"), (60, "一"), (30, "二"))]
    figures = judge_texts(columns, [true_text(A, "一二三")], "rtl")
    assert (figures.edits, figures.boxes_right) == (0, 1)


def test_a_box_is_right_if_nine_tenths_of_it_are() -> None:
    ten = true_text(A, "abcdefghij")
    assert judge_texts([line(0, 0, "abcdefghix")], [ten]).share_right == 1
    assert judge_texts([line(0, 0, "abcdefghxx")], [ten]).share_right == 0


def test_a_line_belongs_to_the_smallest_box_around_it() -> None:
    outer, inner = true_text(Box(0, 0, 400, 400), "out"), true_text(A, "in")
    assert judge_texts([line(10, 10, "in"), line(200, 200, "out")], [outer, inner]).edits == 0


def test_a_line_in_two_boxes_goes_to_the_text_it_is_most_like() -> None:
    thanked, title = (
        true_text(Box(0, 40, 400, 400), "Ann, Bob and Carol"),
        true_text(Box(0, 0, 200, 60), "Thanks"),
    )
    lines = [line(10, 10, "Thanks"), line(10, 45, "Amn, Bob"), line(10, 90, "and Carol")]
    assert judge_texts(lines, [thanked, title]).edits == 1
    assert judge_texts([line(10, 45, "unlike")], [thanked, title]).edits >= len("AnnBobandCarol")


@pytest.mark.parametrize(
    ("part", "whole", "edits"),
    [("", "abc", 0), ("bc", "abcd", 0), ("bx", "abcd", 1), ("abc", "", 3), ("cab", "abcab", 0)],
)
def test_edits_within(part: str, whole: str, edits: int) -> None:
    assert edits_within(part, whole) == edits


def test_texts_nobody_transcribed_are_left_out() -> None:
    assert judge_texts([line(0, 0, "abc")], [true_text(A, None)]).boxes == 0
    assert math.isnan(judge_texts([], []).character_error_rate)


def test_unread_text_is_all_errors() -> None:
    assert judge_texts([], [true_text(A, "abc")]).character_error_rate == 1


def test_only_letters_and_digits_count() -> None:
    assert letters_and_digits("It's - 60 Ko*… 「店」１") == "Its60Ko店1"


@pytest.mark.parametrize(
    ("one", "other", "edits"), [("", "abc", 3), ("kitten", "sitting", 3), ("abc", "abc", 0), ("ab", "ba", 2)]
)
def test_edit_distance(one: str, other: str, edits: int) -> None:
    assert edit_distance(one, other) == edits


@given(st.text("abc", max_size=8), st.text("abc", max_size=8), st.text("abc", max_size=8))
def test_edit_distance_is_a_distance(one: str, other: str, third: str) -> None:
    assert edit_distance(one, other) == edit_distance(other, one)
    assert (edit_distance(one, other) == 0) == (one == other)
    assert edit_distance(one, third) <= edit_distance(one, other) + edit_distance(other, third)


def test_truth_tells_none_from_not_annotated(tmp_path: Path) -> None:
    pages = [
        {
            "seq": 1,
            "page_type": "story",
            "panels": [[1, 2, 3, 4]],
            "texts": [{"bbox": [5, 6, 7, 8], "text": "a"}],
        },
        {"seq": 0, "page_type": "cover", "panels": [], "texts": None},
        {"seq": 2},
    ]
    file = tmp_path / "book.json"
    file.write_text(json.dumps({"book": "books/one.cbz", "direction": "rtl", "pages": pages}), "utf-8")
    book = load_truth(file)
    assert (book.name, book.file, book.direction, book.language) == ("book", "one.cbz", "rtl", None)
    assert [page.seq for page in book.pages] == [0, 1, 2]
    assert book.pages[0].panels == ()
    assert book.pages[0].texts is None
    assert book.pages[1].panels == (Box(1, 2, 3, 4),)
    assert book.pages[1].texts == (TrueText(Box(5, 6, 7, 8), "a", None),)
    assert book.pages[2].panels is None
