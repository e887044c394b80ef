from __future__ import annotations

import numpy as np
import pytest
import torch

from models.sentence_encoder import masked_mean
from warehouse.contracts import Profile

TEXTS = [
    "The cat flies over the village on a broom.",
    "A witch's cat soars through the air.",
    "Quarterly revenue grew by four percent.",
    "ドカーン!",
    "word " * 2000,
]


def test_vectors_have_length_one_and_meaning(offline: Profile) -> None:
    vectors = offline.sentences.encode(TEXTS)
    assert vectors.shape == (5, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.3


def test_the_wheel_holds_the_model_everybody_knows(offline: Profile) -> None:
    """The similarities on the model's card, computed by sentence-transformers."""
    texts = ["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."]
    vectors = offline.sentences.encode(texts)
    np.testing.assert_allclose(vectors[0] @ vectors[1:].T, [0.6660, 0.1046], atol=1e-3)


def test_order_and_company_do_not_matter(offline: Profile) -> None:
    together = offline.sentences.encode(TEXTS * 10)
    np.testing.assert_allclose(together[:5], together[-5:], atol=1e-5)
    np.testing.assert_allclose(together[:5], offline.sentences.encode(TEXTS[::-1])[::-1], atol=1e-5)
    np.testing.assert_allclose(together[0], offline.sentences.encode(TEXTS[:1])[0], atol=1e-5)


def test_no_texts(offline: Profile) -> None:
    assert offline.sentences.encode([]).shape == (0, 384)


def test_refuses_a_blank_text(offline: Profile) -> None:
    with pytest.raises(ValueError, match="text 1 is blank"):
        offline.sentences.encode(["words", " \n"])


def test_masked_mean_ignores_padding() -> None:
    tokens = torch.tensor([[[1.0, 3.0], [3.0, 5.0], [99.0, 99.0]], [[7.0, 7.0]] * 3])
    mask = torch.tensor([[1, 1, 0], [0, 0, 0]])
    assert masked_mean(tokens, mask).tolist() == [[2.0, 4.0], [0.0, 0.0]]
