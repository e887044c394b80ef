"""similar_panels, similar_pages, similar_strips: more like these, less like those."""

from __future__ import annotations

import psycopg
import pytest

from tests.sql.planting import HOSTILE, Library, Vector, apart, at

TABLES = {"panel": "panel_embedding", "page": "page_embedding", "strip": "strip_embedding"}


class Planted:
    """Panels, pages or strips with vectors at known angles."""

    def __init__(self, library: Library, owner: str):
        self.library, self.owner = library, owner

    def add(self, vector: Vector, **page: object) -> int:
        vectors = {TABLES[self.owner]: vector}
        book = self.library.book("Dracula")
        if self.owner == "page":
            return self.library.page(book, **page, **vectors)  # type: ignore[arg-type]
        on_page = self.library.page(book, **page)  # type: ignore[arg-type]
        if self.owner == "panel":
            return self.library.panel(on_page, **vectors)
        self.library.panel(on_page)
        return self.library.strip(on_page, 0, 0, **vectors)

    def similar(self, **options: object) -> list[tuple[int, float, int, bool]]:
        named = ", ".join(f"{name} => %({name})s" for name in options)
        return self.library.connection.execute(
            f"select {self.owner}_id, distance, rank, exact from similar_{self.owner}s({named})".encode(),
            options,
        ).fetchall()

    def ids(self, **options: object) -> list[int]:
        return [row[0] for row in self.similar(**options)]


@pytest.fixture(params=TABLES)
def planted(request: pytest.FixtureRequest, library: Library) -> Planted:
    return Planted(library, request.param)


def test_the_mean_of_several(planted: Planted) -> None:
    left, right = planted.add(at(0)), planted.add(at(60) * 9)
    beside, between = planted.add(at(5)), planted.add(at(31))
    rows = planted.similar(likes=[left, right, left])
    assert [row[0] for row in rows] == [between, beside]
    assert rows[0][1:] == (pytest.approx(apart(1), abs=2e-3), 1, True)
    assert planted.ids(**{f"of_{planted.owner}": left, "likes": [right]}) == [between, beside]


def test_less_like_those(planted: Planted) -> None:
    like, unlike = planted.add(at(0)), planted.add(at(40))
    towards, away = planted.add(at(10)), planted.add(at(-12))
    assert planted.ids(likes=[like]) == [towards, away, unlike]
    assert planted.ids(likes=[like], unlikes=[unlike]) == [away, towards]
    assert planted.ids(likes=[like], unlikes=[unlike], unlike_weight=0) == [towards, away]
    assert planted.ids(unlikes=[unlike]) == [away, like, towards]


def test_what_has_no_direction_finds_nothing(planted: Planted) -> None:
    like, opposite = planted.add(at(0)), planted.add(at(180))
    planted.add(at(20))
    zero = planted.add(at(0) * 0)
    assert planted.ids(likes=[like, opposite]) == []
    assert planted.ids(likes=[zero]) == []
    assert planted.ids(likes=[-1]) == planted.ids(likes=[]) == planted.ids() == []
    assert len(planted.ids(likes=[like, zero, -1, None])) == 2
    assert planted.ids(likes=[like], unlikes=[like], unlike_weight=1) == []


def test_ties_filters_and_thresholds(planted: Planted) -> None:
    like = planted.add(at(0))
    same = [planted.add(at(10)) for _ in range(6)]
    planted.add(at(10), low_information=True)
    planted.add(at(80))
    assert planted.ids(likes=[like], max_hits=4) == same[:4]
    assert planted.ids(likes=[like], max_distance=0.5) == same
    assert planted.ids(likes=[like], of_series="Mummy") == []
    for text in HOSTILE:
        planted.ids(likes=[like], of_series=text, with_character=text, of_type=text, in_language=text)


def test_an_unknown_space_is_refused(planted: Planted) -> None:
    with pytest.raises(psycopg.Error, match="unknown space") as caught:
        planted.ids(likes=[1], space="'; drop table page; --")
    assert caught.value.sqlstate == "CW002"
