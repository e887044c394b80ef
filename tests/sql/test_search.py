"""search_panels, search_pages, search_strips: typed queries."""

from __future__ import annotations

from typing import cast

import psycopg
import pytest
from psycopg.rows import dict_row

from tests.sql.planting import HOSTILE, SENTENCE_DIM, Library, apart, at

OWNERS = ("panel", "page", "strip")


class Planted:
    """Hits of one kind: 'panel', 'page' or 'strip', each on a page of its own."""

    def __init__(self, library: Library, owner: str):
        self.library, self.owner = library, owner

    def add(self, book: int, text: str, degrees: float | None = None, **page: object) -> int:
        """Something with this text and, where it has one, a sentence vector at this angle."""
        vectors = {} if degrees is None else {f"{self.owner}_semantic": at(degrees, SENTENCE_DIM)}
        if self.owner == "page":
            return self.library.page(book, text, **page, **vectors)  # type: ignore[arg-type]
        on_page = self.library.page(book, **page)  # type: ignore[arg-type]
        if self.owner == "panel":
            return self.library.panel(on_page, text, **vectors)
        self.library.panel(on_page, text)
        return self.library.strip(on_page, 0, 0, **vectors)

    def search(self, query: str, **options: object) -> list[dict[str, object]]:
        named = "".join(f", {name} => %({name})s" for name in options)
        with self.library.connection.cursor(row_factory=dict_row) as cursor:
            return cursor.execute(
                f"select * from search_{self.owner}s(%(query)s{named})".encode(), {"query": query, **options}
            ).fetchall()

    def ids(self, query: str, **options: object) -> list[int]:
        return [cast(int, row[f"{self.owner}_id"]) for row in self.search(query, **options)]


@pytest.fixture(params=OWNERS)
def planted(request: pytest.FixtureRequest, library: Library) -> Planted:
    return Planted(library, request.param)


def test_hybrid_fuses_both_lists_by_reciprocal_rank(planted: Planted) -> None:
    planted.library.query("castle", at(0, SENTENCE_DIM))
    book = planted.library.book("Towers", number="7", title="Walls", year=1999)
    both = planted.add(book, "a castle among many other quiet houses", 20)
    words = planted.add(book, "the castle castle")
    meaning = planted.add(book, "fortress", 10)
    planted.add(book, "breakfast", 90)
    rows = planted.search("castle", max_hits=3)
    assert [row[f"{planted.owner}_id"] for row in rows] == [both, words, meaning]
    first = rows[0]
    assert (first["series"], first["number"], first["title"], first["year"]) == ("Towers", "7", "Walls", 1999)
    assert (first["page_type"], first["text"], first["page_seq"]) == (
        "story",
        "a castle among many other quiet houses",
        0,
    )
    assert [(row["keyword_rank"], row["semantic_rank"]) for row in rows] == [(2, 2), (1, None), (None, 1)]
    assert first["reciprocal_rank"] == pytest.approx(1 / 62 + 1 / 62)
    assert rows[1]["reciprocal_rank"] == pytest.approx(1 / 61)
    assert first["distance"] == pytest.approx(apart(20), abs=1e-3)
    assert rows[1]["distance"] is None


def test_keyword_mode_needs_no_vector(planted: Planted) -> None:
    book = planted.library.book()
    found = planted.add(book, "a castle", 0)
    rows = planted.search("castle", mode="keyword")
    assert [(row[f"{planted.owner}_id"], row["distance"], row["semantic_rank"]) for row in rows] == [
        (found, None, None)
    ]


def test_semantic_mode_looks_at_meaning_only(planted: Planted) -> None:
    planted.library.query("castle", at(0, SENTENCE_DIM))
    book = planted.library.book()
    planted.add(book, "castle")
    far, near = planted.add(book, "x", 120), planted.add(book, "y", 5)
    assert planted.ids("castle", mode="semantic") == [near, far]
    assert planted.ids("castle", mode="semantic", max_distance=apart(90)) == [near]
    assert planted.ids("castle", mode="hybrid", max_distance=apart(90))[1:] == [near]


def test_a_query_without_stored_vector_says_so(planted: Planted) -> None:
    planted.add(planted.library.book(), "castle", 0)
    with pytest.raises(psycopg.Error) as caught:
        planted.search("castle")
    assert caught.value.sqlstate == "CW001"


def test_an_unknown_mode_is_refused(planted: Planted) -> None:
    with pytest.raises(psycopg.Error, match="unknown mode 'typo'") as caught:
        planted.search("castle", mode="typo")
    assert caught.value.sqlstate == "CW002"


@pytest.mark.parametrize("mode", ["hybrid", "semantic", "keyword"])
def test_an_empty_library_answers_nothing(planted: Planted, mode: str) -> None:
    assert planted.search("castle", mode=mode) == []


def test_low_information_pages_are_left_out(planted: Planted) -> None:
    planted.library.query("castle", at(0, SENTENCE_DIM))
    book = planted.library.book()
    planted.add(book, "castle", 0, low_information=True)
    shown = planted.add(book, "castle", 50)
    assert planted.ids("castle") == [shown]


@pytest.mark.parametrize(
    "filters",
    [
        {"of_series": "dracula"},
        {"of_publisher": "bram house"},
        {"of_type": "cover"},
        {"of_type": "Cover"},
        {"with_character": "MINA"},
        {"in_language": "fr"},
        {"year_from": 1897},
        {"year_to": 1880},
        {"min_panels": 3},
        {"max_panels": 1, "of_series": "Lives"},
    ],
)
def test_each_filter(planted: Planted, filters: dict[str, object]) -> None:
    library = planted.library
    library.query("blood", at(0, SENTENCE_DIM))
    plain = library.book("Other", publisher="Elsewhere", year=1890, tags=[("character", "Minaret")])
    book, kind, panels = plain, "story", 1
    match filters:
        case {"of_series": "Lives"}:
            book = library.book("The Lives", year=1890)
        case {"of_type": _}:
            kind = "cover"
        case {"min_panels": _}:
            panels = 3
        case _:
            book = library.book(
                "The Dracula Papers",
                publisher="Bram House",
                language="fr",
                year=1880 if "year_to" in filters else 1897,
                tags=[("character", "Mina Harker")],
            )
    planted.add(plain, "blood", 0)
    wanted = planted.add(book, "blood", 40, page_type=kind)
    page = library.connection.execute("select max(id) from page").fetchone()
    assert page is not None
    for _ in range(panels - (planted.owner != "page")):
        library.panel(page[0])
    assert planted.ids("blood", **filters) == [wanted]
    for mode in ("keyword", "semantic"):
        assert planted.ids("blood", mode=mode, **filters) == [wanted]


def test_filters_combine(planted: Planted) -> None:
    library = planted.library
    early, late = library.book("Dracula", year=1897), library.book("Dracula", year=1931)
    other = library.book("Mummy", year=1931)
    planted.add(early, "blood")
    planted.add(late, "blood", page_type="advertisement")
    planted.add(other, "blood")
    wanted = planted.add(late, "blood")
    found = planted.ids(
        "blood", mode="keyword", of_series="Dracula", year_from=1900, year_to=1940, of_type="story"
    )
    assert found == [wanted]


def test_ties_go_by_id_and_limits_hold(planted: Planted) -> None:
    planted.library.query("castle", at(0, SENTENCE_DIM))
    book = planted.library.book()
    same = [planted.add(book, "castle", 10) for _ in range(12)]
    assert planted.ids("castle", max_hits=5) == same[:5]
    assert planted.ids("castle") == same[:10]
    assert planted.ids("castle", max_hits=100) == same
    assert planted.ids("castle", max_hits=0) == []
    assert planted.ids("castle", max_hits=-1) == []
    assert planted.ids("castle", max_hits=2**31 - 1, mode="keyword") == same


def test_a_zero_vector_is_near_nothing(planted: Planted) -> None:
    planted.library.query("castle", at(0, SENTENCE_DIM))
    book = planted.library.book()
    silent = planted.add(book, "castle", 0)
    table = f"{planted.owner}_semantic"
    planted.library.connection.execute(f"update {table} set v = array_fill(0, array[384])::halfvec".encode())
    assert planted.ids("castle", mode="semantic") == []
    [row] = planted.search("castle")
    assert (row[f"{planted.owner}_id"], row["distance"]) == (silent, None)


def test_hostile_texts(planted: Planted) -> None:
    planted.add(planted.library.book("x"), "castle", 0)
    for text in HOSTILE:
        if text.strip():
            planted.library.query(text.strip()[:600], at(0, SENTENCE_DIM))
        planted.search(text)
        hostile = dict.fromkeys(
            ("of_series", "of_publisher", "of_type", "with_character", "in_language"), text
        )
        planted.search(text, mode="keyword", **hostile)


def test_a_strip_is_read_as_a_whole(library: Library) -> None:
    planted = Planted(library, "strip")
    page = library.page(library.book())
    for n, text in enumerate(("outside", "first castle", "", "second castle")):
        library.panel(page, text, x=100 * n, y=10 * n)
    strip = library.strip(page, 1, 3)
    [row] = planted.search("castle", mode="keyword")
    assert row["strip_id"] == strip
    assert (row["first_panel"], row["last_panel"]) == (1, 3)
    assert (row["x"], row["y"], row["w"], row["h"]) == (100, 10, 250, 60)
    assert row["text"] == "first castle\nsecond castle"
    assert planted.ids("outside", mode="keyword") == []


def test_the_search_is_planned_into_the_query(library: Library) -> None:
    """Inlined, and in keyword mode without a look at the vectors."""
    library.panel(library.page(library.book()), "castle")
    plan = library.connection.execute(
        "explain (analyze, costs off) select * from search_panels('castle', mode => 'keyword')"
    ).fetchall()
    lines = [str(line[0]) for line in plan]
    assert not any("Function Scan on search_panels" in line for line in lines)
    vectors = [line for line in lines if "on panel_semantic" in line]
    assert vectors
    assert all("never executed" in line for line in vectors)
