"""Text and page types of a few pages of each real book, against what people say is on them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from models.profiles import load_profile
from warehouse.books.reading import open_book
from warehouse.contracts import PageEvidence, Profile
from warehouse.evaluation.page_types import page_evidence
from warehouse.evaluation.readings import PageReading
from warehouse.evaluation.summaries import summed_text
from warehouse.evaluation.text import TextFigures, judge_texts
from warehouse.evaluation.truth import TrueBook, load_truth


@cache
def profile() -> Profile:
    return load_profile("offline")


@cache
def evidence(path: Path, seq: int) -> PageEvidence:
    with open_book(path) as book:
        return page_evidence(profile(), book.page_pixels(seq), seq, len(book.entries))


def truth_of(shared: Path, name: str) -> tuple[TrueBook, Path]:
    truth = load_truth(shared / "data" / "truth" / f"{name}.json")
    return truth, shared / "data" / "books" / truth.file


@pytest.mark.parametrize(
    ("name", "seqs", "worst"),
    [
        ("pepper-and-carrot-01-en", (2, 3), 0.12),
        ("pepper-and-carrot-01-fr", (2,), 0.15),
        ("pepper-and-carrot-03-en", (3, 5), 0.03),
        ("pepper-and-carrot-06-en", (4,), 0.03),
        ("climate-frogs-webtoon", (2, 6), 0.12),
        ("climate-frogs-webtoon", (17,), 0.08),
    ],
)
def test_character_error(shared: Path, name: str, seqs: tuple[int, ...], worst: float) -> None:
    truth, path = truth_of(shared, name)
    texts = {page.seq: page.texts for page in truth.pages}
    figures = sum((judge_texts(evidence(path, seq).lines, texts[seq] or ()) for seq in seqs), TextFigures())
    assert figures.characters > 50
    assert figures.character_error_rate <= worst


def readings(shared: Path, name: str, seqs: tuple[int, ...]) -> list[PageReading]:
    """What was read on these pages, with the panels found on them in any order."""
    truth, path = truth_of(shared, name)
    pages = {page.seq: page for page in truth.pages}
    return [
        PageReading(truth, pages[seq], evidence(path, seq).lines, evidence(path, seq).panels, seconds=0.0)
        for seq in seqs
    ]


@pytest.mark.parametrize(
    ("name", "seqs", "least_right", "least_placed"),
    [
        ("pepper-and-carrot-01-en", (2, 3), 0.60, 0.95),
        ("pepper-and-carrot-03-en", (3, 5), 0.90, 0.95),
        ("pepper-and-carrot-06-en", (4,), 0.85, 0.95),
    ],
)
def test_balloons_are_right_and_in_their_panels(
    shared: Path, name: str, seqs: tuple[int, ...], least_right: float, least_placed: float
) -> None:
    figures = summed_text(readings(shared, name, seqs))
    assert figures.placed > 5
    assert figures.right >= least_right, figures
    assert min(figures.in_true, figures.in_found) >= least_placed, figures


@pytest.mark.parametrize("name", ["balloon_dream", "boureisougi", "tencho_isoro", "haruko"])
def test_text_is_found_where_people_see_it(shared: Path, name: str) -> None:
    """Vertical Japanese is read badly so far, but most balloons hold a line that was found."""
    truth, path = truth_of(shared, name)
    page = next(page for page in truth.pages[3:] if page.texts and len(page.texts) >= 4)
    assert page.texts
    lines = evidence(path, page.seq).lines
    hit = [text for text in page.texts if any(line.box.intersection(text.box) for line in lines)]
    assert len(hit) >= len(page.texts) / 2


@pytest.mark.parametrize(
    ("name", "types"),
    [
        ("pepper-and-carrot-01-en", {0: "cover", 2: "story", 3: "story"}),
        ("pepper-and-carrot-03-en", {0: "cover", 3: "story", 5: "story"}),
        ("pepper-and-carrot-06-en", {4: "story"}),
        ("science-comics-001", {0: "cover", 5: "story", 12: "story", 20: "story"}),
        ("climate-frogs-webtoon", {2: "story", 6: "story"}),
        ("balloon_dream", {5: "story"}),
        ("haruko", {3: "story"}),
    ],
)
def test_page_types(shared: Path, name: str, types: dict[int, str]) -> None:
    truth, path = truth_of(shared, name)
    told = {page.seq: page.page_type for page in truth.pages if page.page_type}
    assert all(told.get(seq, "story") == name for seq, name in types.items())
    predicted = profile().page_types.predict([evidence(path, seq) for seq in types])
    assert [guess.page_type for guess in predicted] == list(types.values())
