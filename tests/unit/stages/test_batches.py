"""Pictures go through an encoder a batch at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from warehouse.contracts import Pixels, Vectors
from warehouse.stages.batches import batched_encode


def test_batches_are_full_and_nothing_is_read_ahead() -> None:
    read, sizes = [], []

    def pictures() -> Iterator[Pixels]:
        for shade in range(5):
            read.append(shade)
            yield np.full((2, 2, 3), shade, np.uint8)

    def encode(batch: Sequence[Pixels]) -> Vectors:
        assert len(read) <= sum(sizes) + 2
        sizes.append(len(batch))
        return np.asarray([[picture.mean()] for picture in batch], np.float32)

    assert batched_encode(encode, pictures(), 1, size=2)[:, 0].tolist() == [0, 1, 2, 3, 4]
    assert sizes == [2, 2, 1]


def test_no_pictures_give_no_rows() -> None:
    assert batched_encode(lambda batch: np.zeros((len(batch), 7), np.float32), [], 7, size=2).shape == (0, 7)
