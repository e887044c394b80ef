"""Faster R-CNN checkpoints, saved here with random weights and loaded as anybody's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from models.detectors import load_detector
from models.torchvision_operators import provide_operators
from warehouse.contracts import Pixels
from warehouse.errors import ModelError
from warehouse.geometry import Box

ARCHITECTURE = "fasterrcnn_mobilenet_v3_large_320_fpn"
CONFIG = {"architecture": ARCHITECTURE, "classes": ["face", "panel"], "min_size": 160, "max_size": 240}


@pytest.fixture(scope="module")
def network() -> Any:
    """A network that believes in a panel wherever it looks, and in a face a little less."""
    provide_operators()
    from torchvision.models.detection import fasterrcnn_mobilenet_v3_large_320_fpn

    torch.manual_seed(0)
    made = fasterrcnn_mobilenet_v3_large_320_fpn(
        weights=None, weights_backbone=None, num_classes=3, min_size=160, max_size=240
    )
    torch.nn.init.normal_(made.roi_heads.box_predictor.cls_score.weight, std=1e-3)
    made.roi_heads.box_predictor.cls_score.bias.data = torch.tensor([0.0, 1.5, 2.0])
    return made.eval()


@pytest.fixture
def page() -> Pixels:
    return np.random.default_rng(3).integers(0, 255, (300, 200, 3), np.uint8)


def saved(folder: Path, content: Any, config: Any = CONFIG) -> str:
    torch.save(content, folder / "best.pth")
    if config is not None:
        (folder / "best.json").write_text(json.dumps(config))
    return f"torchvision:{folder}/best.pth"


def test_panels_are_what_the_network_finds(network: Any, page: Pixels, tmp_path: Path) -> None:
    found = load_detector(saved(tmp_path, network.state_dict()), threads=1).detect(page)
    with torch.inference_mode():
        [raw] = network([torch.from_numpy(page.transpose(2, 0, 1) / 255).float()])
    sure = (raw["labels"] == 2) & (raw["scores"] >= 0.5)
    assert 0 < sure.sum() < len(sure)
    corners = [[round(value) for value in row] for row in raw["boxes"][sure].tolist()]
    boxes = [Box(x1, y1, x2 - x1, y2 - y1) for x1, y1, x2, y2 in corners]
    assert [panel.box for panel in found] == [box for box in boxes if box.area]
    assert all(0.5 <= panel.score <= 1 and panel.polygon is None for panel in found)


def test_checkpoints_of_training_programs(network: Any, page: Pixels, tmp_path: Path) -> None:
    parallel = {f"module.{key}": value for key, value in network.state_dict().items()}
    content = {
        "epoch": 4,
        "model_state_dict": parallel,
        "config": {**CONFIG, "classes": ["__background__", "face", "frame"]},
    }
    inside = load_detector(saved(tmp_path, content, config=None), threads=1)
    beside = load_detector(saved(tmp_path, network.state_dict()), threads=1)
    assert inside.detect(page) == beside.detect(page)
    assert inside.revision != beside.revision
    assert inside.name == beside.name == "torchvision:best.pth"


def test_tall_strips_are_seen_in_windows(network: Any, tmp_path: Path) -> None:
    strip = np.random.default_rng(4).integers(0, 255, (1200, 200, 3), np.uint8)
    found = load_detector(saved(tmp_path, network.state_dict()), threads=1).detect(strip)
    assert max(panel.box.bottom for panel in found) > 900
    assert min(panel.box.y for panel in found) < 300


class Evil:
    """What a pickle may do to whoever loads it."""

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return Path.touch, (Path("evil"),)


def test_nothing_in_a_checkpoint_is_run(
    tmp_path: Path, page: Pixels, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelError) as caught:
        load_detector(saved(tmp_path, {"model": Evil()})).detect(page)
    assert caught.value.code == "checkpoint-unusable"
    assert not (tmp_path / "evil").exists()


def refused(choice: str, page: Pixels) -> str:
    with pytest.raises(ModelError) as caught:
        load_detector(choice).detect(page)
    return caught.value.code


def test_checkpoints_that_cannot_be_used(network: Any, page: Pixels, tmp_path: Path) -> None:
    weights = network.state_dict()
    assert refused(saved(tmp_path, weights, {**CONFIG, "classes": ["panel"]}), page) == "checkpoint-classes"
    assert (
        refused(saved(tmp_path, weights, {**CONFIG, "classes": ["a", "b"]}), page) == "panel-category-missing"
    )
    assert (
        refused(saved(tmp_path, weights, {**CONFIG, "architecture": "yolo"}), page) == "checkpoint-unusable"
    )
    other = {**CONFIG, "architecture": "fasterrcnn_resnet50_fpn"}
    assert refused(saved(tmp_path, weights, other), page) == "checkpoint-unusable"
    assert refused(saved(tmp_path, {"epoch": 1}), page) == "checkpoint-unusable"
    (tmp_path / "best.json").unlink()
    assert refused(saved(tmp_path, weights, None), page) == "checkpoint-classes"
    (tmp_path / "best.pth").write_bytes(b"not a checkpoint")
    assert refused(f"torchvision:{tmp_path}/best.pth", page) == "checkpoint-unusable"
