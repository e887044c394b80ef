"""Boxes in tensors."""

from __future__ import annotations

import torch
from torch import Tensor


def random_boxes(count: int, extent: float, seed: int) -> Tensor:
    """(count, 4) x1 y1 x2 y2 within so many pixels, none empty."""
    corners = torch.rand(count, 2, 2, generator=torch.Generator().manual_seed(seed)) * extent
    return torch.cat([corners.amin(dim=1), corners.amax(dim=1) + 1], dim=1)
