"""concept_neighbours: what is like a concept without being it."""

from __future__ import annotations

import psycopg
import pytest
from psycopg.rows import dict_row

from tests.sql.planting import HOSTILE, Library, at

Rows = list[dict[str, object]]


def neighbours(
    library: Library, name: str, max_hits: int = 10, kind: str = "pages", **options: object
) -> Rows:
    named = "".join(f", {option} => {value!r}" for option, value in options.items())
    with library.connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(
            f"select * from concept_neighbours(%s, %s, %s{named})".encode(), (name, max_hits, kind)
        ).fetchall()


def run(library: Library, series: str, angle: float) -> list[int]:
    """Three books of two pages with a panel each; returns the pages."""
    made = []
    for number in range(3):
        book = library.book(series, number=str(number + 1))
        for _ in range(2):
            page = library.page(
                book, page_embedding=at(angle), page_visual=at(angle, 48), page_semantic=at(angle, 384)
            )
            library.panel(
                page, panel_embedding=at(angle), panel_feature=at(angle, 48), panel_semantic=at(angle, 384)
            )
            made.append(page)
    return made


@pytest.fixture
def planted(library: Library) -> Library:
    """Dracula, with Vampirella near, Batman away and Archie opposite."""
    for series, angle in (("Dracula", 0), ("Vampirella", 15), ("Batman", 90), ("Archie", 180)):
        run(library, series, angle)
    return library


@pytest.mark.parametrize("space", ["page", "visual", "semantic"])
@pytest.mark.parametrize("kind", ["pages", "panels"])
def test_pages_and_panels_most_alike_first(planted: Library, kind: str, space: str) -> None:
    rows = neighbours(planted, "Dracula", 6, kind, space=space)
    numbers = [f"Vampirella #{book} page {page}" for book in (1, 2, 3) for page in (1, 2)]
    assert [row["label"] for row in rows] == [n if kind == "pages" else f"{n} panel 1" for n in numbers]
    assert all((row["panel_id"] is None) == (kind == "pages") for row in rows)
    assert float(str(rows[0]["similarity"])) > 0.8


def test_series_most_alike_first(planted: Library) -> None:
    rows = neighbours(planted, "Dracula", kind="series")
    assert [row["label"] for row in rows] == ["Vampirella", "Batman", "Archie"]
    assert [(row["pages"], row["books"]) for row in rows] == [(6, 3)] * 3
    raw = neighbours(planted, "Dracula", kind="series", centred=False)
    assert float(str(raw[0]["similarity"])) == pytest.approx(0.966, abs=0.002)


def test_defined_concepts_most_alike_first(planted: Library) -> None:
    for name in ("Dracula", "Vampirella", "Batman"):
        planted.concept(name, series=[name])
    planted.concept("Nothing")
    rows = neighbours(planted, "dracula", kind="concepts")
    assert [row["label"] for row in rows] == ["Vampirella", "Batman"]


def test_its_own_pages_are_left_out(planted: Library) -> None:
    labels = {str(row["label"]).split(" #")[0] for row in neighbours(planted, "Dracula", 100)}
    assert labels == {"Vampirella", "Batman", "Archie"}


def test_covers_come_only_when_asked_for(planted: Library) -> None:
    cover = planted.page(planted.book("Elvira"), page_type="cover", page_embedding=at(1))
    planted.page(planted.book("Elvira"), low_information=True, page_embedding=at(1))
    assert cover not in [row["page_id"] for row in neighbours(planted, "Dracula", 100)]
    [first] = neighbours(planted, "Dracula", 1, narrative_only=False)
    assert first["page_id"] == cover


def test_ties_go_by_id_and_limits_hold(planted: Library) -> None:
    everything = neighbours(planted, "Dracula", 100)
    assert len(everything) == 18
    assert neighbours(planted, "Dracula", 3) == everything[:3]
    assert [row["page_id"] for row in everything[:6]] == sorted(row["page_id"] for row in everything[:6])  # type: ignore[type-var]
    assert neighbours(planted, "Dracula", 0) == neighbours(planted, "Dracula", -1) == []


@pytest.mark.parametrize("kind", ["pages", "panels", "series", "concepts"])
def test_nothing_for_the_unknown_and_the_empty(library: Library, kind: str) -> None:
    assert neighbours(library, "Dracula", kind=kind) == []
    run(library, "Archie", 0)
    library.concept("Archie", series=["Archie"])
    assert neighbours(library, "Dracula", kind=kind) == []


@pytest.mark.parametrize("option", ["kind", "space"])
def test_an_unknown_option_is_refused(library: Library, option: str) -> None:
    with pytest.raises(psycopg.Error, match=f"unknown {option} 'smell'"):
        neighbours(library, "Dracula", **{option: "smell"})  # type: ignore[arg-type]


def test_hostile_texts(library: Library) -> None:
    library.page(library.book("Batman"), page_embedding=at(0))
    for text in HOSTILE:
        library.concept(text or "empty", series=["Batman"], text_query=text)
        neighbours(library, text)
    neighbours(library, HOSTILE[2], kind="concepts")
