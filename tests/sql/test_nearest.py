"""nearest_panels, nearest_pages, similar_panels, similar_pages, and the spaces they look in."""

from __future__ import annotations

from typing import cast

import psycopg
import pytest
from pgvector import HalfVector
from psycopg.rows import dict_row

from tests.sql.planting import DIMS, KINDS, Library, Vector, apart, at

SPACES = {
    "panel": {
        "fused": "panel_embedding",
        "vision": "panel_vision",
        "text": "panel_text",
        "composition": "panel_composition",
        "context": "panel_context",
        "feature": "panel_feature",
        "semantic": "panel_semantic",
    },
    "page": {"page": "page_embedding", "visual": "page_visual", "semantic": "page_semantic"},
}
EVERY_SPACE = [(owner, space) for owner, spaces in SPACES.items() for space in spaces]


class Planted:
    """Panels or pages with vectors at known angles in one space."""

    def __init__(self, library: Library, owner: str, space: str):
        self.library, self.owner, self.space = library, owner, space
        self.table = SPACES[owner][space]
        self.dim = DIMS[KINDS[self.table]]

    def at(self, degrees: float) -> Vector:
        return at(degrees, self.dim)

    def add(self, degrees: float, *, book: int | None = None, **page: object) -> int:
        book = self.library.book() if book is None else book
        vectors = {self.table: self.at(degrees)}
        if self.owner == "page":
            return self.library.page(book, **page, **vectors)  # type: ignore[arg-type]
        return self.library.panel(self.library.page(book, **page), **vectors)  # type: ignore[arg-type]

    def nearest(self, vector: Vector | None, **options: object) -> list[dict[str, object]]:
        bound = None if vector is None else HalfVector(vector)
        return self._ask(f"nearest_{self.owner}s(%(v)s::halfvec", {"v": bound}, options)

    def similar(self, id_: int, **options: object) -> list[dict[str, object]]:
        return self._ask(f"similar_{self.owner}s(%(v)s", {"v": id_}, options)

    def ids(self, rows: list[dict[str, object]]) -> list[int]:
        return [cast(int, row[f"{self.owner}_id"]) for row in rows]

    def _ask(
        self, call: str, bound: dict[str, object], options: dict[str, object]
    ) -> list[dict[str, object]]:
        options = {"space": self.space, **options}
        named = "".join(f", {name} => %({name})s" for name in options)
        with self.library.connection.cursor(row_factory=dict_row) as cursor:
            return cursor.execute(f"select * from {call}{named})".encode(), {**bound, **options}).fetchall()


@pytest.fixture(params=EVERY_SPACE, ids=lambda pair: f"{pair[0]}-{pair[1]}")
def planted(request: pytest.FixtureRequest, library: Library) -> Planted:
    return Planted(library, *request.param)


@pytest.fixture(params=[("panel", "fused"), ("page", "page")], ids=["panels", "pages"])
def default(request: pytest.FixtureRequest, library: Library) -> Planted:
    return Planted(library, *request.param)


def test_nearest_first_with_distances(planted: Planted) -> None:
    far, near, opposite = planted.add(60), planted.add(10), planted.add(180)
    rows = planted.nearest(planted.at(0))
    assert planted.ids(rows) == [near, far, opposite]
    assert [row["distance"] for row in rows] == pytest.approx([apart(10), apart(60), 2], abs=2e-3)


def test_similar_leaves_itself_out(planted: Planted) -> None:
    near, self_, twin, far = planted.add(30), planted.add(0), planted.add(0), planted.add(90)
    assert planted.ids(planted.similar(self_)) == [twin, near, far]
    assert planted.ids(planted.similar(self_, max_hits=1)) == [twin]
    assert planted.ids(planted.similar(self_, max_hits=0)) == []


def test_only_the_live_models_vectors_count(planted: Planted) -> None:
    shown = planted.add(0)
    planted.library.vectors(
        planted.add(90), model=planted.library.model(KINDS[planted.table], status="candidate"),
        **{planted.table: planted.at(0)},
    )  # fmt: skip
    rows = planted.nearest(planted.at(0))
    assert planted.ids(rows)[0] == shown
    assert len(rows) == 2


def test_an_empty_library_has_no_neighbours(planted: Planted) -> None:
    assert planted.nearest(planted.at(0)) == []
    assert planted.nearest(None) == []
    assert planted.similar(1) == []


def test_null_zero_and_vectorless(default: Planted) -> None:
    planted = default
    zero = planted.add(0)
    planted.library.connection.execute(
        f"update {planted.table} set v = array_fill(0, array[512])::halfvec".encode()
    )
    shown = planted.add(20)
    assert planted.ids(planted.nearest(planted.at(0))) == [shown]
    assert planted.nearest(None) == []
    assert planted.nearest(planted.at(0) * 0) == []
    assert planted.similar(zero) == []
    planted.library.connection.execute(f"delete from {planted.table}".encode())
    assert planted.similar(shown) == []


def test_filters_combine(default: Planted) -> None:
    planted, library = default, default.library
    match = library.book("Dracula", year=1931, language="fr", tags=[("character", "Mina Harker")])
    other = library.book("Dracula", year=1958, tags=[("character", "Mina Harker")])
    planted.add(0, book=other)
    planted.add(0, book=match, page_type="cover")
    planted.add(0, book=match, low_information=True)
    wanted = planted.add(30, book=match)
    rows = planted.nearest(
        planted.at(0), of_series="dracula", year_to=1940, of_type="story", with_character="mina",
        in_language="FR",
    )  # fmt: skip
    assert planted.ids(rows) == [wanted]
    assert planted.ids(planted.similar(wanted, year_from=1950)) == planted.ids(
        planted.nearest(planted.at(30), year_from=1950)
    )


def test_limits_thresholds_and_ties(default: Planted) -> None:
    planted = default
    same = [planted.add(10) for _ in range(12)]
    planted.add(80)
    assert planted.ids(planted.nearest(planted.at(0), max_hits=5)) == same[:5]
    assert planted.ids(planted.nearest(planted.at(0), max_distance=0.5, max_hits=50)) == same
    assert planted.nearest(planted.at(0), max_hits=0) == []
    assert planted.nearest(planted.at(0), max_hits=-3) == []
    assert len(planted.nearest(planted.at(0), max_hits=2**31 - 1)) == 13
    assert len(planted.similar(same[0], max_hits=2**31 - 1)) == 12


@pytest.mark.parametrize(("owner", "space"), [("panel", "feature"), ("page", "visual")])
def test_backbones_of_other_widths_are_left_out(library: Library, owner: str, space: str) -> None:
    planted = Planted(library, owner, space)
    wide, narrow = planted.add(0), planted.add(0)
    library.connection.execute(
        f"update {planted.table} set v = '[1,0,0]' where {owner}_id = %s".encode(), (narrow,)
    )
    assert planted.ids(planted.nearest(planted.at(0))) == [wide]
    assert planted.similar(narrow) == []


def test_a_vector_of_another_width_is_refused(default: Planted) -> None:
    default.add(0)
    with pytest.raises(psycopg.Error, match="different halfvec dimensions 512 and 384"):
        default.nearest(at(0, 384))


def test_an_unknown_space_is_refused_even_of_an_empty_library(default: Planted) -> None:
    with pytest.raises(psycopg.Error, match="unknown space 'smell'") as caught:
        default.nearest(at(0), space="smell")
    assert caught.value.sqlstate == "CW002"
