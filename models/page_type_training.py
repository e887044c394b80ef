"""Fitting the page type predictor: softmax regression with every series weighing the same."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.page_type_predictor import FEATURES, PageTypeWeights, page_features
from warehouse.contracts import PageEvidence

RIDGE = 0.02
STEPS = 3000
RATE = 0.5


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page whose type a person told.  series: pages of one series are never split between fit and test."""

    evidence: PageEvidence
    page_type: str
    series: str


def fit(pages: Sequence[LabelledPage], types: Sequence[str]) -> PageTypeWeights:
    """Minimise the cross-entropy, mean over series of the mean over pages, plus a ridge; deterministic."""
    x = _design(pages)
    y = np.eye(len(types))[[types.index(page.page_type) for page in pages]]
    share = _shares(pages)
    w = np.zeros((len(types), x.shape[1]))
    for _ in range(STEPS):
        scores = x @ w.T
        p = np.exp(scores - scores.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        slope = ((p - y) * share[:, None]).T @ x
        slope[:, :-1] += RIDGE * w[:, :-1]
        w -= RATE * slope
    return PageTypeWeights(tuple(types), w[:, :-1].astype(np.float32), w[:, -1].astype(np.float32))


def held_out(pages: Sequence[LabelledPage], types: Sequence[str]) -> list[str]:
    """The type predicted for each page by weights fitted to the other series."""
    predicted = [""] * len(pages)
    for series in sorted({page.series for page in pages}):
        weights = fit([page for page in pages if page.series != series], types)
        for place, page in enumerate(pages):
            if page.series == series:
                scores = weights.weights @ np.asarray(page_features(page.evidence)) + weights.bias
                predicted[place] = types[int(scores.argmax())]
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


def _design(pages: Sequence[LabelledPage]) -> NDArray[np.float64]:
    """(n, features + 1): the last column is the bias."""
    return np.asarray([[*page_features(page.evidence), 1.0] for page in pages])


def _shares(pages: Sequence[LabelledPage]) -> NDArray[np.float64]:
    names = [page.series for page in pages]
    counts = {name: names.count(name) for name in names}
    return np.asarray([1.0 / (counts[name] * len(counts)) for name in names])
