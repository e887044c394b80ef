"""File names of the usual shapes, and of no shape at all."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.books.filename_table import FORMATS, SHAPES
from warehouse.books.filenames import FileNameGuess, parse_filename

NAMES = [
    pytest.param(name, guess, id=f"{shape}: {name}") for shape, rows in SHAPES.items() for name, guess in rows
]
PIECES = (
    "Sea |Tales| - |#|v|c|001|12|(|)|[|]|(of 6)|2019|(2019)|½|.|_|,|第|巻|%20|-1|/|Annual|by A B|T0|of|v."
)


@pytest.mark.parametrize(("name", "guess"), NAMES)
def test_usual_shapes(name: str, guess: FileNameGuess) -> None:
    assert parse_filename(name) == guess


@pytest.mark.parametrize(("name", "expected"), FORMATS)
def test_formats(name: str, expected: str | None) -> None:
    assert parse_filename(name).format == expected


def test_what_else_a_name_holds() -> None:
    guess = parse_filename("Sea Tales 005 (by Ann Dew) (May 1951) (c2c) [Kelp].cbz")
    assert (guess.author, guess.month, guess.remarks) == ("Ann Dew", 5, ("c2c", "Kelp"))


@given(st.text(max_size=80) | st.lists(st.sampled_from(PIECES.split("|")), max_size=30).map("".join))
def test_any_name_is_survived(name: str) -> None:
    guess = parse_filename(name)
    for words in (guess.series, guess.number, guess.title):
        assert words is None or words.strip() == words != ""
        assert words is None or not any("\ue000" <= char <= "\uf8ff" or char < " " for char in words)
    assert guess.year is None or 1830 <= guess.year <= 2099
    assert guess.volume is None or guess.volume >= 0


@pytest.mark.parametrize(
    "piece",
    [*PIECES.split("|"), "(((", "a by A ", "1 of ", "1.", "- ", "I", "十", "(a", "Jan ", "by Ann Dew "],
)
def test_long_names_take_no_time(piece: str) -> None:
    started = time.process_time()
    parse_filename(piece * 400)
    parse_filename("Sea Tales " + piece * 400 + "!")
    assert time.process_time() - started < 0.5
