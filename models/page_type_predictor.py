"""Page types from place, layout and words: a linear model over a dozen readable features.

A first predictor for page stream segmentation: it looks at each page and its place in the book, not yet at
the sequence.  Weights are in `page_type_weights.json`, fitted by `warehouse train page-types`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from statistics import median

import numpy as np

from warehouse.contracts import PageEvidence, PageTypeGuess, Vectors

_WORD = re.compile(r"\w+")
_SALES = re.compile(
    r"[$¢£€]|\b(free|order|mail|coupon|subscri\w*|advertise\w*|offer|price|send|dealer|catalog\w*|guarantee\w*"
    r"|money|prizes?|address|c\.o\.d|dept|buy|only|www|http)\b",
    re.IGNORECASE,
)
_CREDITS = re.compile(
    r"\b(credits?|licen[cs]e\w*|copyright|©|translat\w*|thanks?|patrons?|creative commons|colou?rs|script"
    r"|lettering|proofread\w*|published|contents)\b",
    re.IGNORECASE,
)

TYPES = (
    "story",
    "cover",
    "inner_cover",
    "text_story",
    "advertisement",
    "credits",
    "art",
    "back_cover",
)
"""What the predictor can say, besides 'blank'."""

STORY_BENEFIT = 1.5
"""A story page taken for another loses its panels' vectors; another taken for story only adds some."""

FEATURES = (
    "first page",
    "second page",
    "last page",
    "panels",
    "one panel",
    "no panel",
    "panel cover",
    "words",
    "many words",
    "words outside panels",
    "line cover",
    "sales words",
    "credits words",
    "words beside the book",
    "wide page",
)


@dataclass(frozen=True, slots=True)
class PageTypeWeights:
    """weights: (types, features).  bias: (types,)."""

    types: tuple[str, ...]
    weights: Vectors
    bias: Vectors


def usual_words(pages: Sequence[PageEvidence]) -> float:
    """The median number of words on the pages of a book of at least one page."""
    return median(_words(page) for page in pages)


class LayoutPageTypePredictor:
    """Softmax over linear scores; a blank page is 'blank' without further ado."""

    name = "layout"
    revision = "2"

    def predict(self, pages: Sequence[PageEvidence]) -> list[PageTypeGuess]:
        """One guess a page, in the order given; probabilities 0 to 1."""
        if not pages:
            return []
        usual = usual_words(pages)
        return [_guess(page, usual) for page in pages]


def page_features(page: PageEvidence, usual: float) -> list[float]:
    """The numbers of `FEATURES` for one page, 0 to 1; what is beside the book's usual words, -1 to 1."""
    area = page.width * page.height
    text = _text(page)
    words = _words(page)
    outside = sum(
        len(_WORD.findall(line.text))
        for line in page.lines
        if not any(line.box.share_inside(panel) > 0.5 for panel in page.panels)
    )
    return [
        float(page.seq == 0),
        float(page.seq == 1),
        float(page.seq == page.page_count - 1 and page.page_count > 1),
        min(len(page.panels), 9) / 9,
        float(len(page.panels) == 1),
        float(not page.panels),
        min(sum(panel.area for panel in page.panels) / area, 1.0),
        min(words, 150) / 150,
        min(max(words - 150, 0), 450) / 450,
        outside / words if words else 0.0,
        min(sum(line.box.area for line in page.lines) / area, 0.5) * 2,
        min(len(_SALES.findall(text)) / max(words, 20) * 20, 1.0),
        min(len(_CREDITS.findall(text)) / max(words, 20) * 20, 1.0),
        max(-1.0, min(1.0, (words - usual) / 100)),
        float(page.width > 1.2 * page.height),
    ]


def _text(page: PageEvidence) -> str:
    return " ".join(line.text for line in page.lines)


def _words(page: PageEvidence) -> int:
    return len(_WORD.findall(_text(page)))


def decide(probabilities: Vectors) -> int:
    """The place in `TYPES` of the type to say, (types,) → int."""
    benefit = np.ones(len(TYPES))
    benefit[TYPES.index("story")] = STORY_BENEFIT
    return int((probabilities * benefit).argmax())


def softmax(scores: Vectors) -> Vectors:
    """Scores (n,) as probabilities."""
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()


def _guess(page: PageEvidence, usual: float) -> PageTypeGuess:
    if page.low_information:
        return PageTypeGuess("blank", 0.99)
    model = _weights()
    probabilities = softmax(model.weights @ np.asarray(page_features(page, usual), np.float32) + model.bias)
    best = decide(probabilities)
    return PageTypeGuess(model.types[best], float(probabilities[best]))


@cache
def _weights() -> PageTypeWeights:
    stored = json.loads(files("models").joinpath("page_type_weights.json").read_text("utf-8"))
    types = tuple(stored["types"])
    weights = np.asarray([[stored["types"][name][feature] for feature in FEATURES] for name in types])
    bias = np.asarray([stored["types"][name]["bias"] for name in types])
    return PageTypeWeights(types, weights.astype(np.float32), bias.astype(np.float32))
