"""Panels and their order on real pages: a fixed few of each book hold what is reached, less a margin."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from models.detectors import load_detector
from models.panel_detector import OpenCvPanelDetector
from warehouse.evaluation.detections import PageDetections, detect_book
from warehouse.evaluation.summaries import summed_order, summed_panels
from warehouse.evaluation.truth import annotated_books


@pytest.fixture
def found(shared: Path, request: pytest.FixtureRequest) -> list[PageDetections]:
    """What is found on every third page of a book, on all of a short one."""
    [(book, path)] = annotated_books(shared / "data" / "truth", None, request.param)
    return list(detect_book(book, path, OpenCvPanelDetector(), every=3 if len(book.pages) > 15 else 1))


@pytest.mark.parametrize(
    ("found", "least_f1", "least_whole", "least_in_order"),
    [
        ("pepper-and-carrot-03-en", 0.98, 0.95, 0.99),
        ("pepper-and-carrot-06-en", 0.97, 0.88, 0.99),
        ("haruko", 0.90, 0.70, 0.99),
        ("balloon_dream", 0.95, 0.65, 0.98),
        ("tencho_isoro", 0.89, 0.64, 0.97),
        ("boureisougi", 0.71, 0.25, 0.95),
    ],
    indirect=["found"],
)
def test_panels_and_their_order(
    found: list[PageDetections], least_f1: float, least_whole: float, least_in_order: float
) -> None:
    panels, order = summed_panels(found), summed_order(found)
    assert panels.pages >= 7
    assert (panels.f1 >= least_f1, panels.whole >= least_whole) == (True, True), panels
    assert panels.ap50_95 <= panels.ap50 <= 1
    assert order.right >= least_in_order, order


@pytest.mark.parametrize(
    ("name", "detector", "least_f1", "least_whole"),
    [
        ("pepper-and-carrot-06-en", "trained", 0.92, 0.75),
        ("balloon_dream", "trained", 0.88, 0.5),
        ("haruko", "both", 0.82, 0.55),
        ("balloon_dream", "both", 0.92, 0.6),
    ],
)
def test_the_trained_detector_and_both_together(
    shared: Path, name: str, detector: str, least_f1: float, least_whole: float
) -> None:
    [(book, path)] = annotated_books(shared / "data" / "truth", None, name)
    every = 5 if len(book.pages) > 15 else 2
    panels = summed_panels(list(detect_book(book, path, load_detector(detector, 1), every)))
    assert panels.pages >= 4
    assert (panels.f1 >= least_f1, panels.whole >= least_whole) == (True, True), panels


def test_pages_of_print_and_advertisements_are_no_more_than_a_panel_each(shared: Path) -> None:
    [(book, path)] = annotated_books(shared / "data" / "truth", None, "science-comics-001")
    bare = replace(book, pages=tuple(page for page in book.pages if not page.may_be_story))
    found = list(detect_book(bare, path, OpenCvPanelDetector()))
    assert len(found) == 6
    assert sum(page.stray for page in found) <= len(found)
