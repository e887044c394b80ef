"""concept_vector: a mean that long runs don't dominate, measured from the library's own."""

from __future__ import annotations

import math

import numpy as np
import psycopg
import pytest
from numpy.typing import NDArray

from tests.sql.planting import HOSTILE, SENTENCE_DIM, WIDTH, Library, Vector, at

TABLES = {
    "page": ("page_embedding", 512),
    "visual": ("page_visual", WIDTH),
    "semantic": ("page_semantic", 384),
}


def vector(library: Library, name: str, **options: object) -> NDArray[np.float32] | None:
    named = "".join(f", {option} => %({option})s" for option in options)
    row = library.connection.execute(
        f"select concept_vector(%(name)s{named})::vector::real[]".encode(), {"name": name, **options}
    ).fetchone()
    assert row is not None
    return None if row[0] is None else np.array(row[0], np.float32)


def degrees(found: NDArray[np.float32] | None) -> float:
    """The angle of a vector that lies in the plane of the first two axes."""
    assert found is not None
    assert np.linalg.norm(found) == pytest.approx(1, abs=1e-3)
    assert np.abs(found[2:]).max() < 1e-3
    return math.degrees(math.atan2(found[1], found[0]))


def run(
    library: Library, series: str, *pages: tuple[int, float], table: str = "page_embedding", dim: int = 512
) -> None:
    """One book for every (number of pages, angle)."""
    for count, angle in pages:
        book = library.book(series)
        for _ in range(count):
            library.page(book, **{table: at(angle, dim)})


@pytest.mark.parametrize("space", TABLES)
def test_every_book_counts_the_same(library: Library, space: str) -> None:
    table, dim = TABLES[space]
    run(library, "Hero", (50, 0), (1, 90), (1, 90), table=table, dim=dim)
    balanced = vector(library, "Hero", space=space, centred=False)
    by_pages = vector(library, "Hero", space=space, centred=False, balance=False)
    assert degrees(balanced) == pytest.approx(math.degrees(math.atan2(2, 1)), abs=0.2)
    assert degrees(by_pages) == pytest.approx(math.degrees(math.atan2(2, 50)), abs=0.2)


def test_the_librarys_mean_is_taken_off_balanced_too(library: Library) -> None:
    run(library, "Hero", (1, 80), (30, 80))
    run(library, "Rest", (60, 0), (1, 20), (5, 40))
    means = [at(80), at(80), at(0), at(20), at(40)]
    expected: Vector = at(80) - np.mean(means, axis=0, dtype=np.float32)
    assert degrees(vector(library, "Hero")) == pytest.approx(
        math.degrees(math.atan2(expected[1], expected[0])), abs=0.5
    )


def test_vectors_of_any_length_weigh_the_same(library: Library) -> None:
    book = library.book("Hero")
    library.page(book, page_visual=at(0, WIDTH) * 100)
    library.page(book, page_visual=at(90, WIDTH))
    assert degrees(vector(library, "Hero", space="visual", centred=False)) == pytest.approx(45, abs=0.1)


def test_narrative_pages_only_unless_told_otherwise(library: Library) -> None:
    book = library.book("Hero")
    library.page(book, page_embedding=at(0))
    library.page(book, page_embedding=at(90), page_type="cover")
    library.page(book, page_embedding=at(90), low_information=True)
    assert degrees(vector(library, "Hero", centred=False)) == pytest.approx(0, abs=0.1)
    everything = vector(library, "Hero", centred=False, narrative_only=False)
    assert degrees(everything) == pytest.approx(45, abs=0.1)


@pytest.mark.parametrize("space", TABLES)
@pytest.mark.parametrize("in_parallel", [False, True])
def test_nothing_is_null(library: Library, space: str, in_parallel: bool) -> None:
    if in_parallel:
        library.connection.execute(
            "set local debug_parallel_query = on; set local parallel_setup_cost = 0;"
            " set local parallel_tuple_cost = 0; set local min_parallel_table_scan_size = 0"
        )
    assert vector(library, "Hero", space=space) is None
    table, dim = TABLES[space]
    run(library, "Rest", (20, 0), table=table, dim=dim)
    library.page(library.book("Vectorless"))
    library.connection.execute("analyze page, page_embedding, book")
    for centred in (True, False):
        assert vector(library, "Hero", space=space, centred=centred) is None
        assert vector(library, "Vectorless", space=space, centred=centred) is None


def test_the_whole_library_has_no_direction(library: Library) -> None:
    run(library, "Hero", (3, 10), (2, 50))
    assert vector(library, "Hero") is None
    assert vector(library, "Hero", centred=False) is not None


def test_zero_vectors_neither_raise_nor_answer(library: Library) -> None:
    library.page(library.book("Hero"), page_semantic=at(0, SENTENCE_DIM) * 0)
    assert vector(library, "Hero", space="semantic", centred=False) is None


def test_it_ranks_pages_in_any_query(library: Library) -> None:
    run(library, "Hero", (2, 90), (1, 80))
    run(library, "Rest", (3, 0), (2, 10), (1, 70))
    nearest = library.connection.execute(
        "select l.series from page_embedding_current e join page_listing l using (page_id)"
        " order by e.v <=> (select concept_vector('Hero')), e.page_id limit 3"
    ).fetchall()
    assert nearest == [("Hero",)] * 3


def test_an_unknown_space_is_refused(library: Library) -> None:
    with pytest.raises(psycopg.Error, match="unknown space 'smell'") as caught:
        vector(library, "Hero", space="smell")
    assert caught.value.sqlstate == "CW002"


def test_hostile_texts(library: Library) -> None:
    run(library, "Rest", (1, 0))
    for text in HOSTILE:
        assert vector(library, text) is None
