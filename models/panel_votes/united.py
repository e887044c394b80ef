"""The detector `both`: panels by their gutters, and by votes where these clearly disagree."""

from __future__ import annotations

from models.panel_detector import OpenCvPanelDetector
from models.panel_detector.strips import detect_in_strip, is_strip
from models.panel_votes.agreement import preferred
from models.panel_votes.detector import VotingPanelDetector
from warehouse.contracts import DetectedPanel, Pixels

_NOT_LAID_OUT = 0.45
"""Of one panel alone, found by gutters: of a lower score it is a page of print, or a cover, left as it is."""


class UnitedPanelDetector:
    """Both detectors of the project on every page; takes as long as the two."""

    def __init__(self, threads: int | None = None):
        self._by_gutters = OpenCvPanelDetector()
        self._by_votes = VotingPanelDetector(threads)
        self.name = f"{self._by_gutters.name}+{self._by_votes.name}"
        self.revision = f"1-{self._by_gutters.revision}-{self._by_votes.revision}"

    def detect(self, page: Pixels) -> list[DetectedPanel]:
        """The panels of an RGB page, boxes in its pixels."""
        return detect_in_strip(page, self._detect) if is_strip(page) else self._detect(page)

    def _detect(self, page: Pixels) -> list[DetectedPanel]:
        ours = self._by_gutters.detect(page)
        if len(ours) == 1 and ours[0].score < _NOT_LAID_OUT:
            return ours
        seen = self._by_votes.look(page)
        return ours if seen is None else preferred(seen[1], ours, seen[0])
