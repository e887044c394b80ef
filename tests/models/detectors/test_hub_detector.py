"""Object detection models of transformers, saved here with random weights and loaded from their folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from models.detectors import load_detector
from models.torch_runtime import prepare_torch
from warehouse.contracts import Pixels
from warehouse.errors import ModelError


def save_yolos(folder: Path, labels: dict[int, str]) -> Any:
    """A tiny YOLOS (Fang et al. 2021) that believes in its last label wherever it looks."""
    prepare_torch(1)
    from transformers import YolosConfig, YolosForObjectDetection, YolosImageProcessor

    torch.manual_seed(0)
    config = YolosConfig(
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        image_size=[96, 64],
        patch_size=16,
        num_detection_tokens=6,
        id2label=labels,
    )
    network = YolosForObjectDetection(config).eval()
    last = network.class_labels_classifier.layers[-1]
    last.bias.data = torch.tensor([0.0] * (len(labels) - 1) + [6.0, 0.0])
    network.save_pretrained(folder)
    processor = YolosImageProcessor(size={"height": 96, "width": 64})
    processor.save_pretrained(folder)
    return network


@pytest.fixture
def page() -> Pixels:
    return np.random.default_rng(3).integers(0, 255, (300, 200, 3), np.uint8)


def test_panels_are_what_the_network_finds(page: Pixels, tmp_path: Path) -> None:
    network = save_yolos(tmp_path / "tiny-yolos", {0: "face", 1: "panel"})
    detector = load_detector(f"hub:{tmp_path}/tiny-yolos", threads=1)
    found = detector.detect(page)
    assert detector.name == "hub:tiny-yolos"
    assert len(found) == network.config.num_detection_tokens
    for panel in found:
        assert panel.score > 0.9
        assert 0 <= panel.box.x < panel.box.right <= 200
        assert 0 <= panel.box.y < panel.box.bottom <= 300
    assert found == detector.detect(page)


def test_only_panels_are_taken(page: Pixels, tmp_path: Path) -> None:
    save_yolos(tmp_path, {0: "panel", 1: "face"})
    assert load_detector(f"hub:{tmp_path}", threads=1).detect(page) == []


def test_a_model_of_one_class_finds_panels(page: Pixels, tmp_path: Path) -> None:
    save_yolos(tmp_path, {0: "LABEL_0"})
    assert load_detector(f"hub:{tmp_path}", threads=1).detect(page)


def test_the_revision_is_the_content(tmp_path: Path) -> None:
    save_yolos(tmp_path / "one", {0: "panel", 1: "face"})
    save_yolos(tmp_path / "same", {0: "panel", 1: "face"})
    save_yolos(tmp_path / "other", {0: "panel", 1: "body"})
    one, same, other = (load_detector(f"hub:{tmp_path}/{name}").revision for name in ("one", "same", "other"))
    assert one == same != other


def test_models_that_cannot_be_used(page: Pixels, tmp_path: Path) -> None:
    def refused(labels: dict[int, str]) -> str:
        save_yolos(tmp_path, labels)
        with pytest.raises(ModelError) as caught:
            load_detector(f"hub:{tmp_path}", threads=1).detect(page)
        return caught.value.code

    assert refused({0: "face", 1: "body"}) == "panel-category-missing"
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelError) as caught:
        load_detector(f"hub:{tmp_path}/empty").detect(page)
    assert caught.value.code == "checkpoint-unusable"


def test_a_name_that_is_none_is_refused_without_a_network(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        load_detector(f"hub:{tmp_path}/not/here")
    assert caught.value.code == "detector-missing"
