"""Text in a JSON file beside a book: read where it is well formed, a problem with a code where not."""

from __future__ import annotations

import json
from pathlib import Path

from warehouse.books.text_sidecars import read_text_sidecar
from warehouse.geometry import Box
from warehouse.records import StoredPage, StoredPanel
from warehouse.stages.said_page import said_blocks

PANEL = {"panel_coords": [0, 0, 50, 100], "text": {"dialogue": ["Hello, you"], "sfx": "BOOM"}}
PAGE = StoredPage(7, 0, 100, 100, "", False, 0, 0, 0, True, "", "a.png", False, None)


def test_texts_go_to_the_panel_they_overlap(tmp_path: Path) -> None:
    (tmp_path / "owl.text.json").write_text(json.dumps({"pages": [{"seq": 0, "panels": [PANEL]}]}))
    sidecar = read_text_sidecar(tmp_path / "owl.cbz")
    assert sidecar.problem is None
    assert sidecar.sha256 is not None
    panels = [StoredPanel(1, 7, 0, Box(50, 0, 50, 100), ""), StoredPanel(2, 7, 1, Box(0, 0, 48, 98), "")]
    blocks = said_blocks(PAGE, panels, sidecar.pages[0])
    said = [(block.panel_id, block.lines[0].text, block.kind and block.kind.kind) for block in blocks]
    assert said == [(2, "Hello, you", "dialogue"), (2, "BOOM", "sfx")]
    assert {block.source for block in blocks} == {"sidecar"}


def test_without_boxes_panels_pair_only_where_as_many_were_found(tmp_path: Path) -> None:
    page = {"seq": 0, "panels": [{"text": {"narration": ["Later"]}}]}
    (tmp_path / "owl.json").write_text(json.dumps({"pages": [page]}))
    said = read_text_sidecar(tmp_path / "owl.cbz").pages[0]
    one = StoredPanel(1, 7, 0, Box(0, 0, 50, 50), "")
    assert [block.panel_id for block in said_blocks(PAGE, [one], said)] == [1]
    assert [block.panel_id for block in said_blocks(PAGE, [one, one], said)] == [None]


def test_a_broken_file_is_a_problem_and_no_error(tmp_path: Path) -> None:
    for content in ("{", "[]", '{"pages": 3}', '{"pages": [1, {"seq": "x", "panels": {"a": 1}}]}'):
        (tmp_path / "owl.text.json").write_text(content)
        sidecar = read_text_sidecar(tmp_path / "owl.cbz")
        assert sidecar.problem is not None
        assert sidecar.problem.code == "metadata-broken"
        assert sidecar.pages == {}


def test_another_json_beside_a_book_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "owl.json").write_text('{"title": "Owl"}')
    assert read_text_sidecar(tmp_path / "owl.cbz") == read_text_sidecar(tmp_path / "nothing.cbz")
