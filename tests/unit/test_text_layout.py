"""Lines of text find their panel and their place."""

from __future__ import annotations

from warehouse.contracts import ReadLine
from warehouse.geometry import Box
from warehouse.text_joining import joined_text
from warehouse.text_layout import group_lines, in_reading_order, panel_of, reading_blocks


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
    assert joined_text(blocks, lines) == "HELLO THERE\nWHO IS IT"
    assert joined_text(reading_blocks(lines, "rtl"), lines) == "WHO IS IT\nHELLO THERE"


def test_columns_are_read_from_the_right_without_spaces() -> None:
    lines = [line(10, 10, 12, 80, "です"), line(25, 10, 12, 90, "失敗")]
    blocks = reading_blocks(lines, "rtl")
    assert len(blocks) == 1
    assert joined_text(blocks, lines) == "失敗です"


def test_nothing_is_nothing() -> None:
    assert reading_blocks([], "ltr") == []
    assert joined_text([], []) == ""


def test_a_balloon_goes_to_one_panel_as_a_whole() -> None:
    panels = [Box(0, 0, 100, 200), Box(110, 0, 100, 200)]
    lines = [
        line(60, 10, 70, 12, "THIS BALLOON"),
        line(30, 24, 75, 12, "HANGS OVER"),
        line(72, 38, 60, 12, "IT"),
    ]
    [block] = group_lines(lines, panels)
    assert (block.lines, block.panel) == ((0, 1, 2), 0)


def test_text_beside_a_panel_belongs_to_it_and_far_text_to_none() -> None:
    panels = [Box(0, 0, 100, 100), Box(0, 130, 100, 100)]
    near, far = line(10, 105, 60, 8, "BOOM"), line(10, 300, 60, 8, "PAGE 3")
    assert [block.panel for block in group_lines([near, far], panels)] == [0, None]


def test_lines_close_on_both_sides_of_a_border_stay_apart() -> None:
    panels = [Box(0, 0, 200, 100), Box(0, 100, 200, 100)]
    above, below = line(10, 82, 150, 14, "The end of one."), line(10, 104, 150, 14, "And another.")
    assert len(group_lines([above, below], panels)) == 2
    assert len(group_lines([above, below], [Box(0, 0, 200, 200)])) == 1


def test_pieces_of_a_row_are_read_along_it() -> None:
    lines = [line(80, 12, 50, 12, "WORLD"), line(10, 10, 60, 12, "HELLO"), line(12, 26, 100, 12, "AGAIN")]
    assert joined_text(reading_blocks(lines, "ltr"), lines) == "HELLO WORLD AGAIN"


def test_blocks_follow_their_panels() -> None:
    panels = [Box(100, 0, 100, 100), Box(0, 0, 90, 100)]
    lines = [line(5, 5, 50, 10, "SECOND"), line(120, 50, 50, 10, "FIRST"), line(300, 5, 50, 10, "LAST")]
    blocks = in_reading_order(group_lines(lines, panels), len(panels), "rtl")
    assert [lines[block.lines[0]].text for block in blocks] == ["FIRST", "SECOND", "LAST"]
