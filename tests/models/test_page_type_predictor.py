"""The page type predictor and its fitting."""

from __future__ import annotations

import json

from models.page_type_predictor import FEATURES, TYPES, LayoutPageTypePredictor, page_features
from models.page_type_training import LabelledPage, as_json, fit, held_out
from warehouse.contracts import PageEvidence, ReadLine
from warehouse.geometry import Box


def page(
    seq: int, panels: int = 0, words: str = "", *, blank: bool = False, page_count: int = 20
) -> PageEvidence:
    boxes = tuple(Box(10 + 300 * (i % 3), 10 + 300 * (i // 3), 280, 280) for i in range(panels))
    lines = tuple(
        ReadLine(Box(20, 20 + 12 * i, 250, 10), text, 0.9) for i, text in enumerate(words.splitlines())
    )
    return PageEvidence(seq, page_count, 1000, 1500, boxes, lines, 0.3, 0.6, 0.3, blank)


def test_features_are_named_and_bounded() -> None:
    features = page_features(page(0, 30, "SEND MONEY " * 400), 20)
    assert len(features) == len(FEATURES)
    assert all(-1 <= value <= 1 for value in features)


def test_obvious_pages() -> None:
    story = "WHERE ARE WE GOING?\nHOME."
    book = [page(0, 1, "ADVENTURES"), *[page(seq, 6, story) for seq in range(2, 19)], page(5, blank=True)]
    guesses = LayoutPageTypePredictor().predict(book)
    assert guesses[0].page_type == "cover"
    assert {guess.page_type for guess in guesses[1:-1]} == {"story"}
    assert guesses[-1].page_type == "blank"
    assert all(0 < guess.probability <= 1 for guess in guesses)


def test_an_advertisement_and_a_page_of_prose() -> None:
    offer = "FREE! SEND ONLY 25c\nMAIL THIS COUPON TODAY\nORDER NOW, MONEY BACK GUARANTEE\nDEPT 7, BOX 12"
    prose = "\n".join(["It was a dark and quiet evening when the old captain came down to the pier"] * 45)
    ad, text = LayoutPageTypePredictor().predict([page(9, 0, offer), page(10, 0, prose)])
    assert ad.page_type == "advertisement"
    assert text.page_type == "text_story"


def test_a_lonely_page_and_an_empty_book() -> None:
    assert LayoutPageTypePredictor().predict([]) == []
    assert len(LayoutPageTypePredictor().predict([page(0, page_count=1)])) == 1


def labelled() -> list[LabelledPage]:
    return [
        LabelledPage(page(seq, 6 if seq else 1, "HELLO"), 1.0, "story" if seq else "cover", series)
        for series in ("a", "b", "c")
        for seq in range(8)
    ]


def test_a_fit_learns_and_is_told_on_series_it_has_not_seen() -> None:
    pages = labelled()
    assert held_out(pages) == [page.page_type for page in pages]


def test_fitting_is_deterministic_and_stored_by_name() -> None:
    first, second = fit(labelled()), fit(labelled())
    assert as_json(first) == as_json(second)
    stored = json.loads(as_json(first))["types"]
    assert set(stored) == set(TYPES)
    assert set(stored["story"]) == {*FEATURES, "bias"}
    assert stored["cover"]["first page"] > 1 > stored["story"]["first page"]
