"""One page in JSON, in every form that is read, and in forms that are not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from warehouse.books.json_documents import parse_json
from warehouse.books.sidecars.page_documents import SaidPage, said_page


def page_of(*panels: Any, **fields: Any) -> SaidPage:
    return read({"panels": list(panels), **fields})


def read(document: dict[str, Any]) -> SaidPage:
    return said_page(parse_json(json.dumps(document).encode(), "page.json"))


def texts(page: SaidPage) -> list[list[tuple[str, str | None]]]:
    assert page.complaints == ()
    return [[(text.text, text.kind) for text in panel.texts] for panel in page.panels]


def test_texts_by_kind_with_boxes_in_pixels() -> None:
    page = page_of(
        {
            "panel_coords": [10, 20, 30, 40],
            "text": {"dialogue": ["Who's\n there?"], "narration": "Night.", "sfx": None},
        },
        {"panel_coords": None, "text": {}},
        page_image_path="E:\\scans\\Owl 001\\p1.jpg",
    )
    assert texts(page) == [[("Night.", "narration"), ("Who's there?", "dialogue")], []]
    [first, second] = [panel.box for panel in page.panels]
    assert first is not None
    assert (first.x, first.y, first.w, first.h, first.of, second) == (10, 20, 30, 40, None, None)
    assert page.image == "E:\\scans\\Owl 001\\p1.jpg"


def test_texts_with_labels_and_boxes_in_thousandths() -> None:
    content = [
        {"label": "Caption", "speaker": None, "text": "Later", "box_2d": [0, 0, 100, 500]},
        {"label": "thought", "speaker": "Owl", "text": "Hm."},
        {"label": "Sound effect", "text": "KRAK"},
        {"label": "sign", "text": "Bakery"},
        "no label",
        None,
    ]
    page = page_of({"box_2d": [100, 200, 300, 600], "text_content": content, "description": ["an owl"]})
    kinds = ["narration", "dialogue", "sfx", None, None]
    assert [kind for _, kind in texts(page)[0]] == kinds
    [panel] = page.panels
    assert panel.box is not None
    assert panel.texts[0].box is not None
    box, own = panel.box.on(2000, 1000), panel.texts[0].box.on(2000, 1000)
    assert box is not None
    assert own is not None
    assert (box.x, box.y, box.w, box.h) == (400, 100, 800, 200)
    assert (own.x, own.y, own.w, own.h) == (0, 0, 1000, 100)


def test_speakers_and_their_speech() -> None:
    speakers = [
        {"character": "Owl", "dialogue": "Hoo", "speech_type": "dialogue"},
        {"character": None, "dialogue": ["One.", "Two."], "speech_type": "narration"},
        {"character": "Fox", "dialogue": None, "speech_type": None},
    ]
    page = page_of({"panel_number": 1, "caption": "An owl sits.", "speakers": speakers, "actions": {}})
    assert texts(page) == [[("Hoo", "dialogue"), ("One.", "narration"), ("Two.", "narration")]]


def test_one_text_a_panel_of_no_known_kind_on_a_picture_of_another_size() -> None:
    page = page_of(
        {"bbox": [100, 200, 500, 400], "text": "All of it", "confidence": 0.9},
        image_width=1000,
        image_height=2000,
    )
    assert texts(page) == [[("All of it", None)]]
    assert page.panels[0].box is not None
    box = page.panels[0].box.on(500, 500)
    assert box is not None
    assert (box.x, box.y, box.w, box.h) == (50, 50, 250, 100)


def test_panels_in_an_object_and_by_number() -> None:
    by_name = {"panel_10": {"dialogue": ["b"]}, "panel_2": {"dialogue": "a"}, "panel_11": None}
    assert texts(read({"panels": by_name})) == [[("a", "dialogue")], [("b", "dialogue")], []]
    assert texts(read({"panels": {"panel_number": 1, "sfx": "POW"}})) == [[("POW", "sfx")]]
    turned = [{"panel_number": "2", "sfx": "b"}, {"panel_number": 1, "sfx": "a"}]
    assert texts(page_of(*turned)) == [[("a", "sfx")], [("b", "sfx")]]


def test_what_the_database_does_not_take_is_left_out() -> None:
    page = said_page(parse_json(b'{"panels": [{"sfx": "A\\u0000B\\ud800"}]}', "page.json"))
    assert texts(page) == [[("AB?", "sfx")]]


@pytest.mark.parametrize("box", [None, [], [5, 5, 5, 9], [1, 2, 0, 0], [9e9, 0, 9.5e9, 1]])
def test_a_box_without_an_area_is_none(box: Any) -> None:
    page = page_of({"box_2d": box, "dialogue": "x"})
    assert page.complaints == ()
    assert page.panels[0].box is None


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ({}, "panels is missing"),
        ({"OCRResult": {"text_regions": []}}, "panels is missing"),
        ({"panels": None}, "panels is missing"),
        ({"panels": "none"}, "panels holds a text"),
        ({"panels": [[1, 2, 3, 4]]}, "panels holds a list"),
        ({"panels": [{"text_content": 3}]}, "panels.text_content holds a number"),
        ({"panels": [{"text_content": [{"text": ["x"]}]}]}, "panels.text_content.text holds a list"),
        ({"panels": [{"text": {"dialogue": [["x"]]}}]}, "panels.text.dialogue holds a list"),
        ({"panels": [{"panel_coords": [1, 2, 3], "sfx": "x"}]}, "panels.panel_coords holds a list"),
        ({"panels": [{"box_2d": "1 2 3 4", "sfx": "x"}]}, "panels.box_2d holds a text"),
        ({"panels": [{"sfx": "x" * 100_001}]}, "more than a page can"),
        ({"panels": [{}] * 1001}, "more than a page can"),
    ],
)
def test_other_shapes_are_refused_by_their_field(document: dict[str, Any], field: str) -> None:
    assert field in "; ".join(read(document).complaints)
