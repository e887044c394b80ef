"""What a person says of a book: it counts, it stays, and it can be taken back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.books_drawn import cbz, comicinfo, picture
from tests.database_rows import all_rows
from tests.edits import again, edit, shown
from warehouse import config
from warehouse.books.facts import FIELDS
from warehouse.cli.edit import FIELDS as OPTIONS
from warehouse.database.connection import Connection, Database
from warehouse.errors import QueryError
from warehouse.records import STAGES

INFO = comicinfo(Series="Tin Owl", Number="3", Year="1999", Month="4", Title="Rust", Publisher="Tinworks",
                 LanguageISO="en", Genre="Horror, Noir")  # fmt: skip


@pytest.fixture
def book(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book of three pages in a warehouse that commands reach."""
    monkeypatch.setenv(config.DATABASE_URL, database.url)
    path = cbz(tmp_path / "Tin Owl 003.cbz", {f"{seq}.png": picture(seq) for seq in range(3)}, INFO)
    again(database, path)
    return path


def row(connection: Connection) -> tuple[Any, ...]:
    [found] = connection.execute(
        "select s.name, b.number, b.number_sort, s.volume, b.title, b.year, b.month, s.publisher, b.language,"
        " b.reading_direction, b.direction_confidence, b.metadata ->> 'format'"
        " from book b join series s on s.id = b.series_id"
    ).fetchall()
    return tuple(found)


def test_the_options_are_the_fields() -> None:
    assert tuple(FIELDS) == OPTIONS


def test_every_field_is_set_and_says_person(book: Path, connection: Connection) -> None:
    done = edit(
        str(book), "--series", "Iron Owl", "--number", "4½", "--volume", "2", "--title", "Oil", "--year",
        "2001", "--month", "12", "--publisher", "Ironworks", "--language", "French", "--direction", "rtl",
        "--format", "Annual",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert row(connection) == (
        "Iron Owl", "4½", 4.5, 2, "Oil", 2001, 12, "Ironworks", "fr", "rtl", 1.0, "Annual"
    )  # fmt: skip
    sources = shown(str(book))["facts"]["sources"]
    assert {sources[key] for key in FIELDS.values()} == {"person"}


def test_an_edit_survives_another_reading_and_a_new_version(
    book: Path, connection: Connection, database: Database
) -> None:
    edit(book.name, "--title", "Oil", "--publisher", "Ironworks", "--add-tag", "genre=Western",
         "--remove-tag", "genre=Noir")  # fmt: skip
    connection.execute("update work set revision = 'older', state = 'ready' where stage = 'pages'")
    again(database, book)
    new = comicinfo(Series="Tin Owl", Number="5", Title="Dust", Publisher="Other", Genre="Noir, Drama")
    cbz(book, {"0.png": picture(9)}, new)
    os.utime(book, ns=(1, 1))
    assert again(database, book) == {"ingested": 1}
    assert row(connection)[:8] == ("Tin Owl", "5", 5, None, "Oil", None, None, "Ironworks")
    tags = connection.execute("select kind, name, source from tag order by name").fetchall()
    assert tags == [("genre", "Drama", "comicinfo"), ("genre", "Western", "person")]
    found = shown(book.name)["found"]
    assert (found["title"], found["publisher"]) == ("Dust", "Other")


def test_clearing_goes_back_to_what_the_file_says(book: Path, connection: Connection) -> None:
    before = all_rows(connection)
    edit(str(book), "--series", "Iron Owl", "--title", "", "--year", "2001", "--language", "ja",
         "--direction", "vertical", "--add-tag", "genre=Western", "--remove-tag", "genre=Noir",
         "--page-type", "2=letters")  # fmt: skip
    assert row(connection)[4] is None
    done = edit(str(book), "--clear", "series", "--clear", "title", "--clear", "year", "--clear", "language",
                "--clear", "direction", "--clear", "tags", "--page-type", "2=none")  # fmt: skip
    assert done.exit_code == 0, done.output
    after = all_rows(connection)
    assert after["book"] == before["book"]
    assert after["tag"] == before["tag"]
    assert after["page"] == before["page"]
    assert connection.execute("select count(*) from book_edit").fetchall() == [(0,)]


@pytest.mark.parametrize(
    ("arguments", "stages"),
    [
        (("--direction", "rtl"), ["panels", "text", "page_types", "panel_vectors", "strips"]),
        (("--direction", "vertical"), [*STAGES]),
        (("--language", "fr"), ["text", "page_types", "panel_vectors", "strips"]),
        (("--page-type", "2=advertisement"), ["panel_vectors", "strips"]),
        (("--page-type", "1=back_cover"), []),
        (("--title", "Oil"), []),
        (("--direction", "ltr"), []),
    ],
)
def test_stages_that_depend_on_it_are_done_again(
    book: Path, connection: Connection, database: Database, arguments: tuple[str, ...], stages: list[str]
) -> None:
    done = edit(str(book), *arguments)
    ready = connection.execute("select stage from work where state in ('ready', 'waiting')").fetchall()
    assert sorted(stage for (stage,) in ready) == sorted(stages)
    assert ("warehouse ingest" in done.stderr) == bool(stages)
    assert all(stage in done.stderr for stage in stages)
    assert again(database, book) == ({"ingested": 1} if stages else {"skipped": 1})
    assert connection.execute("select status from book").fetchall() == [("ready",)]


def test_right_to_left_turns_the_panels(book: Path, connection: Connection, database: Database) -> None:
    edit(str(book), "--direction", "rtl")
    again(database, book)
    first = connection.execute("select distinct x > 0, y from panel where seq = 0").fetchall()
    assert first == [(True, 0)]


def test_page_types_are_labels(book: Path, connection: Connection) -> None:
    edit(str(book), "--page-type", "1=story", "--page-type", "3=back_cover")
    found = connection.execute(
        "select seq, labelled_type, page_type, story_start from page order by seq"
    ).fetchall()
    assert found == [
        (0, "story", "story", True), (1, None, "story", False), (2, "back_cover", "back_cover", False)
    ]  # fmt: skip


def test_a_book_is_named_by_path_file_or_id(book: Path, connection: Connection, database: Database) -> None:
    [(book_id,)] = connection.execute("select id from book").fetchall()
    other = cbz(book.parent / "more" / book.name, {"0.png": picture(7)})
    for name in (str(book), book.name, str(book_id)):
        assert shown(name)["book_id"] == book_id
    again(database, other)
    assert shown(str(book))["book_id"] == book_id
    done = edit(book.name)
    assert isinstance(done.exception, QueryError)
    assert done.exception.code == "book-ambiguous"
    assert "by its id" in str(done.exception)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--year", "nineteen"), "edit-unusable", "1000 to 9999"),
        (("--month", "13"), "edit-unusable", "1 to 12"),
        (("--volume", "-1"), "edit-unusable", "digits"),
        (("--direction", "up"), "edit-unusable", "ltr, rtl, vertical"),
        (("--language", "klingonish"), "edit-unusable", "two letters"),
        (("--series", "  "), "edit-unusable", "--clear series"),
        (("--title", "a\0b"), "edit-unusable", "plain text"),
        (("--number", "9" * 100), "edit-unusable", "64"),
        (("--add-tag", "Horror"), "edit-unusable", "genre=Horror"),
        (("--add-tag", "mood=Dark"), "edit-unusable", "genre"),
        (("--remove-tag", "genre=Romance"), "tag-unknown", "Horror, Noir"),
        (("--page-type", "0=cover"), "edit-unusable", "first page is 1"),
        (("--page-type", "1=jacket"), "edit-unusable", "back_cover"),
        (("--page-type", "9=cover"), "page-unknown", "no page 9"),
    ],
)
def test_what_cannot_be_used_changes_nothing(
    book: Path, connection: Connection, arguments: tuple[str, ...], code: str, said: str
) -> None:
    before = all_rows(connection)
    done = edit(str(book), "--title", "Oil", *arguments)
    assert isinstance(done.exception, QueryError)
    assert done.exception.code == code
    assert said in str(done.exception)
    assert "\n" not in str(done.exception)
    assert all_rows(connection) == before


def test_without_options_it_shows_each_value_and_its_source(book: Path) -> None:
    edit(str(book), "--title", "Oil")
    lines = edit(str(book)).stdout.splitlines()
    assert lines[0].endswith(str(book))
    title = next(line for line in lines if line.startswith("title"))
    assert title.split() == ["title", "Oil", "person", "Rust"]
    assert next(line for line in lines if line.startswith("series")).split()[:4] == [
        "series",
        "Tin",
        "Owl",
        "comicinfo",
    ]


def test_a_book_that_was_never_read_can_be_named(
    database: Database, connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(config.DATABASE_URL, database.url)
    path = tmp_path / "broken.cbz"
    path.write_bytes(b"half a download")
    again(database, path)
    assert edit(str(path), "--series", "Iron Owl", "--number", "1").exit_code == 0
    cbz(path, {"0.png": picture(1)}, INFO)
    assert again(database, path) == {"ingested": 1}
    assert row(connection)[:2] == ("Iron Owl", "1")
