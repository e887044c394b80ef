"""Sums of vectors by book: what they answer, and that they never outlive what they were made from."""

from __future__ import annotations

import numpy as np
import pytest

from tests.sql.planting import Library, at
from warehouse.database.store.sums import forget_sums, sum_all_books, sum_books


def summed(library: Library) -> set[int]:
    return {row[0] for row in library.connection.execute("select book_id from summed_book").fetchall()}


def wrong(library: Library) -> list[tuple[object, ...]]:
    return library.connection.execute("select * from wrong_book_sums()").fetchall()


def vector(library: Library, space: str = "page") -> list[float]:
    row = library.connection.execute(
        "select concept_vector('Hero', %s, centred => false)::vector::real[]", (space,)
    ).fetchone()
    assert row is not None
    return list(row[0])


@pytest.fixture
def hero(library: Library) -> int:
    book = library.book("Hero")
    for angle in (0, 30, 80):
        page = library.page(book, page_embedding=at(angle), page_visual=at(angle, 48))
        panel = library.panel(page, panel_embedding=at(angle), panel_vision=at(angle))
        library.vectors(panel, panel_context=at(angle))
        library.strip(page, 0, 0, strip_embedding=at(angle))
    library.page(book, page_type="cover", page_embedding=at(170))
    library.page(library.book("Rest"), page_embedding=at(200))
    return book


@pytest.mark.parametrize("space", ["page", "visual", "panel", "fused", "vision", "context", "strip"])
def test_sums_answer_as_the_vectors_do(library: Library, hero: int, space: str) -> None:
    before = vector(library, space)
    sum_all_books(library.connection)
    assert len(summed(library)) == 2
    assert wrong(library) == []
    library.connection.execute("delete from page_embedding")
    np.testing.assert_allclose(vector(library, space), before, atol=1e-3)


CHANGES = {
    "label": "update page set labelled_type = 'advertisement' where book_id = {book} and seq = 0",
    "declared type": "update page set declared_type = 'story' where book_id = {book}",
    "low information": "update page set low_information = true where book_id = {book} and seq = 1",
    "page gone": "delete from page where book_id = {book} and seq = 2",
    "panels gone": "delete from panel where page_id in (select id from page where book_id = {book})",
    "strips gone": "delete from strip where page_id in (select id from page where book_id = {book})",
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_forgets_the_sums_of_its_book(library: Library, hero: int, change: str) -> None:
    sum_all_books(library.connection)
    others = summed(library) - {hero}
    library.connection.execute(CHANGES[change].format(book=hero).encode())
    assert summed(library) == others
    expected = vector(library)
    sum_books(library.connection, [hero])
    assert hero in summed(library)
    assert wrong(library) == []
    np.testing.assert_allclose(vector(library), expected, atol=1e-3)


def test_a_label_that_changes_nothing_keeps_them(library: Library, hero: int) -> None:
    sum_all_books(library.connection)
    library.connection.execute("update page set labelled_type = page_type, words = 7")
    assert hero in summed(library)


def test_two_models_are_summed_apart(library: Library, hero: int) -> None:
    other = library.model("panel_encoder", status="candidate")
    pages = library.connection.execute("select page_id from page_embedding").fetchall()
    for (page,) in pages:
        library.vectors(page, model=other, page_embedding=at(120))
    sum_all_books(library.connection)
    assert wrong(library) == []
    before = vector(library)
    library.connection.execute(
        "update model set status = 'retired' where id = %s", (library.live_model("panel_encoder"),)
    )
    library.connection.execute("update model set status = 'live' where id = %s", (other,))
    after = vector(library)
    assert np.dot(before, after) < 0.9
    assert np.dot(after, at(120)) > 0.99


def test_drift_is_found(library: Library, hero: int) -> None:
    sum_all_books(library.connection)
    page = library.page(hero)
    sum_books(library.connection, [hero])
    library.vectors(page, page_embedding=at(10))
    [row] = wrong(library)
    assert (row[0], row[1], row[4], row[5]) == (hero, "page_embedding", 3, 4)
    forget_sums(library.connection, [hero])
    assert wrong(library) == []


def test_zero_vectors_count_for_nothing(library: Library) -> None:
    book = library.book("Hero")
    library.page(book, page_embedding=at(0))
    library.page(book, page_embedding=at(0) * 0)
    assert np.dot(vector(library), at(0)) > 0.999
    sum_all_books(library.connection)
    [row] = library.connection.execute("select pages, vectors from book_totals('page')").fetchall()
    assert row == (1, 1)


def test_nothing_is_null_in_a_parallel_plan(library: Library, hero: int) -> None:
    library.connection.execute(
        "set local debug_parallel_query = on; set local parallel_setup_cost = 0;"
        " set local parallel_tuple_cost = 0; set local min_parallel_table_scan_size = 0"
    )
    for is_summed in (False, True):
        if is_summed:
            sum_all_books(library.connection)
        row = library.connection.execute(
            "select concept_vector('nobody'), concept_mean('nobody'), library_mean('semantic')"
        ).fetchone()
        assert row == (None, None, None)
        assert library.connection.execute(
            "select similarity from concept_compare('nobody', 'no one')"
        ).fetchall() == [(None,)]


def test_a_book_that_goes_takes_its_sums(library: Library, hero: int) -> None:
    sum_all_books(library.connection)
    library.connection.execute("delete from book where id = %s", (hero,))
    assert hero not in summed(library)
    assert library.connection.execute(
        "select count(*) from book_vector_sum where book_id = %s", (hero,)
    ).fetchone() == (0,)
