"""Two operators of torchvision in torch alone, for builds that come without the compiled ones.

Faster R-CNN needs both at inference: non-maximum suppression, and RoIAlign (He et al. 2017, "Mask R-CNN").
They give what the compiled ones give, to rounding.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import Any

import torch
from torch import Tensor, nn

from models.torch_runtime import prepare_torch

_REGIONS_AT_ONCE = 128  # of 256 channels at 14 x 14 points: 25 MB


@cache
def provide_operators() -> None:
    """Let torchvision's `nms` and `roi_align` be these, if its own are missing.  Idempotent."""
    prepare_torch()
    import torchvision

    if torchvision.extension._has_ops():
        return
    names: dict[str, Any] = {"nms": nms, "roi_align": roi_align}
    for module in ("boxes", "poolers"):
        used = vars(sys.modules[f"torchvision.ops.{module}"])
        used.update({name: ours for name, ours in names.items() if name in used})


@torch.no_grad()
def nms(boxes: Tensor, scores: Tensor, iou_threshold: float) -> Tensor:
    """Indices of the boxes that no better one covers, the best first.

    boxes: (n, 4) x1 y1 x2 y2.  scores: (n,).  A box goes where its IoU with a kept one exceeds the threshold.
    """
    order = scores.argsort(descending=True, stable=True)
    covered = (_ious(boxes[order]) > iou_threshold).cpu().numpy()
    gone = torch.zeros(len(order), dtype=torch.bool).numpy()
    kept = []
    for place in range(len(order)):
        if not gone[place]:
            kept.append(place)
            gone |= covered[place]
    return order[torch.tensor(kept, dtype=torch.int64, device=order.device)]


def _ious(boxes: Tensor) -> Tensor:
    """Intersection over union of every two boxes, (n, n)."""
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    low = torch.maximum(boxes[:, None, :2], boxes[None, :, :2])
    high = torch.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    shared = (high - low).clamp(min=0).prod(dim=2)
    return shared / (area[:, None] + area[None, :] - shared)


def roi_align(
    input: Tensor,  # noqa: A002 - torchvision calls it by this name
    boxes: Tensor | list[Tensor],
    output_size: int | tuple[int, int] | list[int],
    spatial_scale: float = 1.0,
    sampling_ratio: int = -1,
    aligned: bool = False,
) -> Tensor:
    """Features of regions, sampled bilinearly and averaged in bins; arguments as torchvision's.

    input: (n, c, height, width).  boxes: (k, 5) image x1 y1 x2 y2, or for each image (l, 4).
    Returns (k, c, *output_size).
    """
    size = (output_size, output_size) if isinstance(output_size, int) else tuple(output_size)
    if not isinstance(boxes, Tensor):
        boxes = torch.cat([nn.functional.pad(own, (1, 0), value=n) for n, own in enumerate(boxes)])
    pooled = input.new_zeros((len(boxes), input.shape[1], *size))
    corners = boxes[:, 1:] * spatial_scale - (0.5 if aligned else 0.0)
    extent = corners[:, 2:] - corners[:, :2]
    if not aligned:
        extent = extent.clamp(min=1)
    bins = extent / extent.new_tensor([size[1], size[0]])
    points = torch.full_like(bins, sampling_ratio) if sampling_ratio > 0 else bins.ceil().clamp(min=0)
    # Regions of one image with equally many points a bin are sampled together.
    kinds = torch.cat([boxes[:, :1], points], dim=1).long()
    for image, across, down in kinds.unique(dim=0).tolist():
        if across == 0 or down == 0:
            continue
        same = (kinds == kinds.new_tensor([image, across, down])).all(dim=1).nonzero()[:, 0]
        for some in same.split(_REGIONS_AT_ONCE):
            x = _points(corners[some, 0], bins[some, 0], size[1], across)
            y = _points(corners[some, 1], bins[some, 1], size[0], down)
            pooled[some] = _sampled(input[image], x, y, (down, across))
    return pooled


def _points(start: Tensor, width: Tensor, bins: int, points: int) -> Tensor:
    """Where regions are sampled along an axis, (k, bins * points)."""
    steps = (torch.arange(bins * points, device=start.device, dtype=start.dtype) + 0.5) / points
    return start[:, None] + steps * width[:, None]


def _sampled(features: Tensor, x: Tensor, y: Tensor, points: tuple[int, int]) -> Tensor:
    """Means over bins of points.  features: (c, height, width).  x, y: (k, across), (k, down)."""
    height, width = features.shape[1:]
    inside_x, inside_y = (x >= -1) & (x <= width), (y >= -1) & (y <= height)
    grid = torch.stack(
        [
            (2 * x.clamp(0, width - 1) / max(width - 1, 1) - 1)[:, None, :].expand(-1, y.shape[1], -1),
            (2 * y.clamp(0, height - 1) / max(height - 1, 1) - 1)[:, :, None].expand(-1, -1, x.shape[1]),
        ],
        dim=3,
    )  # (k, down, across, 2)
    flat = grid.reshape(1, -1, x.shape[1], 2)
    sampled = nn.functional.grid_sample(features[None], flat.to(features), align_corners=True)[0]
    sampled = sampled.reshape(features.shape[0], len(x), y.shape[1], x.shape[1]).transpose(0, 1)
    sampled = sampled * (inside_y[:, None, :, None] & inside_x[:, None, None, :])
    return nn.functional.avg_pool2d(sampled, points)
