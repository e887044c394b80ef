"""Text that somebody says, given to the panels that were found."""

from __future__ import annotations

from warehouse.books.sidecars.said import SaidBox, SaidPanel, SaidText
from warehouse.geometry import Box
from warehouse.records import StoredPage, StoredPanel
from warehouse.stages.read_page import arrange
from warehouse.stages.said_page import said_blocks

PAGE = StoredPage(7, 0, 100, 100, "", False, 0, 0, 0, True, "", "a.png", False, None)
LEFT, RIGHT = StoredPanel(1, 7, 0, Box(0, 0, 48, 98), ""), StoredPanel(2, 7, 1, Box(50, 0, 50, 100), "")


def panel(*texts: str, box: SaidBox | None = None) -> SaidPanel:
    return SaidPanel(tuple(SaidText(text, "dialogue") for text in texts), box)


def homes(found: list[StoredPanel], *said: SaidPanel) -> list[int | None]:
    return [block.panel_id for block in said_blocks(PAGE, found, said)]


def test_a_panel_is_the_one_it_overlaps() -> None:
    right = SaidBox(500, 0, 500, 1000, (1000, 1000))
    assert homes([LEFT, RIGHT], panel("a", box=right)) == [2]
    assert homes([LEFT], panel("a", box=right)) == [None]


def test_a_panel_found_together_with_its_neighbour_holds_both() -> None:
    both = StoredPanel(3, 7, 0, Box(0, 0, 100, 100), "")
    quarters = [SaidBox(x, 0, 30, 40) for x in (0, 60)]
    assert homes([both], *(panel("a", box=box) for box in quarters)) == [3, 3]


def test_without_boxes_panels_pair_only_where_as_many_were_found() -> None:
    assert homes([LEFT, RIGHT], panel("a"), panel("b", "c")) == [1, 2, 2]
    assert homes([LEFT, RIGHT], panel("a"), panel("b"), panel("c")) == [None, None, None]
    assert homes([LEFT, RIGHT], panel("a", box=SaidBox(2, 2, 90, 98)), panel("b")) == [1, 2]
    assert homes([LEFT, RIGHT], panel("a", box=SaidBox(60, 2, 9, 9)), panel("b")) == [2, None]


def test_a_text_with_a_box_of_its_own_is_where_that_lies() -> None:
    text = SaidText("a", None, SaidBox(60, 10, 20, 10))
    [block] = said_blocks(PAGE, [LEFT, RIGHT], [SaidPanel((text,)), SaidPanel(()), SaidPanel(())], "epub")
    assert (block.panel_id, block.box, block.kind, block.source) == (2, Box(60, 10, 20, 10), None, "epub")


def test_texts_stay_in_the_order_they_are_said() -> None:
    low, high = SaidText("first", "sfx", SaidBox(0, 60, 9, 9)), SaidText("second", "sfx", SaidBox(0, 1, 9, 9))
    blocks = said_blocks(PAGE, [LEFT, RIGHT], [SaidPanel((low, high)), panel("third", "fourth")])
    page = arrange(PAGE, [LEFT, RIGHT], blocks, "ltr")
    assert [line.text for line in page.lines] == ["first", "second", "third", "fourth"]
    assert [spoken.sfx for spoken in page.spoken] == [("first", "second"), ()]
