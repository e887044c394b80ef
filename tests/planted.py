"""Stand-ins for the models in tests that are not about models: fast, deterministic, honest about shapes."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from warehouse.contracts import (
    PANEL_DIM,
    SENTENCE_DIM,
    STRIP_LENGTH,
    DetectedPanel,
    LetteredBlock,
    ModelIdentity,
    PageEvidence,
    PageTypeGuess,
    PanelInputs,
    PanelVectors,
    Pixels,
    ReadLine,
    StripVectors,
    TextKindGuess,
    Vectors,
)
from warehouse.geometry import Box
from warehouse.records import STAGES

FEATURES = 48


def unit(rows: Vectors) -> Vectors:
    norms = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.where(norms == 0, 1, norms), np.float32)


def vector_of(data: bytes, dim: int) -> Vectors:
    seed = int.from_bytes(hashlib.sha256(data).digest()[:8], "big")
    return unit(np.random.default_rng(seed).standard_normal(dim, np.float32))


def identity(kind: str, dim: int) -> ModelIdentity:
    return ModelIdentity(kind, "planted", "1", dim, hashlib.sha256(kind.encode()).hexdigest(), False)


class QuarterDetector:
    """Four panels a page, whatever is on it."""

    name, revision = "quarters", "1"

    def detect(self, page: Pixels) -> list[DetectedPanel]:
        height, width = page.shape[0] // 2, page.shape[1] // 2
        places = [(0, 0), (width, 0), (0, height), (width, height)]
        return [DetectedPanel(Box(x, y, width, height), 0.5) for x, y in places]


class ShadeReader:
    """One line of text a page: its mean colour in words.  delay: seconds a page."""

    name, revision = "shades", "1"
    pages_at_once = 2

    def __init__(self, delay: float = 0.0) -> None:
        self.delay = delay

    def read(self, page: Pixels) -> list[ReadLine]:
        time.sleep(self.delay)
        red, green, blue = (int(shade) for shade in page.mean(axis=(0, 1)))
        box = Box(1, 1, max(page.shape[1] // 3, 1), max(page.shape[0] // 8, 1))
        return [ReadLine(box, f"red {red} green {green} blue {blue}", 0.75)]


class AllSpeech:
    """Everything is said by somebody."""

    name, revision = "all speech", "1"

    def tell(self, page: Pixels, blocks: Sequence[LetteredBlock]) -> list[TextKindGuess]:
        return [TextKindGuess("dialogue", 0.6) for _ in blocks]


class FirstIsCover:
    name, revision = "first is cover", "1"

    def predict(self, pages: Sequence[PageEvidence]) -> list[PageTypeGuess]:
        return [PageTypeGuess("cover" if page.seq == 0 else "story", 0.9) for page in pages]


class PixelBackbone:
    """The colours of a picture, spread over 48 numbers."""

    identity = identity("visual_backbone", FEATURES)
    pictures_at_once = 16

    def encode(self, pictures: Sequence[Pixels]) -> Vectors:
        return np.stack([vector_of(picture.tobytes(), FEATURES) for picture in pictures])


class HashSentences:
    identity = identity("sentence_encoder", SENTENCE_DIM)

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.stack([vector_of(text.encode(), SENTENCE_DIM) for text in texts])


class PaddedPanels:
    """Features and sentences laid side by side."""

    identity = identity("panel_encoder", PANEL_DIM)

    def encode(self, inputs: PanelInputs) -> PanelVectors:
        def padded(rows: Vectors, start: int) -> Vectors:
            wide = np.zeros((len(rows), PANEL_DIM), np.float32)
            wide[:, start : start + rows.shape[1]] = rows
            return unit(wide)

        vision, text = padded(inputs.features, 0), padded(inputs.sentences, 64)
        composition = padded(inputs.composition, 460)
        gates = inputs.present / np.maximum(inputs.present.sum(axis=1, keepdims=True), 1)
        return PanelVectors(
            unit(vision + text + composition), vision, text, composition, gates.astype(np.float32)
        )


class MeanStrips:
    identity = identity("strip_encoder", PANEL_DIM)

    def encode(self, panels: NDArray[np.float32], present: NDArray[np.bool_]) -> StripVectors:
        assert panels.shape[1:] == (STRIP_LENGTH, PANEL_DIM)
        mean = unit(np.stack([rows[has].mean(axis=0) for rows, has in zip(panels, present, strict=True)]))
        context = unit(panels + mean[:, None]) * present[..., None]
        return StripVectors(context.astype(np.float32), mean)


class OtherPanels(PaddedPanels):
    """Another panel encoder: the same numbers, the other way round."""

    identity = replace(PaddedPanels.identity, revision="2", weights_sha256="2")

    def encode(self, inputs: PanelInputs) -> PanelVectors:
        vectors = super().encode(inputs)
        turned = [v[:, ::-1] for v in (vectors.fused, vectors.vision, vectors.text, vectors.composition)]
        return PanelVectors(*turned, vectors.gates)


class OtherSentences(HashSentences):
    """Another sentence encoder."""

    identity = replace(HashSentences.identity, revision="2", weights_sha256="2")

    def encode(self, texts: Sequence[str]) -> Vectors:
        return super().encode([text + "!" for text in texts])


class PlantedProfile:
    """A profile of all of these."""

    name = "planted"

    def __init__(self, delay: float = 0.0) -> None:
        self.panel_detector = QuarterDetector()
        self.text_reader = ShadeReader(delay)
        self.text_kinds = AllSpeech()
        self.page_types = FirstIsCover()
        self.backbone = PixelBackbone()
        self.sentences = HashSentences()
        self.panel_encoder = PaddedPanels()
        self.strip_encoder = MeanStrips()

    def revisions(self) -> Mapping[str, str]:
        return dict.fromkeys(STAGES, "planted 1")


class OtherProfile(PlantedProfile):
    """The planted profile with another panel encoder, and another sentence encoder if asked."""

    name = "other"

    def __init__(self, delay: float = 0.0, *, sentences: bool = False) -> None:
        super().__init__(delay)
        self.panel_encoder = OtherPanels()
        if sentences:
            self.sentences = OtherSentences()

    def revisions(self) -> Mapping[str, str]:
        return {**super().revisions(), "panel_vectors": "other 1", "strips": "other 1"}
