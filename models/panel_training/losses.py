"""How wrong votes are."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from models.panel_votes.network import Votes


@dataclass(frozen=True, slots=True)
class Losses:
    """Means over a batch.  overlap: mean IoU of the boxes voted for, for the eye only."""

    total: Tensor
    inside: float
    overlap: float


def losses(
    votes: Votes, present: Tensor, inside: Tensor, edge: Tensor, distances: Tensor, weight: Tensor
) -> Losses:
    """Cross-entropy of the maps; generalised IoU (Rezatofighi et al. 2019) and distances of the boxes."""
    cells = present.sum().clamp(min=1)

    def entropy(said: Tensor, true: Tensor, counts: Tensor) -> Tensor:
        return (functional.binary_cross_entropy_with_logits(said, true, reduction="none") * counts).sum()

    share = weight / weight.sum().clamp(min=1e-6)
    iou, generalised = _overlaps(votes.distances, distances)
    apart = functional.smooth_l1_loss(votes.distances, distances, reduction="none", beta=2.0).mean(dim=1) / 8
    of_inside = entropy(votes.inside, inside, present) / cells
    of_edge = entropy(votes.edge, edge, present) / cells
    of_quality = entropy(votes.quality, iou.detach(), share)
    of_boxes = ((1 - generalised + apart) * share).sum()
    total = of_inside + 0.5 * of_edge + 0.3 * of_quality + 1.5 * of_boxes
    return Losses(total, float(of_inside.detach()), float((iou * share).sum().detach()))


def _overlaps(said: Tensor, true: Tensor) -> tuple[Tensor, Tensor]:
    """IoU and generalised IoU of boxes around the same point, each (n, rows, columns)."""
    shared_w = torch.minimum(said[:, 0], true[:, 0]) + torch.minimum(said[:, 2], true[:, 2])
    shared_h = torch.minimum(said[:, 1], true[:, 1]) + torch.minimum(said[:, 3], true[:, 3])
    hull_w = torch.maximum(said[:, 0], true[:, 0]) + torch.maximum(said[:, 2], true[:, 2])
    hull_h = torch.maximum(said[:, 1], true[:, 1]) + torch.maximum(said[:, 3], true[:, 3])
    shared, hull = shared_w * shared_h, (hull_w * hull_h).clamp(min=1e-6)
    area = (said[:, 0] + said[:, 2]) * (said[:, 1] + said[:, 3])
    union = (area + (true[:, 0] + true[:, 2]) * (true[:, 1] + true[:, 3]) - shared).clamp(min=1e-6)
    iou = shared / union
    return iou, iou - (hull - union) / hull
