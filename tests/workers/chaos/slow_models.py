"""The planted models, each taking its time, so that a fault at any moment meets a stage at work."""

from __future__ import annotations

import time
from collections.abc import Sequence

from tests.planted import PixelBackbone, PlantedProfile, QuarterDetector
from warehouse.contracts import DetectedPanel, Pixels, Vectors


class SlowDetector(QuarterDetector):
    """Seconds a page."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def detect(self, page: Pixels) -> list[DetectedPanel]:
        time.sleep(self._seconds)
        return super().detect(page)


class SlowBackbone(PixelBackbone):
    """Seconds a batch."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def encode(self, pictures: Sequence[Pixels]) -> Vectors:
        time.sleep(self._seconds)
        return super().encode(pictures)


class SlowProfile(PlantedProfile):
    """Decides what the planted profile decides."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.panel_detector = SlowDetector(seconds)
        self.backbone = SlowBackbone(seconds)
