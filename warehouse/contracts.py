"""What the stages ask of the models, and what comes back.  A leaf module.

`models/` implements the protocols, the stages in `warehouse/` call them, and neither imports the other:
the command line and the workers bring the two together (`models.profiles.load_profile`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from warehouse.geometry import Box, Polygon

Pixels = NDArray[np.uint8]
"""An upright RGB image, (height, width, 3) uint8."""

Vectors = NDArray[np.float32]
"""One vector a row, (n, dim) float32."""

Direction = Literal["ltr", "rtl", "vertical"]

PANEL_DIM = 512
SENTENCE_DIM = 384
STRIP_LENGTH = 16


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """Which model made a vector: one row of table `model`.

    kind: 'panel_encoder' | 'strip_encoder' | 'sentence_encoder' | 'visual_backbone'
    dim: width of its vectors.  weights_sha256: hex digest over all weights.
    trained: False while the weights are only initialised; answers built on them say so.
    made_with: the models whose vectors it takes; the same weights fed by another model make another space.
    """

    kind: str
    name: str
    revision: str
    dim: int
    weights_sha256: str
    trained: bool
    made_with: tuple[ModelIdentity, ...] = ()


@dataclass(frozen=True, slots=True)
class DetectedPanel:
    """A panel found on a page, in page pixels.  score: 0 to 1.

    polygon: its outline, inside the box, where the panel is clearly not a box.
    """

    box: Box
    score: float
    polygon: Polygon | None = None


@dataclass(frozen=True, slots=True)
class PageName:
    """What a page of width x height pixels is called.

    book: path of the book's file or folder.  entry: name of the picture inside it.
    """

    book: str
    entry: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line of text read from a page, in page pixels.  confidence: 0 to 1."""

    box: Box
    text: str
    confidence: float


TextKind = Literal["dialogue", "narration", "sfx"]
"""Speech and thought in balloons, captions, sound effects."""


@dataclass(frozen=True, slots=True)
class LetteredBlock:
    """Lines that belong together, in page pixels, and the panel that holds them, None where none does."""

    box: Box
    lines: tuple[ReadLine, ...]
    panel: Box | None


@dataclass(frozen=True, slots=True)
class TextKindGuess:
    """What kind of text a block is.  confidence: 0 to 1."""

    kind: TextKind
    confidence: float


@dataclass(frozen=True, slots=True)
class PageEvidence:
    """What the page type predictor may look at, one a page, in page order.

    panels and lines are in pixels of a page of width x height; colour statistics come from the thumbnail:
    saturation and brightness are means (0 to 1), paper is the share of near-white pixels (0 to 1).
    """

    seq: int
    page_count: int
    width: int
    height: int
    panels: tuple[Box, ...]
    lines: tuple[ReadLine, ...]
    saturation: float
    brightness: float
    paper: float
    low_information: bool


@dataclass(frozen=True, slots=True)
class PageTypeGuess:
    """A page type by its warehouse name (table `page_type`), and its probability, 0 to 1."""

    page_type: str
    probability: float


@dataclass(frozen=True, slots=True)
class PanelInputs:
    """A batch of n panels for the panel encoder (Stage 3).

    features: (n, backbone dim) visual backbone features.
    sentences: (n, 384) sentence vectors of the panels' text; rows without text are zero and masked.
    composition: (n, 7) aspect ratio, share of the page, 0, 0, 0, centre x, centre y.
    present: (n, 3) bool, which of vision, text and composition a panel has.
    """

    features: Vectors
    sentences: Vectors
    composition: Vectors
    present: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class PanelVectors:
    """Stage 3 vectors of n panels, each (n, 512), L2-normalised; a row of a missing modality is zero.

    gates: (n, 3) weights of vision, text and composition in the fusion; zero where missing, rows sum to 1.
    """

    fused: Vectors
    vision: Vectors
    text: Vectors
    composition: Vectors
    gates: Vectors


@dataclass(frozen=True, slots=True)
class StripVectors:
    """Stage 4 vectors of b strips of up to 16 panels, L2-normalised; padded rows are zero.

    context: (b, 16, 512) contextualised panels.  strip: (b, 512).
    """

    context: NDArray[np.float32]
    strip: Vectors


class PanelDetector(Protocol):
    """Finds the panels of a page, in no particular order."""

    name: str
    revision: str

    def detect(self, page: Pixels) -> list[DetectedPanel]: ...


@runtime_checkable
class PanelRecord(Protocol):
    """A detector that does not look at pages: it has panels found elsewhere, by the names of pages."""

    def knows(self, page: PageName) -> bool: ...

    def panels_of(self, page: PageName) -> list[DetectedPanel]:
        """The panels of a page; none where it is not known."""
        ...


class TextReader(Protocol):
    """Reads the lines of text on a page.

    pages_at_once: how many pages it is best given at the same time, from as many threads.
    """

    name: str
    revision: str
    pages_at_once: int

    def read(self, page: Pixels) -> list[ReadLine]: ...


class TextKinds(Protocol):
    """Tells dialogue, narration and sound effects apart by what they look like, one guess a block."""

    name: str
    revision: str

    def tell(self, page: Pixels, blocks: Sequence[LetteredBlock]) -> list[TextKindGuess]: ...


class PageTypePredictor(Protocol):
    """Predicts the type of every page of a whole book."""

    name: str
    revision: str

    def predict(self, pages: Sequence[PageEvidence]) -> list[PageTypeGuess]: ...


class VisualBackbone(Protocol):
    """Turns pictures of any size into feature vectors.

    pictures_at_once: how many it encodes faster together than one by one; 1 where company brings nothing.
    """

    identity: ModelIdentity
    pictures_at_once: int

    def encode(self, pictures: Sequence[Pixels]) -> Vectors: ...


class SentenceEncoder(Protocol):
    """Turns texts into L2-normalised 384-d vectors."""

    identity: ModelIdentity

    def encode(self, texts: Sequence[str]) -> Vectors: ...


class PanelEncoder(Protocol):
    """Stage 3: one vector a panel from picture, words and place."""

    identity: ModelIdentity

    def encode(self, inputs: PanelInputs) -> PanelVectors: ...


class StripEncoder(Protocol):
    """Stage 4: panels in the context of their strip.

    panels: (b, 16, 512), present: (b, 16) bool with at least one panel a strip.
    """

    identity: ModelIdentity

    def encode(self, panels: NDArray[np.float32], present: NDArray[np.bool_]) -> StripVectors: ...


class Profile(Protocol):
    """The models one profile works with; each is loaded when first asked for."""

    name: str

    @property
    def panel_detector(self) -> PanelDetector: ...
    @property
    def text_reader(self) -> TextReader: ...
    @property
    def text_kinds(self) -> TextKinds: ...
    @property
    def page_types(self) -> PageTypePredictor: ...
    @property
    def backbone(self) -> VisualBackbone: ...
    @property
    def sentences(self) -> SentenceEncoder: ...
    @property
    def panel_encoder(self) -> PanelEncoder: ...
    @property
    def strip_encoder(self) -> StripEncoder: ...

    def revisions(self) -> Mapping[str, str]:
        """The revision of each stage under this profile, known without loading a model."""
        ...
