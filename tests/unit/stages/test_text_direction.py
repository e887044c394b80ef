"""A guessed direction gives way to columns of Japanese."""

from __future__ import annotations

import pytest

from warehouse.contracts import Direction, ReadLine
from warehouse.geometry import Box
from warehouse.records import StoredBook, StoredPage, StoredPanel
from warehouse.stages.text import reordered, seen_direction

COLUMNS = [ReadLine(Box(40 * place, 10, 20, 120), "なにがたのか", 0.9) for place in range(6)]
ROWS = [ReadLine(Box(10, 30 * place, 200, 20), "thought of bringing me", 0.9) for place in range(6)]


def guessed(direction: Direction = "ltr", confidence: float = 0.6) -> StoredBook:
    return StoredBook(1, "a.cbz", direction, None, "new", confidence)


def test_columns_run_from_the_right() -> None:
    seen = seen_direction(guessed(), [COLUMNS, COLUMNS, ROWS[:2]])
    assert seen is not None
    assert (seen.direction, seen.source) == ("rtl", "lines")


@pytest.mark.parametrize(
    ("book", "pages"),
    [
        (guessed(confidence=1.0), [COLUMNS, COLUMNS]),
        (guessed("rtl"), [COLUMNS, COLUMNS]),
        (guessed(), [ROWS, ROWS]),
        (guessed(), [COLUMNS]),
        (guessed(), [COLUMNS, COLUMNS, ROWS, ROWS]),
        (guessed(), []),
    ],
    ids=["declared", "already", "rows", "too few", "as many rows", "nothing"],
)
def test_nothing_else_changes_a_direction(book: StoredBook, pages: list[list[ReadLine]]) -> None:
    assert seen_direction(book, pages) is None


def test_tall_letters_of_other_scripts_are_no_columns() -> None:
    tall = [ReadLine(Box(40 * place, 10, 20, 120), "EXIT", 0.9) for place in range(12)]
    assert seen_direction(guessed(), [tall]) is None


def test_panels_change_places() -> None:
    page = StoredPage(1, 0, 200, 100, "", False, 0, 0, 0, True, "", "a.png", True, 100)
    panels = [StoredPanel(id_, 1, id_ - 1, Box(50 * (id_ - 1), 0, 45, 90), "") for id_ in range(1, 5)]
    moved = reordered(page, panels, "rtl")
    assert [(panel.id, panel.seq) for panel in moved] == [(4, 0), (3, 1), (2, 2), (1, 3)]
