from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from models.panel_encoder import PUBLISHED, PanelEncoderConfig, TorchPanelEncoder, untrained_network
from models.weights import save_model
from warehouse.contracts import PanelInputs, PanelVectors, Profile

VECTORS = ("fused", "vision", "text", "composition")


def rows(inputs: PanelInputs, chosen: slice | list[int]) -> PanelInputs:
    return PanelInputs(
        inputs.features[chosen], inputs.sentences[chosen], inputs.composition[chosen], inputs.present[chosen]
    )


def columns(vectors: PanelVectors) -> list[np.ndarray]:
    return [getattr(vectors, name) for name in (*VECTORS, "gates")]


def test_shapes_and_lengths(offline: Profile, panels: PanelInputs) -> None:
    vectors = offline.panel_encoder.encode(panels)
    assert {getattr(vectors, name).shape for name in VECTORS} == {(8, 512)}
    assert {column.dtype for column in columns(vectors)} == {np.dtype(np.float32)}
    for place, name in enumerate(VECTORS[1:]):
        lengths = np.linalg.norm(getattr(vectors, name), axis=1)
        np.testing.assert_allclose(lengths, panels.present[:, place], atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(vectors.fused, axis=1), panels.present.any(axis=1), atol=1e-5)


def test_missing_modalities_change_nothing_bit_for_bit(offline: Profile, panels: PanelInputs) -> None:
    vectors = offline.panel_encoder.encode(panels)
    for nonsense in (0.0, 1e9, np.nan):
        changed = replace(
            panels,
            features=np.where(panels.present[:, :1], panels.features, np.float32(nonsense)),
            sentences=np.where(panels.present[:, 1:2], panels.sentences, np.float32(nonsense)),
            composition=np.where(panels.present[:, 2:], panels.composition, np.float32(nonsense)),
        )
        for before, after in zip(
            columns(vectors), columns(offline.panel_encoder.encode(changed)), strict=True
        ):
            np.testing.assert_array_equal(before, after)


def test_gates_are_honest(offline: Profile, panels: PanelInputs) -> None:
    vectors = offline.panel_encoder.encode(panels)
    assert (vectors.gates[~panels.present] == 0).all()
    np.testing.assert_allclose(vectors.gates.sum(axis=1), panels.present.any(axis=1), atol=1e-6)
    assert (vectors.gates[0, :2] > 3 * vectors.gates[0, 2]).all(), "layout starts with little say"


def test_one_modality_alone_is_the_fused_vector(offline: Profile, panels: PanelInputs) -> None:
    """A picture-only query lives in the space of the panels it is compared with."""
    vectors = offline.panel_encoder.encode(panels)
    picture_only = panels.present.tolist().index([True, False, False])
    assert vectors.fused[picture_only] @ vectors.vision[picture_only] > 0.999


def test_order_and_batch_size_do_not_matter(offline: Profile, panels: PanelInputs) -> None:
    together = columns(offline.panel_encoder.encode(panels))
    backwards = columns(offline.panel_encoder.encode(rows(panels, slice(None, None, -1))))
    alone = [columns(offline.panel_encoder.encode(rows(panels, [i]))) for i in range(8)]
    many = columns(offline.panel_encoder.encode(rows(panels, [i % 8 for i in range(600)])))
    for place, column in enumerate(together):
        np.testing.assert_allclose(column, backwards[place][::-1], atol=1e-5)
        np.testing.assert_allclose(column, np.concatenate([one[place] for one in alone]), atol=1e-5)
        np.testing.assert_allclose(column, many[place][-8:], atol=1e-5)


def test_no_panels(offline: Profile, panels: PanelInputs) -> None:
    vectors = offline.panel_encoder.encode(rows(panels, []))
    assert [column.shape for column in columns(vectors)] == [(0, 512)] * 4 + [(0, 3)]


def test_refuses_features_of_another_backbone(offline: Profile, panels: PanelInputs) -> None:
    with pytest.raises(ValueError, match="1280 features"):
        offline.panel_encoder.encode(replace(panels, features=panels.features[:, :768]))


def test_untrained_weights_say_so_and_are_known(offline: Profile) -> None:
    identity = offline.panel_encoder.identity
    assert not identity.trained
    assert identity.weights_sha256 == "498a763cb5384e2d37ad6f4bced683fc112ccc86ad76af73a114ebb3fde01096"


def test_absent_rows_never_reach_batch_norm(panels: PanelInputs) -> None:
    network = untrained_network(PanelEncoderConfig()).train()
    composition = np.where(panels.present[:, 2:], panels.composition, np.float32(np.nan))
    network(*(torch.from_numpy(a) for a in (panels.features, panels.sentences, composition, panels.present)))
    assert all(buffer.isfinite().all() for buffer in network.comp.buffers())


def test_a_trained_encoder_comes_back(tmp_path: Path, panels: PanelInputs) -> None:
    config = PanelEncoderConfig(hidden=64)
    network = untrained_network(config)
    save_model(tmp_path, network, name="mine", revision="3", config=config, trained=True)
    loaded = TorchPanelEncoder.from_folder(tmp_path)
    assert (loaded.identity.name, loaded.identity.revision, loaded.identity.trained) == ("mine", "3", True)
    expected = TorchPanelEncoder(network, "mine", "3", trained=True).encode(panels)
    np.testing.assert_array_equal(loaded.encode(panels).fused, expected.fused)


def test_two_backbones_share_the_work() -> None:
    encoder = TorchPanelEncoder.untrained(replace(PUBLISHED, legacy_masks=False))
    random = np.random.default_rng(0)
    inputs = PanelInputs(
        random.random((3, 768 + 2048), np.float32),
        np.zeros((3, 384), np.float32),
        np.zeros((3, 7), np.float32),
        np.array([[True, False, False]] * 3),
    )
    assert encoder.encode(inputs).vision.shape == (3, 512)
