"""Pictures of several books through one model: a batch is run when it is full or nobody has more to add."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from warehouse.contracts import (
    ModelIdentity,
    PageTypePredictor,
    PanelDetector,
    PanelEncoder,
    PanelInputs,
    PanelVectors,
    Pixels,
    Profile,
    SentenceEncoder,
    StripEncoder,
    StripVectors,
    TextKinds,
    TextReader,
    Vectors,
    VisualBackbone,
)

PATIENCE_SECONDS = 0.25
"""A book busy with something else does not hold up the others for longer."""


@dataclass(eq=False, slots=True)
class _Request:
    pictures: Sequence[Pixels]
    vectors: Vectors | None = None
    error: Exception | None = field(default=None)

    @property
    def answered(self) -> bool:
        return self.vectors is not None or self.error is not None


class GatheringBackbone:
    """A backbone that threads share; each joins while it may have pictures to encode."""

    def __init__(self, backbone: VisualBackbone) -> None:
        self.identity: ModelIdentity = backbone.identity
        self.pictures_at_once = backbone.pictures_at_once
        self._backbone = backbone
        self._condition = threading.Condition()
        self._users = 0
        self._waiting: list[_Request] = []
        self._encoding = False

    @contextmanager
    def joined(self) -> Iterator[None]:
        """As long as a thread is in here, others wait for its pictures."""
        with self._condition:
            self._users += 1
        try:
            yield
        finally:
            with self._condition:
                self._users -= 1
                self._condition.notify_all()

    def encode(self, pictures: Sequence[Pixels]) -> Vectors:
        """(n, dim) float32 of these pictures, encoded together with those of other threads."""
        request = _Request(pictures)
        with self._condition:
            self._waiting.append(request)
            self._condition.notify_all()
        while True:
            with self._condition:
                self._condition.wait_for(lambda: request.answered or self._is_due(), PATIENCE_SECONDS)
                if request.answered:
                    break
                if self._encoding or not self._waiting:
                    continue
                batch, self._waiting, self._encoding = self._waiting, [], True
            self._run(batch)
        if request.error is not None:
            raise request.error
        assert request.vectors is not None
        return request.vectors

    def _is_due(self) -> bool:
        full = sum(len(request.pictures) for request in self._waiting) >= self.pictures_at_once
        return not self._encoding and bool(self._waiting) and (full or len(self._waiting) >= self._users)

    def _run(self, batch: Sequence[_Request]) -> None:
        """Encode a batch and hand out the vectors; an error is everybody's."""
        try:
            vectors = self._backbone.encode([picture for request in batch for picture in request.pictures])
            ends = np.cumsum([len(request.pictures) for request in batch])
            for request, part in zip(batch, np.split(vectors, ends[:-1]), strict=True):
                request.vectors = part
        except Exception as error:  # noqa: BLE001 - each thread raises it, and records it for its book
            for request in batch:
                request.error = error
        finally:
            with self._condition:
                self._encoding = False
                self._condition.notify_all()


class _Sentences:
    def __init__(self, encoder: SentenceEncoder, lock: threading.Lock) -> None:
        self.identity: ModelIdentity = encoder.identity
        self._encoder = encoder
        self._lock = lock

    def encode(self, texts: Sequence[str]) -> Vectors:
        with self._lock:
            return self._encoder.encode(texts)


class _Panels:
    def __init__(self, encoder: PanelEncoder, lock: threading.Lock) -> None:
        self.identity: ModelIdentity = encoder.identity
        self._encoder = encoder
        self._lock = lock

    def encode(self, inputs: PanelInputs) -> PanelVectors:
        with self._lock:
            return self._encoder.encode(inputs)


class _Strips:
    def __init__(self, encoder: StripEncoder, lock: threading.Lock) -> None:
        self.identity: ModelIdentity = encoder.identity
        self._encoder = encoder
        self._lock = lock

    def encode(self, panels: NDArray[np.float32], present: NDArray[np.bool_]) -> StripVectors:
        with self._lock:
            return self._encoder.encode(panels, present)


class GatheringProfile:
    """A profile whose encoders several books share: pictures in common batches, the rest one at a time."""

    def __init__(self, profile: Profile) -> None:
        lock = threading.Lock()
        self.name = profile.name
        self._profile = profile
        self.backbone = GatheringBackbone(profile.backbone)
        self.sentences: SentenceEncoder = _Sentences(profile.sentences, lock)
        self.panel_encoder: PanelEncoder = _Panels(profile.panel_encoder, lock)
        self.strip_encoder: StripEncoder = _Strips(profile.strip_encoder, lock)
        self.page_types: PageTypePredictor = profile.page_types

    @property
    def panel_detector(self) -> PanelDetector:
        return self._profile.panel_detector

    @property
    def text_reader(self) -> TextReader:
        return self._profile.text_reader

    @property
    def text_kinds(self) -> TextKinds:
        return self._profile.text_kinds

    def revisions(self) -> Mapping[str, str]:
        """Those of the profile."""
        return self._profile.revisions()
