"""Text that is said of a book's pages, from files beside it or by itself, on its way into the database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.books_drawn import cbz, picture
from tests.edits import edit
from tests.planted import PlantedProfile
from tests.unit.books.books_made import FIXED, make_epub
from warehouse.cli import cli
from warehouse.cli.progress import SilentProgress
from warehouse.config import DATABASE_URL
from warehouse.database.connection import Connection, Database
from warehouse.ingest import IngestOptions, ingest

ENGLISH = "Who is that in the tower, and what is it that they want from all of us at this time of the night?"
FRENCH = (
    "Qui est là dans la tour, et que veulent-ils de nous tous à cette heure de la nuit, avec cette lampe ?"
)


@pytest.fixture
def book(tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(DATABASE_URL, database.url)
    return cbz(tmp_path / "Tin Owl 001.cbz", {f"p{page}.png": picture(page) for page in range(2)})


def panels(*texts: str) -> dict[str, object]:
    """A page of four panels, each with a caption."""
    return {"panels": [{"text_content": [{"label": "caption", "text": text}]} for text in texts]}


def put(path: Path, document: object) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(document if isinstance(document, str) else json.dumps(document))
    return path


def run(
    database: Database, book: Path, *, refresh: bool = False, sidecars: Path | None = None
) -> dict[str, int]:
    options = IngestOptions(refresh=refresh, sidecars=sidecars)
    return dict(ingest([book], database, PlantedProfile(), SilentProgress(), options).outcomes)


def lines(connection: Connection) -> list[tuple[int, int | None, str, str, str | None]]:
    """Page, panel, text, source and kind of every line."""
    return connection.execute(
        "select p.seq, n.seq, t.text, t.source, t.kind from text_line t join page p on p.id = t.page_id"
        " left join panel n on n.id = t.panel_id order by p.seq, t.seq"
    ).fetchall()


def status(connection: Connection) -> tuple[str, str | None]:
    [(found, code)] = connection.execute("select status, error_code from book").fetchall()
    return found, code


def again_from(connection: Connection, stage: str) -> None:
    connection.execute("update work set revision = 'older', state = 'ready' where stage = %s", (stage,))


def test_it_goes_before_ocr_and_stays(book: Path, database: Database, connection: Connection) -> None:
    file = put(book.parent / "Tin Owl 001_json/p0.json", panels("one", "two", "three", "four"))
    assert run(database, book) == {"ingested": 1}
    said = [
        (0, place, text, "sidecar", "narration") for place, text in enumerate(["one", "two", "three", "four"])
    ]
    assert lines(connection)[:4] == said
    assert [line[3:] for line in lines(connection)[4:]] == [("shades", "dialogue")]
    spoken = connection.execute("select narration from panel where narration <> '{}' order by seq").fetchall()
    assert spoken == [(["one"],), (["two"],), (["three"],), (["four"],)]
    assert connection.execute("select text from page where seq = 0").fetchone() == ("one\ntwo\nthree\nfour",)
    assert run(database, book, refresh=True) == {"skipped": 1}
    again_from(connection, "text")
    run(database, book)
    assert lines(connection)[:4] == said
    put(file, panels("one", "2", "three", "four"))
    assert run(database, book) == {"skipped": 1}
    assert run(database, book, refresh=True) == {"ingested": 1}
    assert lines(connection)[1] == (0, 1, "2", "sidecar", "narration")
    file.unlink()
    assert run(database, book, refresh=True) == {"ingested": 1}
    assert {line[3] for line in lines(connection)} == {"shades"}


def test_a_broken_file_is_told_of_and_the_page_is_read(
    book: Path, database: Database, connection: Connection
) -> None:
    file = put(book.with_suffix(".text.json"), '{"pages": [{"seq": 0, "panels": [{"text_con')
    assert run(database, book) == {"partial": 1}
    assert status(connection) == ("partial", "sidecar-broken")
    assert {line[3] for line in lines(connection)} == {"shades"}
    failures = "select thing, status, error_code, books from reading_failures"
    assert connection.execute(failures).fetchall() == [("book", "partial", "sidecar-broken", 1)]
    again_from(connection, "pages")
    run(database, book)
    assert status(connection) == ("partial", "sidecar-broken")
    [(error,)] = connection.execute("select error from book").fetchall()
    assert str(file) in error
    assert "--refresh" in error
    put(file, {"pages": [{"seq": 0, **panels("mended")}]})
    assert run(database, book, refresh=True) == {"ingested": 1}
    assert status(connection) == ("ready", None)
    assert (0, None, "mended", "sidecar", "narration") in lines(connection)


def test_a_folder_for_all_books_can_be_named(book: Path, database: Database, connection: Connection) -> None:
    put(book.parent / "said/Tin Owl 001_p1.json", panels("a", "b", "c", "d"))
    run(database, book, sidecars=book.parent / "said")
    assert [line[:3] for line in lines(connection) if line[3] == "sidecar"] == [
        (1, i, t) for i, t in enumerate("abcd")
    ]
    done = CliRunner().invoke(cli, ["ingest", str(book), "--sidecar", str(book.parent / "nowhere")])
    assert done.exit_code == 2
    assert "nowhere" in done.output


def test_an_epub_speaks_for_itself(tmp_path: Path, database: Database, connection: Connection) -> None:
    files = [(f"OPS/{page}.png", picture(page)) for page in range(2)]
    spine = [
        ("0.xhtml", f"<img src='0.png' alt='{ENGLISH}'/>"),
        ("1.xhtml", "<img src='1.png' alt='page 2'/>"),
    ]
    book = make_epub(tmp_path / "owl.epub", spine, files, FIXED)
    assert run(database, book) == {"ingested": 1}
    sources = [(page, source) for page, _, _, source, _ in lines(connection)]
    assert sources == [(0, "epub"), (1, "shades")]
    assert lines(connection)[0] == (0, None, ENGLISH, "epub", None)
    put(book.with_suffix(".text.json"), {"pages": [{"seq": 0, **panels("said better")}]})
    run(database, book, refresh=True)
    assert lines(connection)[0] == (0, None, "said better", "sidecar", "narration")


def test_the_language_it_shows_is_kept(book: Path, database: Database, connection: Connection) -> None:
    language = "select language, metadata #>> '{sources,language}' from book"
    file = put(
        book.with_suffix(".text.json"), {"pages": [{"seq": 0, **panels(ENGLISH, FRENCH, FRENCH, FRENCH)}]}
    )
    run(database, book)
    assert connection.execute(language).fetchone() == ("fr", "text")
    for stage in ("pages", "text"):
        again_from(connection, stage)
        run(database, book)
        assert connection.execute(language).fetchone() == ("fr", "text")
    put(file, {"pages": [{"seq": 0, **panels(*[ENGLISH] * 4)}]})
    run(database, book, refresh=True)
    assert connection.execute(language).fetchone() == ("en", "text")


def test_text_goes_with_panels_in_the_order_a_person_says(
    book: Path, database: Database, connection: Connection
) -> None:
    quarters = [[0, 0, 500, 500], [0, 500, 500, 1000], [500, 0, 1000, 500], [500, 500, 1000, 1000]]
    boxed = [{"box_2d": box, "sfx": name} for box, name in zip(quarters, "abcd", strict=True)]
    put(book.with_suffix(".text.json"), {"pages": [{"seq": 0, "panels": boxed}]})
    run(database, book)
    assert edit(f"{book}:1", "--order", "3,2,1,0").exit_code == 0
    run(database, book)
    for _ in range(2):
        assert [line[2] for line in lines(connection) if line[0] == 0] == ["d", "c", "b", "a"]
        again_from(connection, "text")
        run(database, book, refresh=True)
