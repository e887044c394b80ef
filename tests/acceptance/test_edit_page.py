"""The reading order of a page's panels as a person says it: applied at once, kept, and taken back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.books_drawn import cbz, picture
from tests.database_rows import all_rows
from tests.edits import again, edit, shown
from warehouse import config
from warehouse.database.connection import Connection, Database
from warehouse.errors import QueryError

LATER = ["page_types", "panel_vectors", "strips", "text"]


@pytest.fixture
def book(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book of two pages in a warehouse that commands reach."""
    monkeypatch.setenv(config.DATABASE_URL, database.url)
    path = cbz(tmp_path / "Tin Owl: 3.cbz", {f"{seq}.png": picture(seq) for seq in range(2)})
    again(database, path)
    return path


def boxes(connection: Connection, seq: int = 1) -> list[tuple[int, int]]:
    return connection.execute(
        "select n.x, n.y from panel n join page p on p.id = n.page_id where p.seq = %s order by n.seq", (seq,)
    ).fetchall()


def strips(connection: Connection) -> list[str]:
    """What the strips were made from."""
    rows = connection.execute(
        "select e.input_hash::text from strip_embedding e join strip s on s.id = e.strip_id"
        " join page p on p.id = s.page_id order by p.seq"
    ).fetchall()
    return [made_from for (made_from,) in rows]


def unfinished(connection: Connection) -> list[str]:
    rows = connection.execute("select stage from work where state <> 'done' order by stage").fetchall()
    return [stage for (stage,) in rows]


def redo(connection: Connection, stage: str) -> None:
    connection.execute("update work set revision = 'older', state = 'ready' where stage = %s", (stage,))


def test_an_order_holds_at_once_and_the_later_stages_follow(
    book: Path, connection: Connection, database: Database
) -> None:
    found = boxes(connection)
    other = boxes(connection, 0)
    before = strips(connection)
    done = edit(f"{book.name}:2", "--order", "1,0,2,3")
    assert done.exit_code == 0, done.output
    assert boxes(connection) == [found[1], found[0], *found[2:]]
    assert boxes(connection, 0) == other
    assert unfinished(connection) == LATER
    assert "warehouse ingest" in done.stderr
    assert again(database, book) == {"ingested": 1}
    assert unfinished(connection) == []
    assert strips(connection) != before


def test_it_is_kept_when_panels_are_found_again(
    book: Path, connection: Connection, database: Database
) -> None:
    found = boxes(connection)
    edit(f"{book}:2", "--order", "3,2,1,0")
    for stage in ("pages", "panels"):
        redo(connection, stage)
        again(database, book)
        assert boxes(connection) == found[::-1]
    edit(str(book), "--direction", "rtl")
    again(database, book)
    assert boxes(connection) == found[::-1]
    assert shown(f"{book}:2")["order"] == "person"


def test_it_goes_with_its_picture(book: Path, connection: Connection, database: Database) -> None:
    found = boxes(connection)
    edit(f"{book}:2", "--order", "3,2,1,0")
    cbz(book, {"0.png": picture(7), "1.png": picture(8), "2.png": picture(1)})
    again(database, book)
    assert boxes(connection, 2) == found[::-1]
    assert boxes(connection, 1) == found
    assert [shown(f"{book}:{page}")["order"] for page in (1, 2, 3)] == ["found", "found", "person"]


def test_a_copy_of_other_bytes_keeps_it(book: Path, connection: Connection, database: Database) -> None:
    edit(f"{book}:2", "--order", "3,2,1,0")
    copy = book.parent / "copy.cbz"
    shutil.copy(book, copy)
    again(database, copy)
    cbz(book, {f"{seq}.png": picture(seq) for seq in range(3)})
    again(database, book)
    assert connection.execute("select count(*) from book").fetchall() == [(2,)]
    assert shown(f"{book}:2")["order"] == shown(f"{copy}:2")["order"] == "person"


def test_it_is_out_of_date_when_the_panels_or_the_picture_are_others(
    book: Path, connection: Connection, database: Database
) -> None:
    edit(f"{book}:2", "--order", "3,2,1,0")
    connection.execute("update panel set w = w + 4")
    assert shown(f"{book}:2")["order"] == "person"
    connection.execute("update panel set w = w + 30 where seq = 0")
    assert shown(f"{book}:2")["order"] == "outdated"
    assert "out of date" in edit(f"{book}:2").stdout
    cbz(book, {"0.png": picture(0), "1.png": picture(8)})
    again(database, book)
    assert shown(f"{book}:2")["order"] == "outdated"
    assert edit(f"{book}:2", "--clear", "order").exit_code == 0
    assert shown(f"{book}:2")["order"] == "found"
    assert connection.execute("select count(*) from panel_order").fetchall() == [(0,)]


def test_it_can_be_taken_back(book: Path, connection: Connection, database: Database) -> None:
    before = all_rows(connection)
    edit(f"{book}:2", "--order", "2,0,1,3")
    again(database, book)
    done = edit(f"{book}:2", "--clear", "order")
    assert done.exit_code == 0, done.output
    assert unfinished(connection) == LATER
    again(database, book)
    assert all_rows(connection) == before


def test_a_page_is_named_by_its_id(book: Path, connection: Connection) -> None:
    found = boxes(connection)
    [(page_id,)] = connection.execute("select id from page where seq = 1").fetchall()
    assert shown(str(page_id), "--order", "1,0,2,3")["page_id"] == page_id
    assert boxes(connection)[:2] == [found[1], found[0]]


def test_it_shows_the_panels_and_who_says_their_order(book: Path) -> None:
    lines = edit(f"{book}:2").stdout.splitlines()
    assert lines[0].startswith("page 2 of book 1: ")
    assert lines[1] == "order as found"
    edit(f"{book}:2", "--order", "1,0,2,3")
    assert edit(f"{book}:2").stdout.splitlines()[1] == "order as a person said"
    assert any(line.startswith("order of page 2") for line in edit(str(book)).stdout.splitlines())


def test_the_order_that_is_there_changes_no_work(book: Path, connection: Connection) -> None:
    assert edit(f"{book}:2", "--order", "0,1,2,3").exit_code == 0
    assert unfinished(connection) == []
    assert shown(f"{book}:2")["order"] == "person"


@pytest.mark.parametrize(
    ("page", "arguments", "code", "said"),
    [
        (":2", ("--order", "0,1,2"), "edit-unusable", "0, 1, 2, 3"),
        (":2", ("--order", "0,1,1,3"), "edit-unusable", "once"),
        (":2", ("--order", "first"), "edit-unusable", "0,2,1"),
        (":2", ("--order", "0,1,2,3", "--title", "Oil"), "edit-unusable", "name the book"),
        (":9", ("--order", "0,1,2,3"), "page-unknown", "no page 9"),
        ("", ("--order", "0,1,2,3"), "edit-unusable", "BOOK:PAGE"),
        ("", ("--clear", "order"), "edit-unusable", "BOOK:PAGE"),
    ],
)
def test_what_cannot_be_used_changes_nothing(
    book: Path, connection: Connection, page: str, arguments: tuple[str, ...], code: str, said: str
) -> None:
    before = all_rows(connection)
    done = edit(f"{book}{page}", *arguments)
    assert isinstance(done.exception, QueryError), done.output
    assert done.exception.code == code
    assert said in str(done.exception)
    assert all_rows(connection) == before


def test_there_is_no_page_of_an_unknown_id(book: Path) -> None:
    done = edit("999", "--order", "0,1,2")
    assert isinstance(done.exception, QueryError)
    assert done.exception.code == "page-unknown"
