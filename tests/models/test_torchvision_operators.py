"""Non-maximum suppression and RoIAlign, against torchvision's own definitions of them."""

from __future__ import annotations

import sys

import pytest
import torch
from torch import Tensor

from models.torchvision_operators import nms, provide_operators, roi_align
from tests.models.regions import random_boxes


def compiled_kernel_in_python(*arguments: object) -> Tensor:
    """torchvision's transcription of its CUDA kernel, before it is compiled."""
    provide_operators()
    return sys.modules["torchvision.ops.roi_align"]._roi_align.__wrapped__(*arguments)


@pytest.mark.parametrize("aligned", [False, True])
@pytest.mark.parametrize("sampling_ratio", [2, -1])
def test_roi_align_is_torchvisions(sampling_ratio: int, aligned: bool) -> None:
    features = torch.randn(2, 3, 20, 31, generator=torch.Generator().manual_seed(1))
    boxes = random_boxes(40, 78, seed=2)
    boxes[0] = torch.tensor([0.0, 0.0, 124.0, 80.0])  # the whole of it
    boxes[1] = torch.tensor([12.0, 12.0, 12.4, 12.2])  # smaller than a point
    rois = torch.cat([torch.arange(40)[:, None] % 2, boxes], dim=1)
    arguments = (0.25, 7, 5, sampling_ratio, aligned)
    ours = roi_align(features, rois, (7, 5), 0.25, sampling_ratio, aligned)
    assert ours.shape == (40, 3, 7, 5)
    torch.testing.assert_close(
        ours, compiled_kernel_in_python(features, rois, *arguments), atol=1e-4, rtol=1e-4
    )


def test_nothing_is_seen_beyond_the_edges() -> None:
    features = torch.ones(1, 1, 10, 10)
    rois = torch.tensor([[0.0, 4, 4, 8, 8], [0.0, 20, 20, 24, 24], [0.0, -12, 2, 8, 6]])
    inside, outside, across = roi_align(features, rois, (2, 2), 1.0, 2)
    assert torch.equal(inside, torch.ones(1, 2, 2))
    assert torch.equal(outside, torch.zeros(1, 2, 2))
    assert across.tolist() == [[[0.0, 1.0], [0.0, 1.0]]]


def test_roi_align_of_boxes_by_image() -> None:
    features = torch.randn(2, 3, 20, 31, generator=torch.Generator().manual_seed(1))
    first, second = random_boxes(3, 20, seed=3), random_boxes(2, 20, seed=4)
    rois = torch.cat(
        [torch.cat([torch.full((len(own), 1), n), own], 1) for n, own in ((0, first), (1, second))]
    )
    assert torch.equal(roi_align(features, [first, second], 4), roi_align(features, rois, 4))
    assert roi_align(features, [first[:0], second[:0]], 4).shape == (0, 3, 4, 4)


def suppressed_one_by_one(boxes: Tensor, scores: Tensor, threshold: float) -> list[int]:
    """The definition: the best box is kept, what it covers goes, and so on."""
    left = sorted(range(len(boxes)), key=lambda place: -float(scores[place]))
    kept = []
    while left:
        best, left = left[0], left[1:]
        kept.append(best)
        left = [place for place in left if iou(boxes[best], boxes[place]) <= threshold]
    return kept


def iou(one: Tensor, other: Tensor) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    shared = max(0.0, float(width)) * max(0.0, float(height))
    areas = [float((box[2] - box[0]) * (box[3] - box[1])) for box in (one, other)]
    return shared / (sum(areas) - shared)


@pytest.mark.parametrize("threshold", [0.3, 0.7])
def test_nms_is_its_definition(threshold: float) -> None:
    boxes = random_boxes(200, 60, seed=5)
    scores = torch.rand(200, generator=torch.Generator().manual_seed(6))
    kept = nms(boxes, scores, threshold)
    assert kept.tolist() == suppressed_one_by_one(boxes, scores, threshold)
    assert 3 < len(kept) < 200
    assert nms(boxes[:0], scores[:0], threshold).tolist() == []


def test_torchvision_uses_them() -> None:
    provide_operators()
    from torchvision.ops import batched_nms

    boxes = torch.tensor([[0.0, 0, 10, 10], [1, 1, 10, 10], [1, 1, 10, 10]])
    kept = batched_nms(boxes, torch.tensor([0.5, 0.9, 0.8]), torch.tensor([1, 1, 2]), 0.5)
    assert kept.tolist() == [1, 2]
