"""The committed sample library is what its code draws, and has what it promises."""

from __future__ import annotations

import io
import json
import zipfile
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import PIL
import pytest
from PIL import Image, ImageChops, ImageStat

from samples.drawing.archive import book_path, comicinfo, page_file, page_name, page_truth, truth_path
from samples.drawing.drawing import draw_page
from samples.drawing.library import ISSUES
from samples.drawing.script import Issue
from warehouse.geometry import Box

SAMPLES = Path(__file__).resolve().parents[3] / "samples"
PAGE_TYPES = {
    "cover",
    "inner_cover",
    "story",
    "text_story",
    "advertisement",
    "editorial",
    "back_cover",
    "credits",
}

each_issue = pytest.mark.parametrize("issue", ISSUES, ids=lambda issue: issue.name)


@cache
def truth(issue: Issue) -> dict[str, Any]:
    return json.loads((SAMPLES / truth_path(issue)).read_text(encoding="utf-8"))


@cache
def metadata(issue: Issue) -> ElementTree.Element:
    with zipfile.ZipFile(SAMPLES / book_path(issue)) as archive:
        return ElementTree.fromstring(archive.read("ComicInfo.xml"))  # noqa: S314  our own file


def page_bytes(issue: Issue, seq: int) -> bytes:
    with zipfile.ZipFile(SAMPLES / book_path(issue)) as archive:
        return archive.read(page_name(issue, seq))


@pytest.mark.parametrize(("index", "seq"), [(0, 2), (3, 6), (4, 4)])
def test_drawing_a_page_again_gives_the_committed_page(index: int, seq: int) -> None:
    issue = ISSUES[index]
    sheet = draw_page(issue, seq)
    committed = page_bytes(issue, seq)
    drawn = sheet.finished()
    difference = ImageChops.difference(drawn, Image.open(io.BytesIO(committed)))
    assert max(ImageStat.Stat(difference).mean) < 6  # the loss of JPEG
    assert page_truth(seq, sheet) == truth(issue)["pages"][seq]
    if metadata(issue).findtext("Notes") == f"Drawn with Pillow {PIL.__version__}":
        assert page_file(issue, drawn) == committed


@each_issue
def test_archive_opens_and_agrees_with_the_truth(issue: Issue) -> None:
    path = SAMPLES / book_path(issue)
    assert path.stat().st_size < 1_600_000
    pages = truth(issue)["pages"]
    assert 8 <= len(pages) <= 10
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        images = sorted(name for name in archive.namelist() if name.endswith((".jpg", ".png")))
        assert len(images) == len(pages)
        for name, page in zip(images, pages, strict=True):
            with Image.open(io.BytesIO(archive.read(name))) as image:
                assert image.size == (page["width"], page["height"])


@each_issue
def test_metadata(issue: Issue) -> None:
    root = metadata(issue)
    for name in (
        "Series",
        "Number",
        "Title",
        "Year",
        "Month",
        "Publisher",
        "Writer",
        "Penciller",
        "Genre",
        "Characters",
    ):
        assert root.findtext(name), name
    assert root.findtext("LanguageISO") == truth(issue)["language"] == "en"
    rtl = truth(issue)["direction"] == "rtl"
    assert root.findtext("Manga") == ("YesAndRightToLeft" if rtl else "No")
    assert root.findtext("PageCount") == str(len(truth(issue)["pages"]))
    assert len(root.findall("Pages/Page")) == (len(truth(issue)["pages"]) if issue.marked else 0)


@each_issue
def test_boxes_are_inside_and_apart(issue: Issue) -> None:
    for page in truth(issue)["pages"]:
        panels = [Box(*box) for box in page["panels"]]
        texts = [Box(*text["bbox"]) for text in page["texts"]]
        for box in panels + texts:
            assert box.area > 0
            assert box.clipped(page["width"], page["height"]) == box
        for one, other in combinations(panels, 2):
            shared = max(one.share_inside(other), other.share_inside(one))
            assert shared < 0.12 or shared == 1.0, f"page {page['seq']}: neither apart nor an inset"
        for one, other in combinations(texts, 2):
            assert one.intersection(other) == 0, f"page {page['seq']}: lettering over lettering"


@each_issue
def test_lettering_belongs_to_its_panel_and_can_be_read(issue: Issue) -> None:
    for page in truth(issue)["pages"]:
        for text in page["texts"]:
            assert text["text"].strip() == text["text"] != ""
            assert text["bbox"][3] >= 14
            if text["panel"] is not None:
                assert Box(*text["bbox"]).share_inside(Box(*page["panels"][text["panel"]])) > 0.99


@each_issue
def test_panels_are_in_reading_order(issue: Issue) -> None:
    for page in truth(issue)["pages"]:
        panels = [Box(*box) for box in page["panels"]]
        for earlier, later in combinations(panels, 2):
            assert later.bottom > earlier.y, (
                f"page {page['seq']}: a later panel lies wholly above an earlier one"
            )
            same_row = min(earlier.bottom, later.bottom) - max(earlier.y, later.y) > 0.5 * min(
                earlier.h, later.h
            )
            if same_row and earlier.intersection(later) < 0.5 * min(earlier.area, later.area):
                leads = earlier.x < later.x
                assert leads == (truth(issue)["direction"] == "ltr")


def test_the_library_has_one_of_everything() -> None:
    pages = [page for issue in ISSUES for page in truth(issue)["pages"]]
    kinds = {text["kind"] for page in pages for text in page["texts"]}
    assert {page["page_type"] for page in pages} == PAGE_TYPES
    assert kinds == {"balloon", "caption", "sfx", "title"}
    story = [page for page in pages if page["page_type"] == "story"]
    assert any(len(page["panels"]) == 1 for page in story), "a splash page"
    assert any(len(page["panels"]) >= 6 for page in story)
    assert any(page["width"] > page["height"] for page in story), "a double-page spread"
    assert any(_has_inset(page) for page in story)


def _has_inset(page: dict[str, Any]) -> bool:
    panels = [Box(*box) for box in page["panels"]]
    return any(one.share_inside(other) == 1.0 for one in panels for other in panels if one is not other)


def test_series_share_words_to_search_for() -> None:
    by_series: dict[str, str] = {}
    for issue in ISSUES:
        words = " ".join(text["text"].lower() for page in truth(issue)["pages"] for text in page["texts"])
        by_series[issue.series] = by_series.get(issue.series, "") + " " + words
    for word in ("robot", "lighthouse", "rain", "storm"):
        assert all(word in text for text in by_series.values()), word


def test_metadata_is_written_from_the_script() -> None:
    issue = ISSUES[0]
    root = ElementTree.fromstring(comicinfo(issue, [draw_page(issue, 8)]))  # noqa: S314  our own text
    assert root.findtext("Title") == issue.title
    assert [page.get("Type") for page in root.findall("Pages/Page")] == ["Advertisement"]
