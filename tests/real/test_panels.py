"""Panels and their order on real pages: every fourth page holds what is reached, less a margin."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.panel_detector import OpenCvPanelDetector
from tests.real.accuracy import find_panels, is_judged, pages_of
from warehouse.evaluation.panels import PanelFigures, judge_page
from warehouse.evaluation.truth import load_truth

DATA = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="no real data beside the project: ../shared/data")


@pytest.mark.parametrize(
    ("name", "least_f1", "least_right"),
    [
        ("pepper-and-carrot-03-en", 0.97, 0.95),
        ("pepper-and-carrot-06-en", 0.93, 0.65),
        ("haruko", 0.80, 0.45),
        ("balloon_dream", 0.90, 0.65),
        ("tencho_isoro", 0.80, 0.25),
        ("boureisougi", 0.60, 0.05),
    ],
)
def test_panels_of_real_pages(name: str, least_f1: float, least_right: float) -> None:
    book = load_truth(DATA / "truth" / f"{name}.json")
    detector = OpenCvPanelDetector()
    judged = [page for page in pages_of(book, DATA / "books" / book.file) if is_judged(book, page[0])]
    figures = PanelFigures()
    for page, pixels in judged if len(judged) < 20 else judged[::4]:
        boxes, _ = find_panels(detector, pixels, book.direction)
        figures += judge_page(boxes, page.panels or ())
    assert figures.f1 >= least_f1
    assert figures.share_right >= least_right
    assert figures.order >= 0.98
