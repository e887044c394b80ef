"""Readers on damaged books and on bytes that only begin like one: pages or coded errors, and soon."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.arena import LIMITS, listed_codes
from tests.fuzz.damage import damaged, mutant
from tests.fuzz.seeds import Seed, seeds
from warehouse.books.images import normalise, upright_size
from warehouse.books.looking import look
from warehouse.books.metadata import gather_metadata
from warehouse.books.reading import open_book
from warehouse.errors import BookError, PageError

CODES = listed_codes()
BOOKS = seeds()
PICTURES = [seed.data for seed in BOOKS if seed.kind == "image"]
MAGIC = [seed.data[:length] for seed in BOOKS for length in (4, 16, 300)]
SECONDS = 5.0
THOROUGH = settings(
    deadline=None,  # each example is timed below, by the time of the processor
    max_examples=150,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def codes_of(path: Path) -> set[str]:
    """The codes that come out of reading a book in every way; any other error is raised."""
    found = set()
    try:
        with open_book(path, LIMITS) as book:
            gather_metadata(path, book)
            for seq in range(min(len(book.entries), 12)):
                for read in (book.look, book.page_pixels, book.page_size, book.page_bytes):
                    try:
                        read(seq)
                    except PageError as fault:
                        found.add(fault.code)
    except BookError as fault:
        found.add(fault.code)
    return found


def read_in_time(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    started = time.process_time()
    assert codes_of(path) <= CODES
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize("seed", BOOKS, ids=lambda seed: seed.kind)
def test_undamaged_books_are_read_whole(tmp_path: Path, seed: Seed) -> None:
    path = tmp_path / f"book{seed.suffix}"
    path.write_bytes(seed.data)
    assert codes_of(path) <= {"reader-missing"}


@THOROUGH
@given(place=st.integers(0, 2**32))
def test_damaged_books(tmp_path: Path, place: int) -> None:
    made = mutant(BOOKS, 99, place)
    read_in_time(tmp_path / f"book{made.suffix}", made.data)


@THOROUGH
@given(beginning=st.sampled_from(MAGIC), rest=st.binary(max_size=700))
def test_bytes_that_begin_like_a_book(tmp_path: Path, beginning: bytes, rest: bytes) -> None:
    read_in_time(tmp_path / "book.cbz", beginning + rest)


@THOROUGH
@given(picture=st.sampled_from(PICTURES), dice=st.integers(0, 2**32))
def test_damaged_pictures(picture: bytes, dice: int) -> None:
    data = damaged(picture, random.Random(dice))  # noqa: S311
    for read in (normalise, upright_size, look):
        try:
            read(data, LIMITS)
            code = None
        except PageError as fault:
            code = fault.code
        assert code is None or code in CODES
