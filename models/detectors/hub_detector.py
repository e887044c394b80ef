"""Object detection models of transformers, from the hub or a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.detectors.content import content_revision
from models.detectors.lazily import Lazily
from models.detectors.panel_categories import LEAST_SCORE, panel_categories
from models.detectors.torchvision_detector import box_between
from models.panel_detector.strips import detect_in_strip, is_strip
from warehouse.contracts import DetectedPanel, Pixels
from warehouse.errors import ModelError

_WANTED = ["*.json", "*.safetensors"]
"""Weights as safetensors only: nothing of a model from the network is run."""


@dataclass(frozen=True, slots=True)
class _Network:
    """A loaded network with what prepares its pictures, and which of its labels are panels."""

    processor: Any
    module: Any
    device: Any
    panels: frozenset[int]


class HubDetector:
    """A model by its id or folder, loaded when the first page comes; very tall pages are seen in windows.

    place: 'owner/name', 'owner/name@revision', or a folder with config.json, preprocessor_config.json and
    model.safetensors.  Files of the hub that are not here yet are downloaded at once.
    Raises ModelError 'detector-missing' where they cannot be had.
    """

    def __init__(self, place: str, threads: int | None = None):
        named = Path(place).expanduser()
        folder = named.absolute() if named.is_dir() else _downloaded(place)
        self._network = Lazily(lambda: _load(folder, place, threads))
        self.name = f"hub:{folder.name if named.is_dir() else place}"
        self.revision = content_revision(sorted(file for wanted in _WANTED for file in folder.glob(wanted)))

    def detect(self, page: Pixels) -> list[DetectedPanel]:
        """The panels of an RGB page.  Raises ModelError where the model cannot be used."""
        return detect_in_strip(page, self._detect) if is_strip(page) else self._detect(page)

    def _detect(self, page: Pixels) -> list[DetectedPanel]:
        import torch

        network = self._network()
        height, width = page.shape[:2]
        inputs = network.processor(images=page, return_tensors="pt").to(network.device)
        with torch.inference_mode():
            outputs = network.module(**inputs)
        [found] = network.processor.post_process_object_detection(
            outputs, threshold=LEAST_SCORE, target_sizes=[(height, width)]
        )
        rows = zip(found["boxes"].tolist(), found["labels"].tolist(), found["scores"].tolist(), strict=True)
        panels = [
            DetectedPanel(box_between(corners, width, height), score)
            for corners, label, score in rows
            if label in network.panels
        ]
        return [panel for panel in panels if panel.box.area]


def _downloaded(place: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    name, _, revision = place.partition("@")
    try:
        return Path(snapshot_download(name, revision=revision or None, allow_patterns=_WANTED))
    except (HFValidationError, HfHubHTTPError, LocalEntryNotFoundError, OSError) as error:
        reason = (str(error).strip().splitlines() or ["no reason given"])[0]
        raise ModelError(
            f"model {place} is no folder and does not come from the hub ({reason})",
            code="detector-missing",
            remedy="check the name and the network, or download it and give its folder",
        ) from error


def _load(folder: Path, place: str, threads: int | None) -> _Network:
    from models.torch_runtime import compute_device, prepare_torch

    prepare_torch(threads)
    from transformers import AutoImageProcessor, AutoModelForObjectDetection

    try:
        processor = AutoImageProcessor.from_pretrained(folder, local_files_only=True)
        module = AutoModelForObjectDetection.from_pretrained(
            folder, local_files_only=True, use_safetensors=True
        )
    except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
        reason = (str(error).strip().splitlines() or ["no reason given"])[0]
        raise ModelError(
            f"{place} cannot be used as an object detection model ({reason})",
            code="checkpoint-unusable",
            remedy="see docs/detectors.md for what a model's folder has to hold",
        ) from error
    names = {int(number): str(name) for number, name in module.config.id2label.items()}
    if len(names) == 1:
        names = dict.fromkeys(names, "panel")
    device = compute_device()
    return _Network(processor, module.eval().to(device), device, panel_categories(names, place))
