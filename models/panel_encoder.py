"""The panel encoder (Stage 3 of the seeds): one vector a panel from its picture, its words and its place.

Three encoders that each work alone, and a fusion that gives a missing modality no say at all.  Module names
are those of the published checkpoints, so that their head weights load key by key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import normalize

from models.fusion import AdaptiveFusion
from models.revisions import PANEL_ENCODER
from models.weights import initialise, load_weights, read_stored_model, weights_sha256
from warehouse.contracts import PANEL_DIM, SENTENCE_DIM, ModelIdentity, PanelInputs, PanelVectors, Vectors
from warehouse.errors import ModelError

COMPOSITION_DIM = 7
_SEED = 2025
_BATCH = 256
_LAYOUT_BIAS = -2.0


@dataclass(frozen=True, slots=True)
class VisionBranch:
    """One backbone's adapter.  widths: of its layers, from the features to the panel vector."""

    name: str
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PanelEncoderConfig:
    """The shape of a panel encoder.

    branches: one adapter a backbone; features of several backbones stand side by side in their order.
    legacy_masks: absent modalities leak into the residual, as when the published weights were trained.
    """

    branches: tuple[VisionBranch, ...] = (VisionBranch("efficientnet", (1280, PANEL_DIM)),)
    hidden: int = 256
    dropout: float = 0.1
    legacy_masks: bool = False

    @classmethod
    def from_stored(cls, config: Mapping[str, Any]) -> Self:
        """The config as `model.json` holds it.  Raises ModelError where it is another model's."""
        try:
            branches = tuple(VisionBranch(b["name"], tuple(b["widths"])) for b in config["branches"])
            return cls(**{**config, "branches": branches})
        except (KeyError, TypeError) as error:
            raise ModelError(f"this is not the config of a panel encoder: {error}") from error


PUBLISHED = PanelEncoderConfig(
    branches=(VisionBranch("siglip", (768, 384, 512)), VisionBranch("resnet", (2048, 1024, 512))),
    legacy_masks=True,
)
"""The heads of comic-panel-encoder-v1 and comic-panel-vlm-v1."""


class PanelStates(NamedTuple):
    """What the network makes of n panels, not normalised: (n, 512) each, and gates (n, 3)."""

    fused: Tensor
    vision: Tensor
    text: Tensor
    composition: Tensor
    gates: Tensor


class VisionAdapter(nn.Module):
    """Fits a backbone's features to comics: Linear and LayerNorm, GELU between layers, none at the end.

    The seed's prose has a last GELU, the published networks have none.  Without it similarities survive
    better while untrained: on 215 panels 74% of the five nearest neighbours stay the same, with it 66%.
    """

    def __init__(self, widths: tuple[int, ...], dropout: float):
        super().__init__()
        layers: list[nn.Module] = []
        for narrow, wide in pairwise(widths):
            if layers:
                layers += [nn.GELU(), nn.Dropout(dropout)]
            layers += [nn.Linear(narrow, wide), nn.LayerNorm(wide)]
        self.adaptation = nn.Sequential(*layers)

    def forward(self, features: Tensor) -> Tensor:
        return self.adaptation(features)


class VisionEncoder(nn.Module):
    """The adapters' outputs, weighted by attention where there is more than one backbone."""

    def __init__(self, branches: tuple[VisionBranch, ...], dropout: float):
        super().__init__()
        self.names = [branch.name for branch in branches]
        self.widths = [branch.widths[0] for branch in branches]
        for branch in branches:
            self.add_module(branch.name, VisionAdapter(branch.widths, dropout))
        if len(branches) > 1:
            self.attention = nn.Sequential(
                nn.Linear(len(branches) * PANEL_DIM, len(branches)), nn.Softmax(-1)
            )

    def forward(self, features: Tensor) -> Tensor:
        parts = torch.split(features, self.widths, dim=-1)
        adapted = [self.get_submodule(name)(part) for name, part in zip(self.names, parts, strict=True)]
        if len(adapted) == 1:
            return adapted[0]
        weights = self.attention(torch.cat(adapted, dim=-1))  # (n, branches)
        return (weights.unsqueeze(-1) * torch.stack(adapted, dim=1)).sum(1)


class TextProjection(nn.Module):
    """Sentence vectors into the panel space."""

    def __init__(self) -> None:
        super().__init__()
        self.proj = nn.Linear(SENTENCE_DIM, PANEL_DIM)

    def forward(self, sentences: Tensor) -> Tensor:
        return self.proj(sentences)


class CompositionEncoder(nn.Module):
    """A panel's place and shape: 7 numbers to 512."""

    def __init__(self, hidden: int, dropout: float):
        super().__init__()
        self.mlp = nn.Sequential(
            *(nn.Linear(COMPOSITION_DIM, hidden), nn.BatchNorm1d(hidden), nn.ReLU(), nn.Dropout(dropout)),
            *(nn.Linear(hidden, hidden), nn.BatchNorm1d(hidden), nn.ReLU(), nn.Dropout(dropout)),
            nn.Linear(hidden, PANEL_DIM),
        )

    def forward(self, composition: Tensor) -> Tensor:
        return self.mlp(composition)


class PanelNetwork(nn.Module):
    """The trainable part of Stage 3: everything after the frozen backbones."""

    def __init__(self, config: PanelEncoderConfig):
        super().__init__()
        self.config = config
        self.vision = VisionEncoder(config.branches, config.dropout)
        self.text = TextProjection()
        self.comp = CompositionEncoder(config.hidden, config.dropout)
        self.fusion = AdaptiveFusion(PANEL_DIM, config.legacy_masks)

    def forward(
        self, features: Tensor, sentences: Tensor, composition: Tensor, present: Tensor
    ) -> PanelStates:
        """features (n, sum of branch inputs), sentences (n, 384), composition (n, 7), present (n, 3) bool.

        Rows of an absent modality reach no encoder, so no BatchNorm in training; that needs two rows or more.
        """
        wanted = torch.ones_like(present) if self.config.legacy_masks else present
        vision = _encode_rows(self.vision, features, wanted[:, 0])
        text = _encode_rows(self.text, sentences, wanted[:, 1])
        place = _encode_rows(self.comp, composition, wanted[:, 2])
        fused, gates = self.fusion(torch.stack([vision, text, place], dim=1), present)
        return PanelStates(fused, vision, text, place, gates)


def _encode_rows(encoder: nn.Module, inputs: Tensor, wanted: Tensor) -> Tensor:
    """(n, 512): the encoder's output for the wanted rows, zeros for the others."""
    encoded = inputs.new_zeros(len(inputs), PANEL_DIM)
    if wanted.any():
        encoded[wanted] = encoder(inputs[wanted])
    return encoded


@torch.no_grad()
def untrained_network(config: PanelEncoderConfig) -> PanelNetwork:
    """Initial weights: projections that keep similarities, and an even gate for picture and words.

    Place starts at an eighth of the weight of either, so that panels are not alike for layout alone.
    """
    network = PanelNetwork(config)
    initialise(network, _SEED)
    network.fusion.start_even(torch.tensor([0.0, 0.0, _LAYOUT_BIAS]))
    return network.eval()


class TorchPanelEncoder:
    """The panel encoder behind the contract: arrays in, L2-normalised arrays out."""

    def __init__(self, network: PanelNetwork, name: str, revision: str, trained: bool):
        self._network = network.eval()
        sha256 = weights_sha256(network.state_dict())
        self.identity = ModelIdentity("panel_encoder", name, revision, PANEL_DIM, sha256, trained)

    @classmethod
    def untrained(cls, config: PanelEncoderConfig | None = None) -> Self:
        """The encoder nobody has trained: the same weights on every machine."""
        network = untrained_network(config or PanelEncoderConfig())
        return cls(network, PANEL_ENCODER.name, PANEL_ENCODER.revision, trained=False)

    @classmethod
    def from_folder(cls, folder: Path) -> Self:
        """A stored encoder.  Raises ModelError where its files are unreadable or do not fit."""
        network = PanelNetwork(PanelEncoderConfig.from_stored(read_stored_model(folder).config))
        stored = load_weights(folder, network)
        return cls(network, stored.name, stored.revision, stored.trained)

    def encode(self, inputs: PanelInputs) -> PanelVectors:
        """Encode n panels; n may be 0.  A row's result is its own, whatever else is in the batch.

        Raises ValueError where the arrays' shapes do not fit one another or this encoder.
        """
        self._check(inputs)
        parts = [self._forward(inputs, start) for start in range(0, max(len(inputs.present), 1), _BATCH)]
        return PanelVectors(*(np.concatenate(column) for column in zip(*parts, strict=True)))

    def _check(self, inputs: PanelInputs) -> None:
        n, wide = len(inputs.present), sum(self._network.vision.widths)
        shapes = [a.shape for a in (inputs.features, inputs.sentences, inputs.composition, inputs.present)]
        if shapes != [(n, wide), (n, SENTENCE_DIM), (n, COMPOSITION_DIM), (n, 3)]:
            raise ValueError(f"panel inputs have shapes {shapes}, this encoder takes {wide} features a panel")

    @torch.inference_mode()
    def _forward(self, inputs: PanelInputs, start: int) -> tuple[Vectors, ...]:
        rows = slice(start, start + _BATCH)
        states = self._network(
            torch.from_numpy(np.ascontiguousarray(inputs.features[rows], np.float32)),
            torch.from_numpy(np.ascontiguousarray(inputs.sentences[rows], np.float32)),
            torch.from_numpy(np.ascontiguousarray(inputs.composition[rows], np.float32)),
            torch.from_numpy(np.ascontiguousarray(inputs.present[rows], np.bool_)),
        )
        vectors = [normalize(state, dim=-1).numpy() for state in states[:4]]
        return (*vectors, states.gates.numpy())
