"""library_overview, pipeline_status, page_type_agreement, panel_statistics, and the listings."""

from __future__ import annotations

import pytest
from psycopg import sql
from psycopg.rows import dict_row

from tests.sql.planting import Library
from warehouse.database.connection import Connection

VIEWS = (
    "library_overview",
    "pipeline_status",
    "page_type_agreement",
    "panel_statistics",
    "page_listing",
    "panel_listing",
    "strip_listing",
    "panel_across_slices",
)


def rows(library: Library, query: str) -> list[dict[str, object]]:
    with library.connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(query.encode()).fetchall()


@pytest.mark.parametrize("view", VIEWS)
def test_empty_of_an_empty_library(connection: Connection, view: str) -> None:
    assert connection.execute(sql.SQL("select * from {}").format(sql.Identifier(view))).fetchall() == []


def test_library_overview(library: Library) -> None:
    first = library.book("Tower", publisher="Stone", year=1990)
    library.book("Tower", year=1995, status="error")
    page = library.page(first, "three little words")
    library.panel(page, "three little")
    library.panel(page, "words")
    library.page(first, page_type="cover")
    library.page(first, status="error", page_type=None)
    loose = library.page(library.book())
    library.panel(loose)
    tower, none = rows(library, "select * from library_overview order by series")
    del tower["series_id"]
    assert tower == {
        "series": "Tower", "volume": None, "publisher": "Stone", "books": 2, "pages": 3, "narrative_pages": 1,
        "panels": 2, "words": 3, "failed_books": 1, "failed_pages": 1, "first_year": 1990, "last_year": 1995,
    }  # fmt: skip
    assert (none["series"], none["books"], none["pages"], none["panels"]) == (None, 1, 1, 1)


def test_pipeline_status(library: Library) -> None:
    work = [
        ("pages", "done", None, 1.0),
        ("pages", "done", None, 3.0),
        ("pages", "failed", "not-an-archive", None),
        ("text", "ready", None, None),
    ]
    for stage, state, code, seconds in work:
        library.connection.execute(
            "insert into work (book_id, stage, state, error_code, seconds) values (%s, %s, %s, %s, %s)",
            (library.book(), stage, state, code, seconds),
        )
    found = library.connection.execute(
        "select stage, state, error_code, books, mean_seconds from pipeline_status order by stage, state"
    ).fetchall()
    assert found == [
        ("pages", "done", None, 2, 2.0),
        ("pages", "failed", "not-an-archive", 1, None),
        ("text", "ready", None, 1, None),
    ]


def test_page_type_agreement(library: Library) -> None:
    book = library.book()
    for declared, predicted in [("story", "story")] * 3 + [("story", "letters"), ("cover", "cover")]:
        library.page(book, page_type=declared, predicted=predicted)
    library.page(book, page_type=None, predicted="story")
    library.page(book, page_type="story")
    found = library.connection.execute(
        "select * from page_type_agreement order by declared_type, pages desc"
    ).fetchall()
    assert found == [
        ("cover", "cover", True, 1, 1.0),
        ("story", "story", True, 3, 0.75),
        ("story", "letters", False, 1, 0.25),
    ]


def test_panel_statistics(library: Library) -> None:
    book = library.book("Tower")
    for texts in (("one two", ""), ("", "", "three four", "five six")):
        page = library.page(book)
        for text in texts:
            library.panel(page, text)
    for left_out in (library.page(book, page_type="cover"), library.page(book, low_information=True)):
        library.panel(left_out, "not counted")
    [found] = rows(library, "select * from panel_statistics")
    assert (found["books"], found["pages"], found["panels"]) == (1, 2, 6)
    assert (found["panels_a_page"], found["words_a_panel"], found["silent_share"]) == (3, 1, 0.5)
    assert found["panel_area"] == pytest.approx(0.1)


def test_panel_statistics_of_layout(library: Library) -> None:
    book = library.book()
    for boxes in (
        [(100, 200)],
        [(84, 50), (85, 50)],
        [(50, 50), (45, 50)],
        [(50, 50), (40, 50), (50, 50)],
    ):
        page = library.page(book)
        for w, h in boxes:
            panel = library.panel(page)
            library.connection.execute("update panel set w = %s, h = %s where id = %s", (w, h, panel))
    [found] = rows(library, "select * from panel_statistics")
    assert (found["series"], found["pages"], found["panels"]) == (None, 4, 8)
    assert found["full_width_share"] == 0.25
    assert found["splash_share"] == 0.25
    assert found["grid_share"] == pytest.approx(2 / 3)
    area = sum(
        w * h for w, h in [(100, 200), (84, 50), (85, 50), (50, 50), (45, 50), (50, 50), (40, 50), (50, 50)]
    )
    assert found["panel_area"] == pytest.approx(area / 8 / 20_000)


def test_listings_keep_what_has_no_series(library: Library) -> None:
    page = library.page(library.book(), "words")
    panel = library.panel(page, "words")
    strip = library.strip(page, 0, 0)
    assert [row["page_id"] for row in rows(library, "select * from page_listing")] == [page]
    assert [row["panel_id"] for row in rows(library, "select * from panel_listing")] == [panel]
    assert [(row["strip_id"], row["text"]) for row in rows(library, "select * from strip_listing")] == [
        (strip, "words")
    ]
