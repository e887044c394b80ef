"""Fitting the page type predictor: softmax regression with every series weighing the same."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.page_type_predictor import FEATURES, TYPES, PageTypeWeights, decide, page_features, softmax
from warehouse.contracts import PageEvidence

Matrix = NDArray[np.float64]

EXPECTED = {
    "story": {
        "panels": 3,
        "panel cover": 1.5,
        "no panel": -1,
        "first page": -4,
        "sales words": -1,
        "bias": 2,
    },
    "cover": {"first page": 5, "one panel": 0.5, "bias": -2},
    "inner_cover": {"second page": 2, "no panel": 1, "wide page": 1, "bias": -1.5},
    "text_story": {"many words": 3, "words outside panels": 1, "no panel": 0.5, "bias": -2},
    "advertisement": {"sales words": 4, "words": 0.5, "bias": -1.5},
    "credits": {"last page": 2, "credits words": 4, "bias": -2.5},
    "art": {"no panel": 0.5, "one panel": 0.5, "words": -2, "bias": -1},
    "back_cover": {"last page": 2.5, "bias": -2},
}
"""Weights as one would guess them: where the pages say little, the fit stays near."""

RIDGE = 0.01
DAMPING = 0.4
"""Rare types count more than their share, by this power: 0 not at all, 1 as much as common ones."""
STEPS = 800
RATE = 0.05
MOMENTS = (0.9, 0.999)


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page whose type a person told.  series: pages of one series are never split between fit and test."""

    evidence: PageEvidence
    usual_words: float
    page_type: str
    series: str


def fit(pages: Sequence[LabelledPage]) -> PageTypeWeights:
    """Minimise the cross-entropy, every series weighing the same, plus a ridge around `EXPECTED`.

    Deterministic: Adam (Kingma and Ba, 2015) over all pages at once.
    """
    x = _design(pages)
    y = np.eye(len(TYPES))[[TYPES.index(page.page_type) for page in pages]]
    share = _shares(pages)
    expected = np.asarray(
        [[EXPECTED[name].get(label, 0.0) for label in (*FEATURES, "bias")] for name in TYPES]
    )
    w = expected.copy()
    mean, square = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, STEPS + 1):
        slope = _slope(w, x, y, share) + RIDGE * (w - expected)
        mean = MOMENTS[0] * mean + (1 - MOMENTS[0]) * slope
        square = MOMENTS[1] * square + (1 - MOMENTS[1]) * slope**2
        ahead, spread = mean / (1 - MOMENTS[0] ** step), np.sqrt(square / (1 - MOMENTS[1] ** step))
        w -= RATE * ahead / (spread + 1e-8)
    return PageTypeWeights(TYPES, w[:, :-1].astype(np.float32), w[:, -1].astype(np.float32))


def held_out(pages: Sequence[LabelledPage]) -> list[str]:
    """The type predicted for each page by weights fitted to the other series."""
    predicted = [""] * len(pages)
    for series in sorted({page.series for page in pages}):
        weights = fit([page for page in pages if page.series != series])
        for place, page in enumerate(pages):
            if page.series == series:
                scores = (
                    weights.weights @ np.asarray(page_features(page.evidence, page.usual_words))
                    + weights.bias
                )
                predicted[place] = TYPES[decide(softmax(scores))]
    return predicted


def as_json(weights: PageTypeWeights) -> str:
    """The weights as they are stored, readable: type → feature → weight."""
    named = {
        name: {
            **{feature: round(float(w), 3) for feature, w in zip(FEATURES, row, strict=True)},
            "bias": round(float(bias), 3),
        }
        for name, row, bias in zip(weights.types, weights.weights, weights.bias, strict=True)
    }
    return json.dumps({"types": named}, indent=1) + "\n"


def _slope(w: Matrix, x: Matrix, y: Matrix, share: Matrix) -> Matrix:
    scores = x @ w.T
    p = np.exp(scores - scores.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    return np.asarray(((p - y) * share[:, None]).T @ x)


def _design(pages: Sequence[LabelledPage]) -> Matrix:
    """(n, features + 1): the last column is the bias."""
    return np.asarray([[*page_features(page.evidence, page.usual_words), 1.0] for page in pages])


def _shares(pages: Sequence[LabelledPage]) -> Matrix:
    """(n,) weights that sum to 1."""
    series = Counter(page.series for page in pages)
    types: dict[str, float] = defaultdict(float)
    for page in pages:
        types[page.page_type] += 1 / series[page.series]
    weights = [1 / series[page.series] * types[page.page_type] ** -DAMPING for page in pages]
    return np.asarray(weights) / sum(weights)
