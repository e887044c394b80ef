"""The panel detector that a person names: one of our own, or `coco:FILE`, `torchvision:FILE`, `hub:ID`."""

from __future__ import annotations

from pathlib import Path

from warehouse.contracts import PanelDetector
from warehouse.errors import ModelError

OFFLINE = "offline"
TRAINED, BOTH = "trained", "both"


def load_detector(choice: str, threads: int | None = None) -> PanelDetector:
    """The detector of this name; files are found, but models not loaded before they are needed.

    threads: of torch, at least 1; None for its own choice.
    Raises ModelError where there is no such detector ('detector-unknown') or file ('detector-missing').
    """
    kind, _, place = choice.partition(":")
    if choice == OFFLINE:
        from models.panel_detector import OpenCvPanelDetector

        return OpenCvPanelDetector()
    if choice == TRAINED:
        from models.panel_votes import VotingPanelDetector

        return VotingPanelDetector(threads)
    if choice == BOTH:
        from models.panel_votes.united import UnitedPanelDetector

        return UnitedPanelDetector(threads)
    if kind == "coco" and place:
        from models.detectors.coco_detector import CocoDetector

        return CocoDetector(*(_file(part, choice) for part in _parts(place)))
    if kind == "torchvision" and place:
        from models.detectors.torchvision_detector import TorchvisionDetector

        return TorchvisionDetector(_file(place, choice), threads)
    if kind == "hub" and place:
        from models.detectors.hub_detector import HubDetector

        return HubDetector(place, threads)
    raise ModelError(
        f"there is no panel detector '{choice}'",
        code="detector-unknown",
        remedy="use offline, trained, both, coco:FILE, torchvision:FILE or hub:ID",
    )


def _parts(place: str) -> list[str]:
    """The file, and behind a '+' the one that names its images and categories."""
    if Path(place).expanduser().is_file():
        return [place]
    return [part for part in place.split("+", 1) if part]


def _file(place: str, choice: str) -> Path:
    path = Path(place).expanduser().absolute()
    if not path.is_file():
        raise ModelError(
            f"detector '{choice}': there is no file {path}", code="detector-missing", remedy="check the path"
        )
    return path
