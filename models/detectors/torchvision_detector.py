"""Faster R-CNN checkpoints (Ren et al. 2015), for torchvision's architectures.

A checkpoint holds weights alone: what its classes are, and how its pictures were made small, is in a JSON
file beside it (`best.json` or `best.pth.json` for `best.pth`) or under "config" inside it.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from models.detectors.content import content_revision
from models.detectors.lazily import Lazily
from models.detectors.panel_categories import LEAST_SCORE, panel_categories
from models.panel_detector.strips import detect_in_strip, is_strip
from warehouse.contracts import DetectedPanel, Pixels
from warehouse.errors import ModelError
from warehouse.geometry import Box

ARCHITECTURES = (
    "fasterrcnn_resnet50_fpn",
    "fasterrcnn_resnet50_fpn_v2",
    "fasterrcnn_mobilenet_v3_large_fpn",
    "fasterrcnn_mobilenet_v3_large_320_fpn",
)
_CLASSIFIER = "roi_heads.box_predictor.cls_score.weight"
_SIZES = ("min_size", "max_size", "fixed_size")


@dataclass(frozen=True, slots=True)
class _Network:
    """A loaded network, and which of its labels are panels."""

    module: Any
    device: Any
    panels: frozenset[int]


class TorchvisionDetector:
    """A Faster R-CNN, loaded when the first page comes.  Very tall pages are looked at window by window."""

    def __init__(self, file: Path, threads: int | None = None):
        self._network = Lazily(lambda: _load(file, threads))
        self.name = f"torchvision:{file.name}"
        beside = _file_beside(file)
        self.revision = content_revision([file] if beside is None else [file, beside])

    def detect(self, page: Pixels) -> list[DetectedPanel]:
        """The panels of an RGB page.  Raises ModelError where the checkpoint cannot be used."""
        return detect_in_strip(page, self._detect) if is_strip(page) else self._detect(page)

    def _detect(self, page: Pixels) -> list[DetectedPanel]:
        import torch

        network = self._network()
        height, width = page.shape[:2]
        picture = torch.from_numpy(np.ascontiguousarray(page.transpose(2, 0, 1))).to(network.device) / 255
        with torch.inference_mode():
            [found] = network.module([picture])
        rows = zip(found["boxes"].tolist(), found["labels"].tolist(), found["scores"].tolist(), strict=True)
        panels = [
            DetectedPanel(box_between(corners, width, height), score)
            for corners, label, score in rows
            if label in network.panels and score >= LEAST_SCORE
        ]
        return [panel for panel in panels if panel.box.area]


def box_between(corners: list[float], width: int, height: int) -> Box:
    """The box of x1 y1 x2 y2 on a page, in whole pixels."""
    x1, y1, x2, y2 = (round(value) for value in corners)
    return Box(x1, y1, x2 - x1, y2 - y1).clipped(width, height)


def _load(file: Path, threads: int | None) -> _Network:
    from models.torch_runtime import compute_device, prepare_torch
    from models.torchvision_operators import provide_operators

    prepare_torch(threads)
    provide_operators()
    content = _content(file)
    weights = _weights(content, file)
    config = _config(content, file)
    count = len(weights[_CLASSIFIER])
    names = _class_names(config, count, file)
    module = _build(config, count, file)
    try:
        module.load_state_dict(weights)
    except RuntimeError as error:  # keys or shapes of another architecture
        reason = str(error).splitlines()[-1].strip()
        raise _unusable(file, f"its weights do not fit {_architecture(config, file)}: {reason}") from error
    device = compute_device()
    return _Network(module.eval().to(device), device, panel_categories(names, str(file)))


def _content(file: Path) -> Mapping[str, Any]:
    """What is in a checkpoint: tensors and plain values only, nothing that could run."""
    import torch

    try:
        content = torch.load(file, map_location="cpu", weights_only=True)
    except (pickle.UnpicklingError, RuntimeError, EOFError, OSError, ValueError) as error:
        reason = (str(error).strip().splitlines() or ["no reason given"])[0]
        raise _unusable(file, reason) from error
    if not isinstance(content, Mapping):
        raise _unusable(file, "it is no dictionary of weights")
    return content


def _weights(content: Mapping[str, Any], file: Path) -> dict[str, Any]:
    """The weights, wherever training programs put them; torch's DataParallel calls them 'module.…'."""
    places = [content, *(content.get(key) for key in ("model", "model_state_dict", "state_dict"))]
    for place in places:
        if isinstance(place, Mapping):
            weights = {str(key).removeprefix("module."): value for key, value in place.items()}
            if _CLASSIFIER in weights:
                return weights
    raise _unusable(file, f"it has no {_CLASSIFIER}")


def _file_beside(file: Path) -> Path | None:
    for beside in (file.with_suffix(".json"), file.with_name(file.name + ".json")):
        if beside.is_file() and beside != file:
            return beside
    return None


def _config(content: Mapping[str, Any], file: Path) -> Mapping[str, Any]:
    beside = _file_beside(file)
    try:
        config = content.get("config", {}) if beside is None else json.loads(beside.read_bytes())
        config = json.loads(config) if isinstance(config, str) else config
    except ValueError as error:
        raise _unusable(file, f"its config is no JSON: {error}") from error
    if not isinstance(config, Mapping):
        raise _unusable(file, "its config is no JSON object")
    return config


def _class_names(config: Mapping[str, Any], count: int, file: Path) -> dict[int, str]:
    """Names by label, from 1 up; 0 is what is no object.  A network of one class finds panels."""
    listed = config.get("classes")
    if listed is None and count == 2:
        return {1: "panel"}
    names = [str(name) for name in listed] if isinstance(listed, list | tuple) else []
    if names and names[0].strip("_").casefold() == "background":
        names = names[1:]
    if len(names) != count - 1:
        beside = file.with_suffix(".json")
        raise ModelError(
            f"{file} has {count - 1} classes, its config names {len(names)}",
            code="checkpoint-classes",
            remedy=f'write {{"classes": [...]}}, in order and without background, to {beside}',
        )
    return dict(enumerate(names, 1))


def _architecture(config: Mapping[str, Any], file: Path) -> str:
    name = str(config.get("architecture", ARCHITECTURES[0]))
    if name not in ARCHITECTURES:
        raise _unusable(file, f"architecture {name} is none of {', '.join(ARCHITECTURES)}")
    return name


def _build(config: Mapping[str, Any], count: int, file: Path) -> Any:
    from torchvision.models import detection

    sizes = {key: config[key] for key in _SIZES if config.get(key) is not None}
    if "fixed_size" in sizes:
        sizes["fixed_size"] = tuple(sizes["fixed_size"])
    build = getattr(detection, _architecture(config, file))
    return build(weights=None, weights_backbone=None, num_classes=count, **sizes)


def _unusable(file: Path, why: str) -> ModelError:
    return ModelError(
        f"{file} cannot be used as a Faster R-CNN ({why})",
        code="checkpoint-unusable",
        remedy="see docs/detectors.md for what a checkpoint has to hold",
    )
