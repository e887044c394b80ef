"""Texts that somebody says, put where much the same is read."""

from __future__ import annotations

from warehouse.contracts import ReadLine, TextKindGuess
from warehouse.geometry import Box
from warehouse.stages.read_page import ReadBlock
from warehouse.stages.read_places import lacks_place, with_read_places

PAGE = Box(0, 0, 100, 100)


def said(text: str, panel: int | None = None) -> ReadBlock:
    return ReadBlock(PAGE, (ReadLine(PAGE, text, 1.0),), panel, None, "epub", ordered=True)


def read(place: int, panel: int | None, *lines: str) -> ReadBlock:
    box = Box(place, 0, 9, 9)
    kind = TextKindGuess("narration", 0.7)
    return ReadBlock(box, tuple(ReadLine(box, line, 0.8) for line in lines), panel, kind, "rapidocr")


def test_a_text_is_where_it_is_read_with_faults() -> None:
    seen = [read(1, 11, "WH0 LEFT THE", "LAMP BURNlNG?"), read(2, 12, "Nobody knows.")]
    [one, other] = with_read_places([said("Nobody knows that."), said("Who left the lamp burning?")], seen)
    assert (one.panel_id, one.box.x, other.panel_id, other.box.x) == (12, 2, 11, 1)
    assert [line.text for line in other.lines] == ["Who left the lamp burning?"]
    assert (other.lines[0].box, other.source, other.kind) == (other.box, "epub", seen[0].kind)


def test_what_is_read_nowhere_stays_as_said() -> None:
    texts = [said("Who left the lamp burning?"), said("!"), said("in a panel", 5)]
    assert with_read_places(texts, [read(1, 11, "RUMBLE"), read(2, 12, "in a panel")]) == texts
    assert with_read_places(texts, []) == texts
    assert lacks_place(texts)
    assert not lacks_place(texts[2:])


def test_a_long_text_and_its_piece_are_alike() -> None:
    whole = read(1, 11, "だれもいない灯台に", "だれかいる")
    [piece, exact] = with_read_places([said("灯台にだれか"), said("あ")], [whole, read(2, 12, "あ")])
    assert (piece.panel_id, exact.panel_id) == (11, 12)
