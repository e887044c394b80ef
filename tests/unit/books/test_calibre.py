"""Calibre libraries: which books they list, what they say of them, and that nothing is written."""

from __future__ import annotations

import logging
import os
import sqlite3
from decimal import Decimal
from pathlib import Path

import pytest

from tests.unit.books.books_made import drawing, make_zip, picture
from tests.unit.books.calibre_made import Library
from warehouse.books.calibre import calibre_metadata, library_of
from warehouse.books.calibre_database import CalibreDatabase
from warehouse.books.calibre_library import library_books, safe_parts
from warehouse.books.metadata import BookMetadata, gather_metadata
from warehouse.books.opf import parse_opf
from warehouse.books.reading import open_book
from warehouse.books.sources import find_books
from warehouse.errors import BookError


@pytest.fixture
def comic(tmp_path: Path) -> bytes:
    return make_zip(tmp_path / "made.cbz", [("1.png", picture(drawing(40, 60)))]).read_bytes()


def found(folder: Path) -> list[str]:
    return [source.path.relative_to(folder).as_posix() for source in find_books([folder])]


def gathered(path: Path) -> BookMetadata:
    with open_book(path) as book:
        return gather_metadata(path, book)


def full_library(folder: Path, comic: bytes) -> Path:
    library = Library(folder)
    library.add(
        "The Bell", "Ann Reed| Jr", {"cbz": comic}, series="Sea Tales", index=2.5, publisher="Harbour",
        language="eng", pubdate="1951-03-01 00:00:00+00:00", comments="<p>A bell &amp; a <b>ship</b>.</p>",
        rating=8, tags=["Sea", "Old"],
        identifiers={"isbn": "0-306-40615-2", "amazon_uk": "b000000000", "comicvine": "4000-77"},
        pencillers=["Bo Lind", "Cy Dow"], read=1, genres=["Horror"],
    )  # fmt: skip
    return library.save()


def test_everything_a_library_says(tmp_path: Path, comic: bytes) -> None:
    folder = full_library(tmp_path / "Library", comic)
    [path] = library_books(folder)
    known = gathered(path)
    assert (known.series_name, known.number, known.number_sort) == ("Sea Tales", "2.5", Decimal("2.5"))
    assert (known.title, known.publisher, known.language) == ("The Bell", "Harbour", "en")
    assert (known.year, known.month, known.day) == (1951, 3, 1)
    assert known.summary == "A bell & a ship."
    assert {(credit.role, credit.person) for credit in known.credits} == {
        ("writer", "Ann Reed, Jr"), ("penciller", "Bo Lind"), ("penciller", "Cy Dow"),
    }  # fmt: skip
    assert {(tag.kind, tag.name, tag.source) for tag in known.tags} == {
        ("tag", "Sea", "calibre"), ("tag", "Old", "calibre"), ("genre", "Horror", "calibre"),
    }  # fmt: skip
    assert {(item.source, item.value) for item in known.identifiers} == {
        ("isbn", "9780306406157"), ("asin", "B000000000"), ("comicvine", "77"),
    }  # fmt: skip
    assert known.details.community_rating == Decimal(4)
    assert dict(known.details.custom_columns) == {
        "pencillers": ("Bo Lind", "Cy Dow"), "read": ("1",), "genre": ("Horror",),
    }  # fmt: skip
    assert known.sources["series_name"] == known.sources["number"] == known.sources["year"] == "calibre"
    assert known.warnings == ()


def test_a_book_without_series_takes_it_from_its_title(tmp_path: Path, comic: bytes) -> None:
    library = Library(tmp_path / "L")
    library.add("Sea Tales Vol. 3", "Unknown", {"cbz": comic}, index=1.0)
    [path] = library_books(library.save())
    known = gathered(path)
    assert (known.series_name, known.volume, known.number, known.year) == ("Sea Tales", 3, None, None)
    assert (known.title, known.credits) == ("Sea Tales Vol. 3", ())
    assert known.sources["series_name"] == "calibre"


def test_one_book_a_calibre_book_in_its_best_format(tmp_path: Path, comic: bytes) -> None:
    library = Library(tmp_path / "L")
    library.add("All", "A", {"pdf": b"x", "cbr": b"x", "epub": b"x", "cbz": comic})
    library.add("Gone best", "A", {"cbz": None, "pdf": b"x"})
    library.add("Gone", "A", {"cb7": None, "pdf": None})
    library.add("Prose", "A", {"mobi": b"x", "azw3": b"x"})
    library.add("Paper", "A", {})
    folder = library.save()
    (folder / "stray.cbz").write_bytes(comic)
    (folder / "A" / "All (1)" / "cover.jpg").write_bytes(b"x")
    assert found(folder) == [
        "A/All (1)/All - A.cbz",
        "A/Gone (3)/Gone - A.cb7",
        "A/Gone best (2)/Gone best - A.pdf",
    ]
    with pytest.raises(BookError) as caught:
        open_book(folder / "A/Gone (3)/Gone - A.cb7")
    assert caught.value.code == "path-missing"


def test_a_library_below_the_folder_is_a_library_too(tmp_path: Path, comic: bytes) -> None:
    full_library(tmp_path / "Shelf" / "Library", comic)
    make_zip(tmp_path / "Shelf" / "other.cbz", [("1.png", b"x")])
    os.remove(tmp_path / "made.cbz")
    assert found(tmp_path) == [
        "Shelf/Library/Ann Reed| Jr/The Bell (1)/The Bell - Ann Reed| Jr.cbz",
        "Shelf/other.cbz",
    ]


@pytest.mark.parametrize("path", ["../outside", "/etc", "A/../../outside", "A/x\0y", "A\\..\\..\\outside"])
def test_names_never_lead_out_of_the_library(
    tmp_path: Path, comic: bytes, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    library = Library(tmp_path / "L")
    library.add("Good", "A", {"cbz": comic})
    book = library.database.execute("insert into books (title, path) values ('Bad', ?)", (path,)).lastrowid
    library.database.execute(
        "insert into data (book, format, uncompressed_size, name) values (?, 'CBZ', 1, 'Bad')", (book,)
    )
    assert found(library.save()) == ["A/Good (1)/Good - A.cbz"]
    assert "outside of the library" in caplog.text
    assert safe_parts("A/B (1)", "../../x", "cbz") is None


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(2000)])
def test_a_broken_library_is_walked_with_a_warning(
    tmp_path: Path, comic: bytes, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    folder = full_library(tmp_path / "L", comic)
    (folder / "metadata.db").write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert len(found(folder)) == 1
    assert "metadata.db" in caplog.text
    assert "looking for books in its folders instead" in caplog.text
    [path] = [source.path for source in find_books([folder])]
    known = gathered(path)
    assert (known.series_name, [warning.code for warning in known.warnings]) == (
        "The Bell",
        ["metadata-unreadable"],
    )


def test_a_truncated_library_is_walked(tmp_path: Path, comic: bytes) -> None:
    folder = full_library(tmp_path / "L", comic)
    database = folder / "metadata.db"
    for size in range(0, database.stat().st_size, 4096 * 3 + 100):
        data = database.read_bytes()
        copy = tmp_path / f"{size}"
        (copy / "A").mkdir(parents=True)
        (copy / "A" / "one.cbz").write_bytes(comic)
        (copy / "metadata.db").write_bytes(data[:size])
        assert found(copy) == ["A/one.cbz"]


def test_a_library_being_written_to_is_walked(
    tmp_path: Path, comic: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    folder = full_library(tmp_path / "L", comic)
    writer = sqlite3.connect(folder / "metadata.db", isolation_level=None)
    try:
        writer.execute("begin exclusive")
        writer.execute("update books set title = 'Half done'")
        with caplog.at_level(logging.WARNING):
            assert len(found(folder)) == 1
        assert "close Calibre" in caplog.text
    finally:
        writer.execute("rollback")
        writer.close()
    caplog.clear()
    assert len(found(folder)) == 1
    assert caplog.text == ""


def test_a_lock_alone_is_no_hindrance(tmp_path: Path, comic: bytes) -> None:
    folder = full_library(tmp_path / "L", comic)
    with sqlite3.connect(folder / "metadata.db", isolation_level=None) as writer:
        writer.execute("begin exclusive")
        assert library_books(folder)
    writer.close()


def test_nothing_is_written_beside_the_database(tmp_path: Path, comic: bytes) -> None:
    folder = full_library(tmp_path / "L", comic)
    with sqlite3.connect(folder / "metadata.db") as database:
        database.execute("pragma journal_mode = wal")
    database.close()
    before = {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in folder.rglob("*")}
    [path] = library_books(folder)
    gathered(path)
    assert {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in folder.rglob("*")} == before


def test_views_and_endless_queries_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "L"
    folder.mkdir()
    with sqlite3.connect(folder / "metadata.db") as database:
        database.executescript(
            "create table data (book, format, name);"
            "create view books as with recursive n(id) as (select 1 union all select id + 1 from n)"
            " select id, 'A' path, 'T' title from n;"
        )
    database.close()
    with pytest.raises(BookError) as caught:
        library_books(folder)
    assert caught.value.code == "library-broken"


def test_an_answer_has_its_bounds(
    tmp_path: Path, comic: bytes, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    folder = full_library(tmp_path / "L", comic)
    monkeypatch.setattr("warehouse.books.calibre_database.ANSWER_BYTES", 50)
    assert len(found(folder)) == 1
    assert "more than can be read" in caplog.text


def test_statements_cannot_write(tmp_path: Path, comic: bytes) -> None:
    with CalibreDatabase(full_library(tmp_path / "L", comic)) as database:
        for sql in (
            "delete from books", "attach 'x' as y", "select load_extension('x')", "pragma journal_mode = wal",
        ):  # fmt: skip
            with pytest.raises(BookError):
                database.rows(sql)


def test_any_types_in_the_tables(tmp_path: Path, comic: bytes) -> None:
    folder = full_library(tmp_path / "L", comic)
    with sqlite3.connect(folder / "metadata.db") as database:
        for table, column in (
            ("books", "pubdate"), ("books", "title"), ("books", "series_index"), ("series", "name"),
            ("tags", "name"), ("ratings", "rating"), ("custom_columns", "label"), ("identifiers", "val"),
        ):  # fmt: skip
            database.execute(f"update {table} set {column} = ?", (b"\xff\x00bytes",))
        database.execute("update authors set name = cast(x'ff41' as text)")
    database.close()
    [path] = library_books(folder)
    known = gathered(path)
    assert known.warnings == ()
    assert [(credit.role, credit.person) for credit in known.credits] == [("writer", "\ufffdA")]


def test_tables_of_other_versions_may_be_missing(tmp_path: Path, comic: bytes) -> None:
    folder = full_library(tmp_path / "L", comic)
    with sqlite3.connect(folder / "metadata.db") as database:
        for table in ("custom_columns", "identifiers", "ratings", "books_languages_link", "comments"):
            database.execute(f"drop table {table}")
    database.close()
    [path] = library_books(folder)
    known = gathered(path)
    assert (known.series_name, known.language, known.warnings) == ("Sea Tales", None, ())


def test_a_file_that_the_library_does_not_know(tmp_path: Path, comic: bytes) -> None:
    folder = full_library(tmp_path / "L", comic)
    stranger = folder / "X" / "Stranger 4 (1)" / "Stranger 4.cbz"
    stranger.parent.mkdir(parents=True)
    stranger.write_bytes(comic)
    assert library_of(stranger) == folder
    assert calibre_metadata(folder, stranger) is None
    assert gathered(stranger).series_name == "Stranger"


OPF = """<?xml version='1.0' encoding='utf-8'?>
<package xmlns="http://www.idpf.org/2007/opf" version="2.0"><metadata
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">
<dc:identifier opf:scheme="ISBN">0306406152</dc:identifier><dc:title>The Bell</dc:title>
<dc:creator opf:role="aut">Ann Reed</dc:creator><dc:date>0101-01-01T00:00:00+00:00</dc:date>
<dc:description>&lt;p&gt;A bell.&lt;/p&gt;</dc:description><dc:language>deu</dc:language>
<dc:subject>Sea</dc:subject>
<meta name="calibre:series" content="Sea Tales"/><meta name="calibre:series_index" content="4.0"/>
<meta name="calibre:rating" content="9.0"/>
<meta name="calibre:user_metadata:#inkers" content='{"#value#": ["Cy Dow"], "datatype": "text"}'/>
<meta name="calibre:user_metadata:#shelf" content='{"#value#": "B, 2", "datatype": "text"}'/>
<meta name="calibre:user_metadata:#bad" content='{"#value#": '/>
</metadata></package>"""


def test_the_opf_beside_a_book(tmp_path: Path, comic: bytes) -> None:
    path = tmp_path / "Box" / "scan7.cbz"
    path.parent.mkdir()
    path.write_bytes(comic)
    (path.parent / "metadata.opf").write_text(OPF)
    known = gathered(path)
    assert (known.series_name, known.number, known.title, known.language) == (
        "Sea Tales",
        "4",
        "The Bell",
        "de",
    )
    assert (known.year, known.summary, known.details.community_rating) == (None, "A bell.", Decimal("4.50"))
    assert {(credit.role, credit.person) for credit in known.credits} == {
        ("writer", "Ann Reed"), ("inker", "Cy Dow"),
    }  # fmt: skip
    assert dict(known.details.custom_columns) == {"inkers": ("Cy Dow",), "shelf": ("B, 2",)}
    assert [(item.source, item.value) for item in known.identifiers] == [("isbn", "9780306406157")]
    assert known.raw["metadata.opf"] == OPF
    (path.parent / "other.cbz").write_bytes(comic)
    assert gathered(path).series_name == "scan7", "of two books, an OPF that names none describes neither"
    (path.parent / "scan7.opf").write_text(OPF)
    assert gathered(path).series_name == "Sea Tales"


def test_a_broken_opf_is_a_warning(tmp_path: Path, comic: bytes) -> None:
    path = tmp_path / "Box" / "Sea 7.cbz"
    path.parent.mkdir()
    path.write_bytes(comic)
    (path.parent / "metadata.opf").write_text(OPF[:300])
    known = gathered(path)
    assert [warning.code for warning in known.warnings] == ["metadata-broken"]
    assert str(path.parent / "metadata.opf") in known.warnings[0].message
    assert known.series_name == "Sea"


def test_an_opf_with_entities_is_refused() -> None:
    with pytest.raises(BookError) as caught:
        parse_opf(b'<!DOCTYPE p [<!ENTITY a "x">]><package>&a;</package>')
    assert caught.value.code == "metadata-refused"
