"""`warehouse dupes` as people and programs see it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from PIL import Image

from tests.books_drawn import cbz, comicinfo, picture
from tests.commands import here
from tests.planted import PlantedProfile
from warehouse.cli.progress import SilentProgress
from warehouse.config import Settings
from warehouse.database.connection import open_database
from warehouse.database.upgrade import ensure_current
from warehouse.ingest import ingest


def said(home: Path, *arguments: str) -> list[str]:
    done = here(home, "dupes", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def bring_in(home: Path, *books: Path) -> None:
    database = open_database(Settings(home=home))
    ensure_current(database)
    assert ingest(books, database, PlantedProfile(), SilentProgress()).exit_code == 0


def issue(folder: Path, number: int, pages: list[bytes]) -> Path:
    return cbz(
        folder / f"Fox {number}.cbz",
        {f"{place:02}.jpg": data for place, data in enumerate(pages)},
        comicinfo(Series="Fox", Number=str(number)),
    )


def saved_smaller(data: bytes) -> bytes:
    file = io.BytesIO()
    with Image.open(io.BytesIO(data)) as image:
        image.resize((240, 360)).save(file, "JPEG")
    return file.getvalue()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two issues, and a collection of both in which the second has been saved again, smaller."""
    home = tmp_path_factory.mktemp("home")
    first = [picture(seed, (480, 720)) for seed in range(3)]
    second = [picture(10 + seed, (480, 720)) for seed in range(3)]
    smaller = [saved_smaller(data) for data in second]
    collected = cbz(
        home / "Fox Collected.cbz",
        {f"{place:02}.jpg": data for place, data in enumerate([picture(99), *first, *smaller])},
        comicinfo(Series="Fox Collected"),
    )
    bring_in(home, issue(home, 1, first), issue(home, 2, second), collected)
    return home


def test_pages(home: Path) -> None:
    lines = said(home, "pages")
    headings = "group book book id page page id bits off match size"
    assert lines[0].split() == headings.split()
    assert sum("canonical" in line for line in lines) == 6
    assert sum("same bytes" in line for line in lines) == 3
    assert sum("same picture" in line for line in lines) == 3
    assert lines[2].split()[:7] == ["1", "Fox", "1", "1", "p.", "1", "1"]
    assert lines[-1].startswith("6 groups; 13 pages compared")
    assert "at most 4 bits apart" in lines[-1]


def test_pages_as_json_and_as_a_sheet(home: Path, tmp_path: Path) -> None:
    found = json.loads("\n".join(said(home, "pages", "--json", "--sheet", str(tmp_path / "s.png"))))
    assert (found["grouping"]["pages"], found["grouping"]["stale"], len(found["groups"])) == (13, False, 6)
    canonical, copy = found["groups"][-1]
    assert (canonical["series"], canonical["is_canonical"], canonical["width"]) == ("Fox", True, 480)
    assert (copy["series"], copy["page_seq"], copy["same_bytes"]) == ("Fox Collected", 6, False)
    with Image.open(tmp_path / "s.png") as sheet:
        assert sheet.height > 6 * 270


def test_exact_pages(home: Path) -> None:
    assert said(home, "pages", "--exact")[-1] == "3 groups; same bytes"


def test_books(home: Path) -> None:
    lines = said(home, "books")
    whole = "Fox Collected [book 3] contains 100% of Fox {n} [book {n}] (3 of 3 pages)"
    assert lines[0] == whole.format(n=1) + ", among its pages 2 to 4, in order"
    assert [Path(line.strip()).name for line in lines[1:3]] == ["Fox Collected.cbz", "Fox 1.cbz"]
    assert lines[3] == whole.format(n=2) + ", among its pages 5 to 7, in order"
    found = json.loads("\n".join(said(home, "books", "--json", "--min-share", "0.3")))
    assert [round(pair["share"], 2) for pair in found["pairs"]] == [1, 1, 0.43, 0.43]


def test_new_books_are_seen_without_asking(home: Path, tmp_path: Path) -> None:
    before = said(home, "books")
    again = issue(tmp_path, 3, [picture(seed, (480, 720)) for seed in (0, 77)])
    bring_in(home, again)
    assert said(home, "books") != before
    assert any(
        "contains 50% of Fox 3 [book 4] (1 of 2 pages), as its page 1" in line for line in said(home, "books")
    )


def test_nothing_to_say(tmp_path: Path) -> None:
    empty = ["no pages to compare yet: bring books in with 'warehouse ingest'"]
    assert said(tmp_path, "pages") == said(tmp_path, "books") == empty
    bring_in(tmp_path, issue(tmp_path, 1, [picture(1), picture(2)]))
    assert said(tmp_path, "pages")[0].startswith("no two pages show the same picture; 2 pages compared")
    assert said(tmp_path, "pages", "--exact", "--series", "owl") == [
        "no two pages have the same bytes in series like 'owl'"
    ]
    assert said(tmp_path, "books")[0].startswith(
        "no book shares 50% of its pages with another; 2 pages compared"
    )


def test_what_cannot_be_asked(home: Path, tmp_path: Path) -> None:
    assert here(home, "dupes", "pages", "--max-distance", "65").returncode == 2
    done = here(home, "dupes", "pages", "--sheet", str(tmp_path / "no" / "s.png"))
    assert done.returncode == 1
    assert "[sheet-unwritable]" in done.stderr
