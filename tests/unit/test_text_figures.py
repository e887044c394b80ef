"""Character error is what it says."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.contracts import ReadLine
from warehouse.evaluation.text import edit_distance, judge_text, letters, total_text
from warehouse.evaluation.truth import TrueText
from warehouse.geometry import Box


def line(y: int, text: str, x: int = 10) -> ReadLine:
    return ReadLine(Box(x, y, 50, 10), text, 0.9)


def test_lines_of_a_box_are_joined_from_the_top() -> None:
    true = [TrueText(Box(0, 0, 100, 100), "Hello, there!", None), TrueText(Box(200, 0, 50, 50), None, None)]
    assert judge_text([line(30, "THERE"), line(10, "HELLO"), line(10, "ELSEWHERE", x=300)], true).edits == 0
    missed = judge_text([line(10, "HELLO")], true)
    assert (missed.edits, missed.characters) == (5, 10)
    assert total_text([missed, missed]).character_error == pytest.approx(0.5)


def test_no_truth_is_no_figure() -> None:
    assert math.isnan(judge_text([], []).character_error)


@pytest.mark.parametrize(
    ("a", "b", "edits"), [("", "", 0), ("kitten", "sitting", 3), ("", "abc", 3), ("ab", "", 2)]
)
def test_edit_distance(a: str, b: str, edits: int) -> None:
    assert edit_distance(a, b) == edits


@given(st.text(max_size=12), st.text(max_size=12))
def test_edit_distance_is_a_distance(a: str, b: str) -> None:
    assert edit_distance(a, b) == edit_distance(b, a)
    assert (edit_distance(a, b) == 0) == (a == b)
    assert abs(len(a) - len(b)) <= edit_distance(a, b) <= max(len(a), len(b))


def test_only_letters_and_digits_count() -> None:
    assert letters("It's 5 o'clock – ÄÖ!") == "its5oclockäö"
