"""Reading directions where no source says so outright, and how sure the guess is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.books_drawn import cbz, comicinfo, picture
from warehouse.books.direction import CORRECTABLE, guess_direction, shelf_names
from warehouse.books.metadata import BookMetadata, gather_metadata
from warehouse.books.reading import open_book


def gathered(path: Path) -> BookMetadata:
    with open_book(path) as book:
        return gather_metadata(path, book)


def book(
    folder: Path, *, info: bytes | None = None, size: tuple[int, int] = (40, 60), pages: int = 3
) -> Path:
    entries = {f"{seq}.png": picture(seq, size) for seq in range(pages)}
    return cbz(folder / "Tin Owl 001.cbz", entries, info)


@pytest.mark.parametrize(
    ("fields", "direction", "confidence"),
    [
        ({"Manga": "YesAndRightToLeft"}, "rtl", 1.0),
        ({"Manga": "No"}, "ltr", 1.0),
        ({"Manga": "Yes", "LanguageISO": "ja"}, "rtl", 0.95),
        ({"LanguageISO": "ja"}, "rtl", 0.85),
        ({"LanguageISO": "he"}, "rtl", 0.85),
        ({"Genre": "Manga, Drama"}, "rtl", 0.75),
        ({"Genre": "Manga", "LanguageISO": "en"}, "rtl", 0.65),
        ({"Publisher": "Kodansha"}, "rtl", 0.75),
        ({"LanguageISO": "en"}, "ltr", 0.75),
        ({"LanguageISO": "zh"}, "ltr", 0.6),
        ({}, "ltr", 0.6),
    ],
)
def test_what_is_said_is_sure_and_the_rest_a_guess(
    tmp_path: Path, fields: dict[str, str], direction: str, confidence: float
) -> None:
    known = gathered(book(tmp_path, info=comicinfo(**fields)))
    assert (known.direction, known.direction_confidence) == (direction, confidence)


def test_shelves_tell_their_kind(tmp_path: Path) -> None:
    assert gathered(book(tmp_path / "Manga" / "Tin Owl")).direction == "rtl"
    assert gathered(book(tmp_path / "Comics" / "Tin Owl")).direction == "ltr"
    assert gathered(book(tmp_path / "why I gave up on manga" / "Tin Owl")).direction == "ltr"


def test_words_are_whole_words() -> None:
    assert guess_direction(["Mangan and other metals"], None).direction == "ltr"
    assert guess_direction(["Big_Manga_Box"], None).direction == "rtl"
    assert guess_direction(["少年漫画選集"], None).direction == "rtl"


def test_tall_pages_are_surer_the_more_there_are(tmp_path: Path) -> None:
    all_tall = gathered(book(tmp_path / "a", size=(40, 120)))
    assert (all_tall.direction, all_tall.direction_confidence) == ("vertical", 0.95)
    entries = {f"{seq}.png": picture(seq, (40, 60 if seq == 0 else 120)) for seq in range(3)}
    most = gathered(cbz(tmp_path / "b.cbz", entries))
    assert most.direction == "vertical"
    assert CORRECTABLE <= most.direction_confidence < 0.95


def test_names_of_shelves(tmp_path: Path) -> None:
    path = Path("/books/My Manga/Tin Owl/Volume 1/Tin Owl v01.cbz")
    assert shelf_names(path) == ["Tin Owl v01", "Volume 1", "Tin Owl", "My Manga"]
