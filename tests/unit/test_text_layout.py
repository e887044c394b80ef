"""Lines of text find their panel and their place."""

from __future__ import annotations

from warehouse.contracts import ReadLine
from warehouse.geometry import Box
from warehouse.text_layout import joined_text, panel_of, reading_blocks


def line(x: int, y: int, w: int, h: int, text: str) -> ReadLine:
    return ReadLine(Box(x, y, w, h), text, 0.9)


def test_a_line_belongs_to_the_panel_that_holds_most_of_it() -> None:
    panels = [Box(0, 0, 100, 100), Box(100, 0, 100, 100)]
    assert panel_of(Box(60, 10, 50, 10), panels) == 0
    assert panel_of(Box(90, 10, 50, 10), panels) == 1
    assert panel_of(Box(300, 10, 50, 10), panels) is None
    assert panel_of(Box(300, 10, 50, 10), []) is None


def test_inside_an_inset_the_inset_wins() -> None:
    assert panel_of(Box(12, 12, 10, 5), [Box(0, 0, 100, 100), Box(10, 10, 30, 30)]) == 1


def test_lines_of_a_balloon_stay_together() -> None:
    lines = [
        line(10, 10, 80, 12, "HELLO"),
        line(210, 14, 80, 12, "WHO IS"),
        line(12, 25, 80, 12, "THERE"),
        line(208, 29, 80, 12, "IT"),
    ]
    blocks = reading_blocks(lines, "ltr")
    assert joined_text(blocks, lines, "en") == "HELLO THERE\nWHO IS IT"
    assert joined_text(reading_blocks(lines, "rtl"), lines, "en") == "WHO IS IT\nHELLO THERE"


def test_columns_are_read_from_the_right_without_spaces() -> None:
    lines = [line(10, 10, 12, 80, "です"), line(25, 10, 12, 90, "失敗")]
    blocks = reading_blocks(lines, "rtl")
    assert len(blocks) == 1
    assert joined_text(blocks, lines, "ja") == "失敗です"


def test_nothing_is_nothing() -> None:
    assert reading_blocks([], "ltr") == []
    assert joined_text([], [], None) == ""
