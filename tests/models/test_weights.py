from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from models.weights import (
    initialise,
    load_weights,
    random_signs,
    read_stored_model,
    save_model,
    weights_sha256,
)
from warehouse.errors import ModelError

SIGNS = [[-1, -1, -1, -1, 1, -1], [-1, 1, 1, 1, 1, 1]]
DIGEST = "99ba1ef07234d34804192800c8252f0dbb43462fe5aed672d96c93bbd68c3f4a"


@dataclass(frozen=True)
class Config:
    width: int = 6


def network() -> nn.Module:
    built = nn.Sequential(nn.Linear(6, 4), nn.BatchNorm1d(4), nn.Linear(4, 2))
    initialise(built, seed=3)
    return built


def saved(folder: Path) -> nn.Module:
    built = network()
    save_model(folder, built, name="small", revision="1", config=Config(), trained=True)
    return built


def test_signs_are_the_same_on_every_machine() -> None:
    assert random_signs("layer.weight", (2, 6), seed=1).tolist() == SIGNS
    assert random_signs("layer.weight", (2, 6), seed=2).tolist() != SIGNS
    assert random_signs("other.weight", (2, 6), seed=1).tolist() != SIGNS


def test_the_digest_is_known() -> None:
    assert weights_sha256(network().state_dict()) == DIGEST


def test_the_digest_sees_values_names_and_types_but_not_order() -> None:
    one, two = torch.zeros(2), torch.ones(2)
    digest = weights_sha256({"a": one, "b": two})
    assert weights_sha256({"b": two, "a": one}) == digest
    different = [{"a": two, "b": one}, {"a": one, "c": two}, {"a": one, "b": two.double()}]
    assert digest not in [weights_sha256(state) for state in different]


def test_a_projection_keeps_angles() -> None:
    layer = nn.Linear(1280, 512)
    initialise(layer, seed=0)
    random = np.random.default_rng(0)
    vectors = torch.from_numpy(random.random((50, 1280), np.float32))
    with torch.inference_mode():
        before, after = (nn.functional.normalize(v, dim=-1) for v in (vectors, layer(vectors)))
    assert (before @ before.T - after @ after.T).abs().max() < 0.08


def test_a_saved_model_comes_back(tmp_path: Path) -> None:
    built = saved(tmp_path / "small")
    other = nn.Sequential(nn.Linear(6, 4), nn.BatchNorm1d(4), nn.Linear(4, 2))
    stored = load_weights(tmp_path / "small", other)
    assert (stored.name, stored.trained, stored.config) == ("small", True, {"width": 6})
    assert weights_sha256(other.state_dict()) == weights_sha256(built.state_dict()) == stored.weights_sha256


def test_weights_of_another_shape_are_refused(tmp_path: Path) -> None:
    saved(tmp_path)
    with pytest.raises(ModelError, match=r"do not fit Sequential.*size mismatch"):
        load_weights(tmp_path, nn.Sequential(nn.Linear(6, 5), nn.BatchNorm1d(5), nn.Linear(5, 2)))


def test_exchanged_weights_are_noticed(tmp_path: Path) -> None:
    saved(tmp_path)
    description = json.loads((tmp_path / "model.json").read_text())
    description["weights_sha256"] = "0" * 64
    (tmp_path / "model.json").write_text(json.dumps(description))
    with pytest.raises(ModelError, match="not the ones"):
        load_weights(tmp_path, network())


def test_broken_files_are_model_errors(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"model\.json"):
        read_stored_model(tmp_path)
    saved(tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"nothing")
    with pytest.raises(ModelError, match=r"model\.safetensors"):
        load_weights(tmp_path, network())
    (tmp_path / "model.json").write_text('{"name": "x"}')
    with pytest.raises(ModelError, match=r"model\.json"):
        read_stored_model(tmp_path)
