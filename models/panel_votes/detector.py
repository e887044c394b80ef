"""The detector `trained`: the network's votes, counted, and edges put where the page changes."""

from __future__ import annotations

from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from models.detectors.lazily import Lazily
from models.panel_detector.frames import hull
from models.panel_detector.strips import detect_in_strip, is_strip
from models.panel_detector.structure import is_laid_out
from models.panel_votes.agreement import PageVotes
from models.panel_votes.counting import Elected, Numbers, elect
from models.panel_votes.edges import Grey, snapped
from warehouse.contracts import DetectedPanel, Pixels
from warehouse.geometry import Box

if TYPE_CHECKING:
    from models.panel_votes.network import PanelVoteNetwork

SIDE = 512
"""Pixels of the longer side of a page as it is given to the network."""

WEIGHTS = Path(__file__).parent / "weights"
"""Those that come with the program."""

_DOUBTFUL = 0.8  # sum of (1 - score) squared: whether there is print on a page of less makes no difference
_FINE = 2  # times SIDE: of the page on which edges are looked for
_LEAST_SCORE = 0.35
_BLANK = 16  # grey levels: a page of fewer shows nothing
_TINY = 8  # pixels: nothing can be made out on a smaller page


class VotingPanelDetector:
    """A small network of the project's own; loaded when the first page comes.

    threads: that torch computes with; None for its own choice.  A page much taller than wide is looked at
    window by window.
    """

    name = "panel-votes"
    revision = "2"

    def __init__(self, threads: int | None = None, weights: Path = WEIGHTS):
        self._network = Lazily(lambda: _load(weights, threads))

    def detect(self, page: Pixels) -> list[DetectedPanel]:
        """The panels of an RGB page, boxes in its pixels.  Raises ModelError where there are no weights."""
        return detect_in_strip(page, self._detect) if is_strip(page) else self._detect(page)

    def _detect(self, page: Pixels) -> list[DetectedPanel]:
        seen = self.look(page)
        return [] if seen is None else seen[0]

    def look(self, page: Pixels) -> tuple[list[DetectedPanel], PageVotes] | None:
        """The panels of a page that is no strip, and what was voted; None where it is blank or tiny."""
        network = self._network()
        if min(page.shape[:2]) < _TINY:
            return None
        fine = made_small(page, _FINE * SIDE)
        if int(fine.max()) - int(fine.min()) < _BLANK:
            return None
        said = votes(network, canvas_of(fine))
        panels = [_placed(one, page, fine) for one in elect(*said) if one.score >= _LEAST_SCORE]
        return _laid_out([panel for panel in panels if panel.box.area], fine), _on_page(said, page)


def made_small(page: Pixels, side: int) -> Grey:
    """The page in grey, its longer side of so many pixels."""
    height, width = page.shape[:2]
    return _resized(np.asarray(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY), np.uint8), side / max(height, width))


def canvas_of(grey: Grey) -> Numbers:
    """A page as the network takes it, (1, 1, height, width): its longer side SIDE, in the upper left."""
    from models.panel_votes.network import PAD_TO

    small = _resized(grey, SIDE / max(grey.shape))
    height, width = small.shape
    canvas = np.zeros((1, 1, -(-height // PAD_TO) * PAD_TO, -(-width // PAD_TO) * PAD_TO), np.float32)
    canvas[0, 0, :height, :width] = small.astype(np.float32) / 127.5 - 1
    return canvas


def _resized(grey: Grey, scale: float) -> Grey:
    size = max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(grey, size, interpolation=way), np.uint8)


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


def _placed(panel: Elected, page: Pixels, fine: Grey) -> DetectedPanel:
    """A box of cells as one of the page.  fine: the page in grey, twice as large as the network saw it."""
    from models.panel_votes.network import CELL

    height, width = page.shape[:2]
    left, top, right, bottom = (edge * CELL * max(fine.shape) / SIDE for edge in panel.box)
    left, top, right, bottom = snapped(fine, (left, top, right, bottom))
    wide, high = width / fine.shape[1], height / fine.shape[0]
    x, y = round(left * wide), round(top * high)
    box = Box(x, y, max(0, round(right * wide) - x), max(0, round(bottom * high) - y)).clipped(width, height)
    return DetectedPanel(box, min(1.0, panel.score))


def _laid_out(panels: list[DetectedPanel], fine: Grey) -> list[DetectedPanel]:
    """The panels; all of them as one of a low score where they are too doubtful for a page of panels."""
    scores = [panel.score for panel in panels]
    if sum((1 - score) ** 2 for score in scores) < _DOUBTFUL or is_laid_out(fine, scores):
        return panels
    return [DetectedPanel(hull([panel.box for panel in panels]), min(scores))]


def _on_page(said: tuple[Numbers, Numbers, Numbers], page: Pixels) -> PageVotes:
    """The votes of the cells that lie on the page, in its pixels."""
    from models.panel_votes.network import CELL

    inside, _, distances = said
    size = CELL * max(page.shape[:2]) / SIDE
    rows, columns = (
        min(most, ceil(side / size)) for most, side in zip(inside.shape, page.shape, strict=False)
    )
    y, x = np.mgrid[:rows, :columns].astype(np.float32) + 0.5
    left, top, right, bottom = distances[:, :rows, :columns]
    boxes = np.stack([x - left, y - top, x + right, y + bottom], axis=-1).reshape(-1, 4) * size
    boxes = boxes.clip(0, np.asarray([page.shape[1], page.shape[0]] * 2, np.float32))
    middle = np.stack([x, y], axis=-1).reshape(-1, 2) * size
    return PageVotes(inside[:rows, :columns].ravel(), middle, boxes)


def _load(folder: Path, threads: int | None) -> PanelVoteNetwork:
    import torch

    from models.panel_votes.stored import load_votes

    if threads is not None:
        torch.set_num_threads(threads)
    return load_votes(folder)
