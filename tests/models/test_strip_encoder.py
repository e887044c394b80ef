from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from models.strip_encoder import (
    StripEncoderConfig,
    TorchStripEncoder,
    position_table,
    untrained_network,
)
from models.weights import save_model
from warehouse.contracts import Profile, StripVectors

COUNTS = (1, 5, 16)


@pytest.fixture
def present() -> np.ndarray:
    return np.arange(16) < np.array(COUNTS)[:, None]


@pytest.fixture
def strips(present: np.ndarray) -> np.ndarray:
    vectors = np.random.default_rng(5).standard_normal((3, 16, 512)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True) * present[..., None]


@pytest.fixture
def encoded(offline: Profile, strips: np.ndarray, present: np.ndarray) -> StripVectors:
    return offline.strip_encoder.encode(strips, present)


def test_shapes_and_lengths(encoded: StripVectors, present: np.ndarray) -> None:
    assert encoded.context.shape == (3, 16, 512)
    assert encoded.strip.shape == (3, 512)
    assert encoded.context.dtype == encoded.strip.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(encoded.context, axis=-1), present, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(encoded.strip, axis=-1), 1, atol=1e-5)


def test_padding_is_ignored_bit_for_bit(
    offline: Profile, strips: np.ndarray, present: np.ndarray, encoded: StripVectors
) -> None:
    for nonsense in (1e6, np.nan):
        padded = np.where(present[..., None], strips, np.float32(nonsense))
        again = offline.strip_encoder.encode(padded, present)
        np.testing.assert_array_equal(again.context, encoded.context)
        np.testing.assert_array_equal(again.strip, encoded.strip)


def test_length_of_padding_does_not_matter(
    offline: Profile, strips: np.ndarray, present: np.ndarray, encoded: StripVectors
) -> None:
    short = offline.strip_encoder.encode(strips[1:2, :5], present[1:2, :5])
    np.testing.assert_allclose(short.context[0], encoded.context[1, :5], atol=1e-5)
    np.testing.assert_allclose(short.strip[0], encoded.strip[1], atol=1e-5)


def test_order_and_batch_size_do_not_matter(
    offline: Profile, strips: np.ndarray, present: np.ndarray, encoded: StripVectors
) -> None:
    many = np.arange(39) % 3
    again = offline.strip_encoder.encode(strips[many[::-1]], present[many[::-1]])
    np.testing.assert_allclose(again.context[::-1][:3], encoded.context, atol=1e-5)
    np.testing.assert_allclose(again.strip[::-1][-3:], encoded.strip, atol=1e-5)


def test_context_is_the_panel_and_its_neighbours(
    offline: Profile, strips: np.ndarray, present: np.ndarray, encoded: StripVectors
) -> None:
    own = (encoded.context[2] * strips[2]).sum(axis=-1)
    assert (own > 0.5).all(), "the panel itself is not drowned"
    changed = strips.copy()
    changed[2, 15] = -changed[2, 15]
    again = offline.strip_encoder.encode(changed, present)
    assert not np.allclose(again.context[2, 0], encoded.context[2, 0], atol=1e-3)


def test_length_of_the_stored_vectors_does_not_matter(
    offline: Profile, strips: np.ndarray, present: np.ndarray, encoded: StripVectors
) -> None:
    again = offline.strip_encoder.encode(strips * 3, present)
    np.testing.assert_allclose(again.strip, encoded.strip, atol=1e-5)


def test_no_strips(offline: Profile) -> None:
    encoded = offline.strip_encoder.encode(np.zeros((0, 16, 512), np.float32), np.zeros((0, 16), bool))
    assert (encoded.context.shape, encoded.strip.shape) == ((0, 16, 512), (0, 512))


@pytest.mark.parametrize(
    ("shape", "panels", "reason"),
    [((1, 16, 512), 0, "at least one"), ((1, 17, 512), 3, "at most 16"), ((1, 16, 384), 3, "512")],
)
def test_refuses_what_is_no_strip(offline: Profile, shape: tuple[int, ...], panels: int, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        offline.strip_encoder.encode(np.zeros(shape, np.float32), np.arange(shape[1])[None] < panels)


def test_untrained_weights_say_so_and_are_known(offline: Profile) -> None:
    identity = offline.strip_encoder.identity
    assert not identity.trained
    assert identity.weights_sha256 == "84439943cc53844bb91582d8ed8efaaa55dea34cfdfbe6682f9bd8b0dc79b6f4"


def test_a_trained_encoder_comes_back(tmp_path: Path) -> None:
    config = StripEncoderConfig(layers=1, feedforward=64, content_norm=0)
    save_model(tmp_path, untrained_network(config), name="mine", revision="2", config=config, trained=True)
    identity = TorchStripEncoder.from_folder(tmp_path).identity
    assert (identity.name, identity.revision, identity.trained) == ("mine", "2", True)


def test_the_position_table_is_sines_and_cosines() -> None:
    table = position_table(16, 512)
    assert table[0, :4].tolist() == [0, 1, 0, 1]
    np.testing.assert_allclose(table[3, :2], [np.sin(3), np.cos(3)], rtol=1e-6)
    np.testing.assert_allclose(np.linalg.norm(table, axis=1), 16, rtol=1e-6)


def test_every_weight_of_the_transformer_learns(strips: np.ndarray, present: np.ndarray) -> None:
    """The strip query and its aggregator too, which a loss on panels alone would leave untouched."""
    network = untrained_network(StripEncoderConfig(layers=2, feedforward=64)).train()
    context, strip = network(torch.from_numpy(strips), torch.from_numpy(present))
    (context.pow(3).mean() + strip.pow(2).mean()).backward()
    still = [name for name, p in network.sequence_transformer.named_parameters() if p.grad is None]
    assert still == []
