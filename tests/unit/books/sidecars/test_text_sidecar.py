"""Text in JSON files beside a book: found, matched to its pages, and refused with a code."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from warehouse.books.limits import Limits
from warehouse.books.sidecars.page_names import PageNames
from warehouse.books.sidecars.text_sidecar import TextSidecar, read_text_sidecar

ENTRIES = {0: "ch1/p_001.jpg", 1: "ch1/p_002.jpg", 2: "ch2/p_001.jpg"}


def said(*texts: str) -> dict[str, object]:
    return {"panels": [{"text_content": [{"label": "dialogue", "text": text} for text in texts]}]}


def put(path: Path, document: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(document if isinstance(document, str) else json.dumps(document))
    return path


def read(folder: Path, entries: dict[int, str] = ENTRIES, given: Path | None = None) -> TextSidecar:
    return read_text_sidecar(folder / "Tin Owl 001.cbz", entries, given)


def words(sidecar: TextSidecar) -> dict[int, list[str]]:
    assert sidecar.problem is None, sidecar.problem
    return {
        seq: [text.text for panel in panels for text in panel.texts] for seq, panels in sidecar.pages.items()
    }


@pytest.mark.parametrize(
    ("name", "seq"),
    [
        ("p_002.json", 1), ("P-2", 1), ("E:\\scans\\Tin Owl 001\\ch2\\p_001.jpg", 2), ("x_ch1_p_001", 0),
        ("p_001", None), ("p_003", None), ("ch1", None), ("", None), ("tin owl 001/ch1/p_001.png", 0),
    ],
)  # fmt: skip
def test_pages_are_known_by_the_end_of_their_names(name: str, seq: int | None) -> None:
    assert PageNames(ENTRIES).page_of(name.removesuffix(".json")) == seq


def test_names_that_differ_by_their_ending_only() -> None:
    names = PageNames({0: "1.jpg", 1: "1.png", 2: "page 2"})
    assert [names.page_of(name) for name in ("1", "1.jpg", "a/1.png", "page_002.webp")] == [None, 0, 1, 2]


@pytest.mark.parametrize("folder", ["Tin Owl 001", "Tin Owl 001_json", "Tin Owl 001.text"])
def test_a_folder_with_a_file_a_page(tmp_path: Path, folder: str) -> None:
    put(tmp_path / folder / "ch1/p_001.json", said("one"))
    put(tmp_path / folder / "Tin Owl 001_ch2_p_001.jpg.json", said("three"))
    put(tmp_path / folder / "ch1/p_002.json", said())
    assert words(read(tmp_path)) == {0: ["one"], 2: ["three"]}


def test_a_folder_given_for_all_books_goes_first(tmp_path: Path) -> None:
    given = tmp_path / "said"
    put(tmp_path / "Tin Owl 001.text.json", {"pages": [{"seq": 0, **said("beside")}]})
    put(given / "other.json", "{")
    assert words(read(tmp_path, given=given)) == {0: ["beside"]}
    put(given / "Tin Owl 001_ch1_p_002.json", said("joined"))
    assert words(read(tmp_path, given=given)) == {1: ["joined"]}
    put(given / "Tin Owl 001" / "p_002.json", said("in a folder"))
    assert words(read(tmp_path, given=given)) == {1: ["in a folder"]}


def test_a_file_a_book(tmp_path: Path) -> None:
    beside = tmp_path / "Tin Owl 001.json"
    put(
        beside,
        {"pages": [{"seq": 1, **said("two")}, {"page_image_path": "D:\\ch2\\p_001.jpg", **said("three")}]},
    )
    assert words(read(tmp_path)) == {1: ["two"], 2: ["three"]}
    put(beside, {"Tin Owl 001/ch1/p_001.jpg": said("one")})
    assert words(read(tmp_path)) == {0: ["one"]}
    put(beside, said("alone"))
    assert words(read(tmp_path, {4: "Tin Owl 001.png"})) == {4: ["alone"]}


def test_files_of_other_kinds_are_left_alone(tmp_path: Path) -> None:
    put(tmp_path / "Tin Owl 001.json", {"title": "Owl", "pages": [{"panels": [[1, 2, 3, 4]]}]})
    put(tmp_path / "Tin Owl 001/p_002.json", {"camera": "none"})
    put(tmp_path / "Tin Owl 001/series.json", "{")
    assert read(tmp_path) == TextSidecar()


def test_what_was_read_is_known_again(tmp_path: Path) -> None:
    path = put(tmp_path / "Tin Owl 001_json/p_002.json", said("two"))
    first = read(tmp_path).sha256
    assert first == read(tmp_path).sha256 is not None
    put(path, said("too"))
    assert read(tmp_path).sha256 != first


@pytest.mark.parametrize(
    ("content", "code", "field"),
    [
        ('{"pages": [{"seq": 0, "panels": [{"text_cont', "sidecar-broken", "cannot be read"),
        ("[]", "sidecar-broken", "a list, not an object"),
        ('{"pages": 3}', "sidecar-broken", "pages holds a number"),
        ('{"pages": [{"seq": 0, "panels": [{"sfx": [[]]}]}]}', "sidecar-broken", "page 0: pages.panels.sfx"),
        ('{"words": "x"}', "sidecar-broken", "pages is missing"),
        ('{"pages": [{"seq": 9, "panels": [{"sfx": "x"}]}]}', "sidecar-unmatched", "no page of the book"),
    ],
)
def test_a_broken_file_is_a_problem_and_no_error(tmp_path: Path, content: str, code: str, field: str) -> None:
    path = put(tmp_path / "Tin Owl 001.text.json", content)
    found = read(tmp_path)
    assert found.problem is not None
    assert found.problem.code == code
    assert str(path) in str(found.problem)
    assert field in str(found.problem)
    assert "--refresh" in str(found.problem)
    assert "\n" not in str(found.problem)
    assert found.pages == {}
    assert found.sha256 is not None


def test_one_broken_page_costs_that_page_only(tmp_path: Path) -> None:
    put(tmp_path / "Tin Owl 001_json/ch1/p_001.json", said("one"))
    put(tmp_path / "Tin Owl 001_json/p_002.json", '{"panels": [{"text_cont')
    put(tmp_path / "Tin Owl 001_json/ch2/p_001.json", "{")
    found = read(tmp_path)
    assert list(found.pages) == [0]
    assert found.problem is not None
    assert "and 1 more such" in str(found.problem)


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    put(tmp_path / "Tin Owl 001.text.json", {"pages": [{"seq": 0, **said("x" * 100)}]})
    found = read_text_sidecar(tmp_path / "Tin Owl 001.cbz", ENTRIES, limits=Limits(metadata_bytes=50))
    assert found.problem is not None
    assert found.problem.code == "sidecar-unreadable"


def test_a_folder_of_pictures_has_its_files_inside(tmp_path: Path) -> None:
    book = tmp_path / "Owl 1.5"
    put(book / "a.json", said("inside"))
    assert words(read_text_sidecar(book, {0: "a.png"})) == {0: ["inside"]}


def test_the_examples_of_the_document(tmp_path: Path) -> None:
    text = (Path(__file__).resolve().parents[4] / "docs/sidecars.md").read_text("utf-8")
    *pages, whole = re.findall(r"^```json\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    entries = {0: "003.jpg", 1: "004.jpg"}
    assert len(pages) == 4
    for page in pages:
        put(tmp_path / "Tin Owl 001_json/003.json", page)
        found = " ".join(words(read(tmp_path, entries))[0])
        assert found == "The lamp went out at nine. Who is there?"
    put(tmp_path / "Tin Owl 001.text.json", whole)
    assert words(read(tmp_path, entries)) == {0: ["The lamp went out at nine."], 1: ["Who is there?"]}
