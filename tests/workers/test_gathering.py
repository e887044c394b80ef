"""Pictures of several books share batches, and each book gets its own vectors back."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from tests.planted import PixelBackbone, PlantedProfile
from warehouse.contracts import Pixels, Vectors
from workers.gathering import GatheringBackbone, GatheringProfile


class CountingBackbone(PixelBackbone):
    """Remembers the sizes of its batches, and that nobody else was encoding."""

    def __init__(self, pictures_at_once: int) -> None:
        self.pictures_at_once = pictures_at_once
        self.sizes: list[int] = []
        self._busy = threading.Lock()

    def encode(self, pictures: Sequence[Pixels]) -> Vectors:
        assert self._busy.acquire(blocking=False), "two batches at once"
        try:
            self.sizes.append(len(pictures))
            if any(picture.max() == 255 for picture in pictures):
                raise ValueError("white")
            return super().encode(pictures)
        finally:
            self._busy.release()


def pictures_of(book: int, count: int) -> list[Pixels]:
    return [np.full((4, 4, 3), 10 * book + number, np.uint8) for number in range(count)]


def encoded(shared: GatheringBackbone, books: Sequence[Sequence[Pixels]], batch: int) -> list[Vectors]:
    """The vectors of each book, encoded by a thread of its own, so many pictures at a time."""
    together = threading.Barrier(len(books))

    def run(pictures: Sequence[Pixels]) -> Vectors:
        with shared.joined():
            together.wait()
            parts = [shared.encode(pictures[at : at + batch]) for at in range(0, len(pictures), batch)]
        return np.concatenate(parts)

    with ThreadPoolExecutor(len(books)) as pool:
        return list(pool.map(run, books))


def test_batches_are_filled_from_several_books() -> None:
    backbone = CountingBackbone(8)
    books = [pictures_of(book, 8) for book in range(4)]
    found = encoded(GatheringBackbone(backbone), books, batch=2)
    for pictures, vectors in zip(books, found, strict=True):
        np.testing.assert_array_equal(vectors, PixelBackbone().encode(pictures))
    assert sum(backbone.sizes) == 32
    assert max(backbone.sizes) == 8
    assert len(backbone.sizes) <= 8, "four books of four batches each fill few"


def test_books_of_different_length_all_end() -> None:
    backbone = CountingBackbone(1000)
    books = [pictures_of(book, count) for book, count in enumerate((1, 9, 3))]
    found = encoded(GatheringBackbone(backbone), books, batch=4)
    assert [len(vectors) for vectors in found] == [1, 9, 3]


def test_one_that_has_nothing_to_add_holds_nobody_up() -> None:
    shared = GatheringBackbone(CountingBackbone(1000))
    with shared.joined(), shared.joined():
        assert len(shared.encode(pictures_of(1, 2))) == 2


def test_an_error_reaches_everybody_and_the_next_batch_goes_on() -> None:
    shared = GatheringBackbone(CountingBackbone(2))
    with pytest.raises(ValueError, match="white"):
        encoded(shared, [[np.full((4, 4, 3), 255, np.uint8)], pictures_of(1, 1)], batch=1)
    assert len(shared.encode(pictures_of(1, 1))) == 1


def test_a_gathering_profile_is_the_same_profile() -> None:
    planted = PlantedProfile()
    shared = GatheringProfile(planted)
    assert shared.revisions() == planted.revisions()
    assert shared.backbone.identity == planted.backbone.identity
    texts = ["one", "two"]
    np.testing.assert_array_equal(shared.sentences.encode(texts), planted.sentences.encode(texts))
