"""Views and functions over the library as a whole: totals, gaps, growth, decades and publishers."""

from __future__ import annotations

import psycopg
import pytest

from tests.sql.planting import Library
from warehouse.database.connection import Connection


def ask(connection: Connection, query: str) -> list[tuple[object, ...]]:
    return connection.execute(query.encode()).fetchall()


def test_library_totals(library: Library) -> None:
    book = library.book("Tower")
    page = library.page(book, "three little words")
    library.panel(page, "three little")
    library.page(book, page_type="cover", status="error")
    library.book(status="error")
    found = ask(
        library.connection,
        "select books, series, pages, narrative_pages, panels, words, partial_books, failed_books,"
        " failed_pages from library_totals",
    )
    assert found == [(2, 1, 2, 1, 1, 3, 0, 1, 1)]


def test_metadata_gaps(library: Library) -> None:
    library.book("Tower", publisher="Stone", year=1990, tags=[("genre", "Fantasy")])
    library.book(number=None, language=None)
    library.book(status="error")
    found = ask(library.connection, "select field, books, missing, share from metadata_gaps order by place")
    assert found == [
        ("series", 1, 1, 0.5), ("issue number", 1, 1, 0.5), ("year", 1, 1, 0.5), ("publisher", 1, 1, 0.5),
        ("language", 1, 1, 0.5), ("reading direction", 0, 2, 0), ("credits", 0, 2, 0), ("genre", 1, 1, 0.5),
        ("characters", 0, 2, 0),
    ]  # fmt: skip


def test_reading_failures(library: Library) -> None:
    book = library.book()
    for _ in range(2):
        library.page(book, status="error")
    library.connection.execute("update page set error_code = 'image-broken'")
    library.connection.execute("update book set status = 'partial', error_code = 'pages-unreadable'")
    found = ask(
        library.connection,
        "select thing, status, error_code, failures, books from reading_failures order by 1",
    )
    assert found == [
        ("book", "partial", "pages-unreadable", 1, 1),
        ("page", "error", "image-broken", 2, 1),
    ]


def test_books_added(library: Library) -> None:
    for day in ("2025-12-01", "2026-01-02", "2026-01-02", "2026-01-03"):
        book = library.book()
        library.connection.execute(
            "update book set added_at = %s::timestamp at time zone 'UTC' where id = %s", (day, book)
        )
    found = ask(
        library.connection, "select books, total from books_added('2026-01-01Z', '2026-01-03 12:00Z', '1d')"
    )
    assert found == [(0, 1), (2, 3), (1, 4)]


def plant_decades(library: Library) -> None:
    for series, publisher, year, texts in (
        ("Tower", "Stone", 1961, ("one two", "")),
        ("Tower", "Stone", 1969, ("one two three four",)),
        ("Moat", None, 1975, ("one", "one", "")),
    ):
        book = library.book(series, publisher=publisher, year=year)
        page = library.page(book)
        for text in texts:
            library.panel(page, text)
            library.connection.execute("update panel set words = 0 where text = ''")
        library.page(book, page_type="cover")
    library.page(library.book(), page_type=None)


def test_page_types_by(library: Library) -> None:
    plant_decades(library)
    found = ask(library.connection, "select * from page_types_by('decade')")
    assert found == [
        ("1960s", "cover", 2, 0.5),
        ("1960s", "story", 2, 0.5),
        ("1970s", "cover", 1, 0.5),
        ("1970s", "story", 1, 0.5),
    ]
    chosen = ask(library.connection, "select label, pages from page_types_by('publisher', array['unknown'])")
    assert chosen == [("unknown", 1), ("unknown", 1)]
    assert ask(library.connection, "select * from page_types_by('publisher', null, array['1950s'])") == []


def test_statistics_by(library: Library) -> None:
    plant_decades(library)
    found = ask(library.connection, "select * from statistics_by('decade')")
    assert found == [
        ("1960s", 2, 2, 3, 1.5, 2, pytest.approx(1 / 3)),
        ("1970s", 1, 1, 3, 3, pytest.approx(2 / 3), pytest.approx(1 / 3)),
    ]
    chosen = "select label, books from statistics_by('publisher', array['Stone'], array['1960s'])"
    assert ask(library.connection, chosen) == [("Stone", 2)]


def test_statistics_agree_with_those_by_series(library: Library) -> None:
    plant_decades(library)
    by_series = ask(
        library.connection,
        "select pages, panels, panels_a_page, words_a_panel, silent_share from panel_statistics"
        " where series = 'Moat'",
    )
    by_publisher = ask(
        library.connection,
        "select pages, panels, panels_a_page, words_a_panel, silent_share from statistics_by('publisher')"
        " where label = 'unknown'",
    )
    assert by_series == by_publisher


@pytest.mark.parametrize("function", ["page_types_by", "statistics_by"])
def test_other_dimensions_are_refused(library: Library, function: str) -> None:
    library.panel(library.page(library.book()))  # where there is nothing to count, some plans never look
    with pytest.raises(psycopg.Error) as caught:
        ask(library.connection, f"select * from {function}('colour')")
    assert caught.value.sqlstate == "CW002"


def test_concept_choices(library: Library) -> None:
    library.concept("Knights", series=["Tower"])
    for series in ("Tower", "Moat", "Moat"):
        library.book(series)
    found = ask(library.connection, "select name, is_defined, books from concept_choices")
    assert found == [("Knights", True, None), ("Moat", False, 2), ("Tower", False, 1)]
    for number in range(12):
        library.concept(f"concept {number}")
    assert ask(library.connection, "select from concept_choices where not is_defined") == []
