"""File names of the usual shapes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.books.filenames import FileNameGuess, parse_filename

NAMES: list[tuple[str, FileNameGuess]] = [
    ("Sea Tales #001 (2021).cbz", FileNameGuess("Sea Tales", "1", year=2021)),
    ("Sea Tales 001 (of 06) (2019) (Digital) (A-Group).cbz", FileNameGuess("Sea Tales", "1", None, 2019, 6)),
    ("Sea Tales #5 of 6.cbz", FileNameGuess("Sea Tales", "5", of_count=6)),
    ("Sea Tales 5 (of 6).cbr", FileNameGuess("Sea Tales", "5", of_count=6)),
    ("Ninja Road v01 c003.cbz", FileNameGuess("Ninja Road", "3", 1)),
    ("Ninja Road v12 (2015) (Digital).cbz", FileNameGuess("Ninja Road", None, 12, 2015)),
    ("Ninja Road Vol. 3.cbz", FileNameGuess("Ninja Road", None, 3)),
    ("Ninja Road Volume 4 - Storms.cbz", FileNameGuess("Ninja Road", None, 4, title="Storms")),
    ("Ninja Road v01-03.cbz", FileNameGuess("Ninja Road", None, 1)),
    ("[Scans] Ninja Road - c012.5 (v02).cbz", FileNameGuess("Ninja Road", "12.5", 2)),
    ("Ninja Road Chapter 10.cbz", FileNameGuess("Ninja Road", "10")),
    ("Ninja Road ep 12.cbz", FileNameGuess("Ninja Road", "12")),
    ("Ninja Road 003 v2.cbz", FileNameGuess("Ninja Road", "3", 2)),
    ("ハルコ 第01巻.cbz", FileNameGuess("ハルコ", None, 1)),
    ("ハルコ 第3話.cbz", FileNameGuess("ハルコ", "3")),
    ("Les Marins - T04 - La Tempête.cbz", FileNameGuess("Les Marins", None, 4, title="La Tempête")),
    ("Les Marins Tome 4.pdf", FileNameGuess("Les Marins", None, 4)),
    ("Moon Patrol Annual 2 (1987).cbz", FileNameGuess("Moon Patrol Annual", "2", year=1987)),
    ("Moon Patrol Annual #01.cbz", FileNameGuess("Moon Patrol Annual", "1")),
    ("Moon Patrol Annual 1987.cbz", FileNameGuess("Moon Patrol Annual", "1987", year=1987)),
    ("Moon Patrol Special 1.cbz", FileNameGuess("Moon Patrol Special", "1")),
    ("Moon Patrol #½ (1998).cbz", FileNameGuess("Moon Patrol", "½", year=1998)),
    ("Moon Patrol #1.MU (2017).cbz", FileNameGuess("Moon Patrol", "1.MU", year=2017)),
    ("Moon Patrol 001.MU (2017).cbz", FileNameGuess("Moon Patrol", "1.MU", year=2017)),
    ("Moon Patrol #-1 (1997).cbz", FileNameGuess("Moon Patrol", "-1", year=1997)),
    ("Moon Patrol 10.5.cbz", FileNameGuess("Moon Patrol", "10.5")),
    ("Moon Patrol 010a (1960).cbz", FileNameGuess("Moon Patrol", "10a", year=1960)),
    ("Moon Patrol 1,000,000 (1998).cbz", FileNameGuess("Moon Patrol", "1000000", year=1998)),
    ("Moon Patrol 005-006 (1951).cbz", FileNameGuess("Moon Patrol", "5-6", year=1951)),
    ("Sea Tales - The Drowned Bell.cbz", FileNameGuess("Sea Tales", title="The Drowned Bell")),
    ("Sea Tales 012 - The Bell (1951).cbz", FileNameGuess("Sea Tales", "12", None, 1951, None, "The Bell")),
    ("Sea Tales - 005 - The Bell.cbz", FileNameGuess("Sea Tales", "5", title="The Bell")),
    ("Sea Tales #001 (1950) The Bell.cbz", FileNameGuess("Sea Tales", "1", None, 1950, None, "The Bell")),
    ("Sea_Tales_012_(1951).cbz", FileNameGuess("Sea Tales", "12", year=1951)),
    ("Sea.Tales.012.(1951).(Digital).cbz", FileNameGuess("Sea Tales", "12", year=1951)),
    ("Sea.Tales.v03.012.cbz", FileNameGuess("Sea Tales", "12", 3)),
    ("Sea%20Tales%20005.cbz", FileNameGuess("Sea Tales", "5")),
    ("sea-tales-005.cbz", FileNameGuess("sea-tales", "5")),
    ("sea-tales-05-en.cbz", FileNameGuess("sea-tales", "5")),
    ("52 Doors #07 (2006).cbz", FileNameGuess("52 Doors", "7", year=2006)),
    ("52 Doors 07 (2006).cbz", FileNameGuess("52 Doors", "7", year=2006)),
    ("2020 Visions of Dew 03.cbz", FileNameGuess("2020 Visions of Dew", "3")),
    ("100 Kites of Light.cbz", FileNameGuess("100 Kites of Light")),
    ("Robot 13 #4.cbz", FileNameGuess("Robot 13", "4")),
    ("Robot 13 004 (2010).cbz", FileNameGuess("Robot 13", "4", year=2010)),
    ("Spy-Cat 2299 #3.cbz", FileNameGuess("Spy-Cat 2299", "3")),
    ("007 - Danger.cbz", FileNameGuess("Danger", "7")),
    ("001.cbz", FileNameGuess(None, "1")),
    ("Sea Tales 2001-05-12.cbz", FileNameGuess("Sea Tales", year=2001)),
    ("Sea Tales #5 (May 1951).cbz", FileNameGuess("Sea Tales", "5", year=1951)),
    ("Sea Tales #5 (1951-05).cbz", FileNameGuess("Sea Tales", "5", year=1951)),
    ("Sea Tales (1951) #5.cbz", FileNameGuess("Sea Tales", "5", year=1951)),
    ("Sea Tales (1951-1954) 005.cbz", FileNameGuess("Sea Tales", "5", year=1951)),
    ("Sea Tales V1951 #5.cbz", FileNameGuess("Sea Tales", "5", 1951)),
    ("Sea Tales no. 5.cbz", FileNameGuess("Sea Tales", "5")),
    ("Sea Tales Issue 5.cbz", FileNameGuess("Sea Tales", "5")),
    ("Sea Tales #1999.cbz", FileNameGuess("Sea Tales", "1999")),
    ("Sea Tales (2016).cbz", FileNameGuess("Sea Tales", year=2016)),
    ("The Boat (One-Shot) (c2c).cbz", FileNameGuess("The Boat")),
    ("Comics/Sea Tales/Sea Tales 05.cbz", FileNameGuess("Sea Tales", "5")),
    ("", FileNameGuess()),
]


@pytest.mark.parametrize(("name", "guess"), NAMES, ids=[name for name, _ in NAMES])
def test_usual_shapes(name: str, guess: FileNameGuess) -> None:
    assert parse_filename(name) == guess


@given(st.text(max_size=80) | st.text("Sea #v0123456789.½()[]-_c of,第巻", max_size=60))
def test_any_name_is_survived(name: str) -> None:
    guess = parse_filename(name)
    assert guess.series is None or guess.series.strip() == guess.series != ""
    assert guess.number is None or "\0" not in guess.number
    assert guess.year is None or 1830 <= guess.year <= 2099
