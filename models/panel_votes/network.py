"""The network: from a grey page to votes, one a cell of 8 x 8 pixels.

A U-Net (Ronneberger et al. 2015) whose lowest level attends to the whole page (Vaswani et al. 2017).  Each
cell tells whether it is inside a panel and how far the four edges of that panel are (FCOS, Tian et al. 2019).
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

CELL = 8
"""Pixels a side of a cell."""

PAD_TO = 32
"""Pixels: width and height of what is given to the network are multiples of it."""


@dataclass(frozen=True, slots=True)
class VoteNetworkConfig:
    """Channels at 1/4, 1/8, 1/16 and 1/32 of the size.  layers: of attention.  heads: divide the last."""

    channels: tuple[int, int, int, int] = (24, 40, 64, 96)
    layers: int = 2
    heads: int = 4


@dataclass(frozen=True, slots=True)
class Votes:
    """What the network says of n pages of rows x columns cells; logits, but for the distances.

    inside: (n, rows, columns) whether a panel is there.  edge: whether one ends there.  quality: how much
    the box voted for will overlap the panel's.  distances: (n, 4, rows, columns) from the middle of the cell
    to the left, top, right and bottom of its panel, in cells, at least 0.
    """

    inside: Tensor
    edge: Tensor
    quality: Tensor
    distances: Tensor


class PanelVoteNetwork(nn.Module):
    """Takes pages (n, 1, height, width) from -1 (black) to 1 (white), 0 where there is no page."""

    def __init__(self, config: VoteNetworkConfig | None = None):
        super().__init__()
        self.config = config = config or VoteNetworkConfig()
        quarter, eighth, sixteenth, lowest = config.channels
        self.stem = nn.Sequential(nn.PixelUnshuffle(4), _convolution(16, quarter))
        self.eighth = nn.Sequential(_convolution(quarter, eighth, stride=2), _Residual(eighth))
        self.sixteenth = nn.Sequential(_convolution(eighth, sixteenth, stride=2), _Residual(sixteenth))
        self.lowest = nn.Sequential(
            _convolution(sixteenth, lowest, stride=2), _Residual(lowest), _Residual(lowest)
        )
        self.places = nn.Linear(_PLACES, lowest)
        self.attention = nn.ModuleList(
            nn.TransformerEncoderLayer(
                lowest, config.heads, 2 * lowest, dropout=0.0, batch_first=True, norm_first=True
            )
            for _ in range(config.layers)
        )
        self.to_sixteenth = nn.Conv2d(lowest, sixteenth, 1)
        self.at_sixteenth = _Residual(sixteenth)
        self.to_eighth = nn.Conv2d(sixteenth, eighth, 1)
        self.at_eighth = _Residual(eighth)
        self.head = nn.Conv2d(eighth, 7, 1)

    def forward(self, pages: Tensor) -> Votes:
        eighth = self.eighth(self.stem(pages))
        sixteenth = self.sixteenth(eighth)
        lowest = self._attend(self.lowest(sixteenth))
        sixteenth = self.at_sixteenth(sixteenth + _doubled(self.to_sixteenth(lowest)))
        eighth = self.at_eighth(eighth + _doubled(self.to_eighth(sixteenth)))
        said = self.head(eighth)
        return Votes(said[:, 0], said[:, 1], said[:, 2], functional.softplus(said[:, 3:]) * _USUAL)

    def _attend(self, features: Tensor) -> Tensor:
        count, channels, rows, columns = features.shape
        cells = features.flatten(2).transpose(1, 2)  # (n, rows * columns, channels)
        cells = cells + self.places(_place_features(rows, columns, features))
        for layer in self.attention:
            cells = layer(cells)
        return cells.transpose(1, 2).reshape(count, channels, rows, columns)


_USUAL = 16.0
"""Cells: the scale of a distance."""

_WAVES = (0.5, 1.0, 2.0, 4.0, 8.0)
_PLACES = 4 * len(_WAVES)


def _place_features(rows: int, columns: int, like: Tensor) -> Tensor:
    """(rows * columns, _PLACES): sines and cosines of where a cell is, waves a page of 16 cells."""
    y, x = torch.meshgrid(
        torch.arange(rows, dtype=like.dtype, device=like.device),
        torch.arange(columns, dtype=like.dtype, device=like.device),
        indexing="ij",
    )
    turns = [place.flatten() * (2 * torch.pi * wave / 16) for place in (x, y) for wave in _WAVES]
    return torch.stack([wave(turn) for turn in turns for wave in (torch.sin, torch.cos)], dim=1)


def _doubled(features: Tensor) -> Tensor:
    return functional.interpolate(features, scale_factor=2, mode="nearest")


def _convolution(before: int, after: int, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(before, after, 3, stride, 1, bias=False), nn.BatchNorm2d(after), nn.ReLU(inplace=True)
    )


class _Residual(nn.Module):
    """Two convolutions beside the way straight through (He et al. 2016)."""

    def __init__(self, channels: int):
        super().__init__()
        self.first = _convolution(channels, channels)
        self.second = nn.Conv2d(channels, channels, 3, 1, 1, bias=False)
        self.norm = nn.BatchNorm2d(channels)

    def forward(self, features: Tensor) -> Tensor:
        return functional.relu(features + self.norm(self.second(self.first(features))))
