"""Streams of pictures through an encoder, a batch at a time, so that only one batch is held."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice

import numpy as np

from warehouse.contracts import Pixels, Vectors


def batched_encode(
    encode: Callable[[Sequence[Pixels]], Vectors], pictures: Iterable[Pixels], dim: int, size: int
) -> Vectors:
    """Encode all pictures, `size` at a time; returns (n, dim) float32, also for none."""
    stream = iter(pictures)
    parts = []
    while batch := list(islice(stream, size)):
        parts.append(encode(batch))
    return np.concatenate(parts) if parts else np.empty((0, dim), np.float32)
