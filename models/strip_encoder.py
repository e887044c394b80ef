"""The strip encoder (Stage 4 of the seeds): panels in the context of their strip, and a vector for the strip.

A pre-norm transformer encoder (Vaswani et al. 2017; Xiong et al. 2020), pooled by attention with one learned
query.  Module names are those of the published checkpoint, so that its weights load key by key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import normalize

from models.revisions import STRIP_ENCODER
from models.strip_tasks import (
    CaptionRelevanceHead,
    CharacterCoherenceHead,
    ClosureHead,
    PanelPickingHead,
    ReadingOrderHead,
    TextClozeHead,
)
from models.weights import initialise, load_weights, read_stored_model, weights_sha256
from warehouse.contracts import PANEL_DIM, STRIP_LENGTH, ModelIdentity, StripVectors
from warehouse.errors import ModelError

_SEED = 2026
_BATCH = 32


@dataclass(frozen=True, slots=True)
class StripEncoderConfig:
    """The shape of a strip encoder.

    content_norm: length given to each panel vector before its position is added, so that stored unit vectors
    do not drown in the position's, 16 long at 512 dimensions.  The default is that of a LayerNorm's output.
    0 leaves panel vectors as they come: the published weights were trained on vectors not normalised.
    """

    dim: int = PANEL_DIM
    heads: int = 8
    layers: int = 6
    feedforward: int = 2048
    dropout: float = 0.1
    length: int = STRIP_LENGTH
    content_norm: float = PANEL_DIM**0.5

    @classmethod
    def from_stored(cls, config: Mapping[str, Any]) -> Self:
        """The config as `model.json` holds it.  Raises ModelError where it is another model's."""
        try:
            return cls(**config)
        except TypeError as error:
            raise ModelError(f"this is not the config of a strip encoder: {error}") from error


def position_table(length: int, dim: int) -> NDArray[np.float32]:
    """(length, dim): column 2i is sin(position * w), 2i+1 is cos(position * w), w = 10000^(-2i/dim)."""
    angles = np.arange(length)[:, None] * 10000.0 ** (-np.arange(0, dim, 2) / dim)
    return np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(length, dim).astype(np.float32)


class PositionalEncoding(nn.Module):
    """Adds where in the strip a panel stands."""

    pe: Tensor

    def __init__(self, length: int, dim: int, dropout: float):
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.register_buffer("pe", torch.from_numpy(position_table(length, dim)).unsqueeze(0))

    def forward(self, panels: Tensor) -> Tensor:
        return self.dropout(panels + self.pe[:, : panels.shape[1]])


class PanelSequenceTransformer(nn.Module):
    """Contextualises the panels of a strip and pools them."""

    def __init__(self, config: StripEncoderConfig):
        super().__init__()
        self.pos_encoder = PositionalEncoding(config.length, config.dim, config.dropout)
        layer = nn.TransformerEncoderLayer(
            config.dim,
            config.heads,
            config.feedforward,
            config.dropout,
            activation="relu",
            batch_first=True,
            norm_first=True,
        )
        self.transformer_encoder = nn.TransformerEncoder(
            layer, config.layers, nn.LayerNorm(config.dim), enable_nested_tensor=False
        )
        self.strip_query = nn.Parameter(torch.zeros(1, 1, config.dim))
        self.strip_aggregator = nn.MultiheadAttention(
            config.dim, config.heads, config.dropout, batch_first=True
        )

    def forward(self, panels: Tensor, present: Tensor) -> tuple[Tensor, Tensor]:
        """panels (b, n, dim), present (b, n) bool with at least one panel a strip.

        Returns contextualised panels (b, n, dim), whose padded rows mean nothing, and strip vectors (b, dim).
        Padding is masked as key, so its content changes neither.
        """
        padding = ~present
        encoded = self.pos_encoder(panels.masked_fill(padding.unsqueeze(-1), 0.0))
        context = self.transformer_encoder(encoded, src_key_padding_mask=padding)
        query = self.strip_query.expand(len(panels), -1, -1)
        strip, _ = self.strip_aggregator(
            query, context, context, key_padding_mask=padding, need_weights=False
        )
        return context, strip.squeeze(1)


class StripNetwork(nn.Module):
    """The transformer and the seven task heads it is trained with (ComicsPAP, Text-Cloze)."""

    def __init__(self, config: StripEncoderConfig):
        super().__init__()
        self.config = config
        self.sequence_transformer = PanelSequenceTransformer(config)
        self.panel_picking_head = PanelPickingHead(config.dim, config.dropout)
        self.character_coherence_head = CharacterCoherenceHead(config.dim, config.dropout)
        self.visual_closure_head = ClosureHead(config.dim, config.dropout)
        self.text_closure_head = ClosureHead(config.dim, config.dropout)
        self.caption_relevance_head = CaptionRelevanceHead(config.dim)
        self.text_cloze_head = TextClozeHead(config.dim, config.dropout)
        self.reading_order_head = ReadingOrderHead(config.dim)

    def forward(self, panels: Tensor, present: Tensor) -> tuple[Tensor, Tensor]:
        """As PanelSequenceTransformer, after giving the panel vectors their length."""
        if self.config.content_norm:
            panels = normalize(panels, dim=-1) * self.config.content_norm
        return self.sequence_transformer(panels, present)


@torch.no_grad()
def untrained_network(config: StripEncoderConfig) -> StripNetwork:
    """Initial weights: angle-keeping projections, and branches scaled by 1/sqrt(2 layers) as in GPT-2.

    So an untrained context vector is mostly the panel itself, the rest its place and neighbours.
    """
    network = StripNetwork(config)
    initialise(network, _SEED)
    scale = (2 * config.layers) ** -0.5
    for layer in network.sequence_transformer.transformer_encoder.layers:
        assert isinstance(layer, nn.TransformerEncoderLayer)
        layer.self_attn.out_proj.weight.mul_(scale)
        layer.linear2.weight.mul_(scale)
    return network.eval()


class TorchStripEncoder:
    """The strip encoder behind the contract: arrays in, L2-normalised arrays out."""

    def __init__(self, network: StripNetwork, name: str, revision: str, trained: bool):
        self._network = network.eval()
        sha256 = weights_sha256(network.state_dict())
        self.identity = ModelIdentity("strip_encoder", name, revision, network.config.dim, sha256, trained)

    @classmethod
    def untrained(cls, config: StripEncoderConfig | None = None) -> Self:
        """The encoder nobody has trained: the same weights on every machine."""
        network = untrained_network(config or StripEncoderConfig())
        return cls(network, STRIP_ENCODER.name, STRIP_ENCODER.revision, trained=False)

    @classmethod
    def from_folder(cls, folder: Path) -> Self:
        """A stored encoder.  Raises ModelError where its files are unreadable or do not fit."""
        network = StripNetwork(StripEncoderConfig.from_stored(read_stored_model(folder).config))
        stored = load_weights(folder, network)
        return cls(network, stored.name, stored.revision, stored.trained)

    def encode(self, panels: NDArray[np.float32], present: NDArray[np.bool_]) -> StripVectors:
        """Encode b strips; b may be 0.  panels: (b, n, 512) with n up to 16, present: (b, n).

        Raises ValueError for other shapes and for a strip without panels.
        """
        config = self._network.config
        if panels.ndim != 3 or panels.shape[:2] != present.shape or panels.shape[2] != config.dim:
            raise ValueError(
                f"panels {panels.shape} and present {present.shape} are not (b, n, {config.dim}), (b, n)"
            )
        if panels.shape[1] > config.length:
            raise ValueError(f"a strip holds at most {config.length} panels, not {panels.shape[1]}")
        if not present.any(axis=1).all():
            raise ValueError("every strip needs at least one panel")
        context = np.zeros(panels.shape, np.float32)
        strip = np.zeros((len(panels), config.dim), np.float32)
        for start in range(0, len(panels), _BATCH):
            rows = slice(start, start + _BATCH)
            context[rows], strip[rows] = self._forward(panels[rows], present[rows])
        return StripVectors(context, strip)

    @torch.inference_mode()
    def _forward(
        self, panels: NDArray[np.float32], present: NDArray[np.bool_]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        there = torch.from_numpy(np.ascontiguousarray(present, np.bool_))
        context, strip = self._network(torch.from_numpy(np.ascontiguousarray(panels, np.float32)), there)
        context = normalize(context, dim=-1).masked_fill(~there.unsqueeze(-1), 0.0)
        return context.numpy(), normalize(strip, dim=-1).numpy()
