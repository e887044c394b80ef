"""The detector `trained`: the network's votes, counted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from models.detectors.lazily import Lazily
from models.panel_detector.strips import detect_in_strip, is_strip
from models.panel_votes.counting import Elected, Numbers, elect
from warehouse.contracts import DetectedPanel, Pixels
from warehouse.geometry import Box

if TYPE_CHECKING:
    from models.panel_votes.network import PanelVoteNetwork

WEIGHTS = Path(__file__).parent / "weights"
SIDE = 512
"""Pixels of the longer side of a page as it is given to the network."""

_LEAST_SCORE = 0.35
_TINY = 8  # pixels: nothing can be made out on a smaller page


class VotingPanelDetector:
    """A small network of the project's own; loaded when the first page comes.

    threads: that torch computes with; None for its own choice.  A page much taller than wide is looked at
    window by window.
    """

    name = "panel-votes"
    revision = "1"

    def __init__(self, threads: int | None = None, weights: Path = WEIGHTS):
        self._network = Lazily(lambda: _load(weights, threads))

    def detect(self, page: Pixels) -> list[DetectedPanel]:
        """The panels of an RGB page, boxes in its pixels."""
        return detect_in_strip(page, self._detect) if is_strip(page) else self._detect(page)

    def _detect(self, page: Pixels) -> list[DetectedPanel]:
        if min(page.shape[:2]) < _TINY:
            return []
        canvas, scale = prepared(page)
        found = elect(*votes(self._network(), canvas))
        return [
            panel
            for one in found
            if one.score >= _LEAST_SCORE
            if (panel := _placed(one, page, scale)).box.area
        ]


def prepared(page: Pixels) -> tuple[Numbers, tuple[float, float]]:
    """The page as the network takes it, (1, 1, height, width), and its (x, y) pixels a pixel of the page."""
    from models.panel_votes.network import PAD_TO

    height, width = page.shape[:2]
    scale = SIDE / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    canvas = np.zeros((1, 1, -(-size[1] // PAD_TO) * PAD_TO, -(-size[0] // PAD_TO) * PAD_TO), np.float32)
    canvas[0, 0, : size[1], : size[0]] = small.astype(np.float32) / 127.5 - 1
    return canvas, (size[0] / width, size[1] / height)


def votes(network: PanelVoteNetwork, canvas: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """inside, quality (rows, columns) as probabilities, and distances (4, rows, columns) in cells."""
    import torch

    with torch.inference_mode():
        said = network(torch.from_numpy(canvas))
        return (
            torch.sigmoid(said.inside[0]).numpy(),
            torch.sigmoid(said.quality[0]).numpy(),
            said.distances[0].numpy(),
        )


def _placed(panel: Elected, page: Pixels, scale: tuple[float, float]) -> DetectedPanel:
    from models.panel_votes.network import CELL

    left, top, right, bottom = (round(edge * CELL / scale[place % 2]) for place, edge in enumerate(panel.box))
    box = Box(left, top, right - left, bottom - top).clipped(page.shape[1], page.shape[0])
    return DetectedPanel(box, min(1.0, panel.score))


def _load(folder: Path, threads: int | None) -> PanelVoteNetwork:
    from models.panel_votes.stored import load_votes
    from models.torch_runtime import prepare_torch

    prepare_torch(threads)
    return load_votes(folder)
