"""What stands behind a similarity: percentile, interval, and questions that trap naive means."""

from __future__ import annotations

import numpy as np
import psycopg
import pytest
from psycopg.rows import dict_row

from tests.sql.planting import HOSTILE, Library, at
from warehouse.database.store.sums import sum_all_books

Rows = list[dict[str, object]]
SEEDS = (("Red Sonja", 0), ("Conan", 15), ("Batman", 100), ("Moon Knight", 112), ("Dracula", 190))
MORE = (("Vampirella", 205), ("Archie", 280), ("Tintin", 320))


def pairs(library: Library, *names: str, **options: object) -> Rows:
    named = "".join(f", {name} => {value!r}" for name, value in options.items())
    with library.connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(f"select * from concept_pairs(%s{named})".encode(), (list(names),)).fetchall()


def number(row: dict[str, object], name: str) -> float:
    return float(str(row[name]))


@pytest.fixture
def trapped(library: Library) -> Library:
    """Known answers under a strong common mean, with an omnibus that drags and crossovers that join.

    Every page has three times as much in common as of its own.  Batman has an omnibus of 40 pages drawn like
    Red Sonja; Red Sonja meets Batman in three crossovers.
    """
    common = at(0, axes=(5, 6)) * 3
    for series, angle in (*SEEDS, *MORE):
        for issue in range(4):
            book = library.book(series, number=str(issue))
            for page in range(2):
                library.page(book, page_embedding=common + at(angle + 3 * issue - 2 * page))
    omnibus = library.book("Batman Omnibus")
    for _ in range(40):
        library.page(omnibus, page_embedding=common + at(5))
    for issue in range(3):
        crossover = library.book("Batman Meets Red Sonja", number=str(issue))
        library.page(crossover, page_embedding=common + at(50))
    return library


@pytest.mark.parametrize("is_summed", [False, True])
def test_the_seeds_questions_in_spite_of_the_traps(trapped: Library, is_summed: bool) -> None:
    if is_summed:
        sum_all_books(trapped.connection)
    for one, near, far in (
        ("Red Sonja", "Conan", "Batman"),
        ("Dracula", "Vampirella", "Archie"),
        ("Batman", "Moon Knight", "Red Sonja"),
    ):
        rows = {(row["left_name"], row["right_name"]): row for row in pairs(trapped, one, near, far)}
        close, away = rows[one, near], rows[one, far]
        assert number(close, "similarity") > 0.5 > number(away, "similarity"), (one, near, far)
        assert number(close, "percentile") > max(75, number(away, "percentile"))
        assert number(close, "low") <= number(close, "similarity") <= number(close, "high")
    naive = trapped.connection.execute(
        "select 1 - ((select avg(e.v) from page_embedding e join page_listing l using (page_id)"
        " where l.series like '%Batman%') <=> (select avg(e.v) from page_embedding e"
        " join page_listing l using (page_id) where l.series like '%Red Sonja%'))"
    ).fetchone()
    assert naive is not None
    assert naive[0] > 0.99, "the trap is one: plain averages find Batman and Red Sonja the same"


def test_zombies_cluster_apart_from_other_horror(trapped: Library) -> None:
    for issue in range(3):
        for series, angle in (("Walking Dead", 55), ("Marvel Zombies", 65), ("28 Days Later", 75)):
            trapped.page(
                trapped.book(series, number=str(issue)), page_embedding=at(angle) + at(0, axes=(5, 6)) * 3
            )
    zombies, others = ("Walking Dead", "Marvel Zombies", "28 Days Later"), ("Dracula", "Vampirella")
    alike = {
        frozenset((row["left_name"], row["right_name"])): number(row, "similarity")
        for row in pairs(trapped, *zombies, *others)
    }
    within = [alike[frozenset(pair)] for pair in ((zombies[0], zombies[1]), (zombies[1], zombies[2]), others)]
    assert min(within) > max(alike[frozenset((z, o))] for z in zombies for o in others)


def test_percentile_among_random_groups_of_books(trapped: Library) -> None:
    [row] = pairs(trapped, "Dracula", "Vampirella")
    assert row["percentile_among"] == "random book groups"
    assert number(row, "percentile") > 90
    [far] = pairs(trapped, "Dracula", "Red Sonja")
    assert number(far, "percentile") < 20


def test_percentile_among_defined_concepts(trapped: Library) -> None:
    for series, _ in (*SEEDS, *MORE):
        trapped.concept(f"all {series}", series=[series])
    [row] = pairs(trapped, "Dracula", "Vampirella")
    assert row["percentile_among"] == "defined concepts"
    assert number(row, "percentile") > 85
    [far] = pairs(trapped, "Conan", "Dracula")
    assert number(far, "percentile") < 30


def test_the_same_seed_draws_the_same(trapped: Library) -> None:
    first = pairs(trapped, "Dracula", "Archie")
    assert pairs(trapped, "Dracula", "Archie") == first
    other = pairs(trapped, "Dracula", "Archie", seed=7)
    assert other[0]["similarity"] == first[0]["similarity"]
    assert other[0]["low"] != first[0]["low"]
    three = pairs(trapped, "Tintin", "Dracula", "Archie")
    assert [row for row in three if row["left_name"] == "Dracula"] == first


def test_the_interval_is_that_of_a_bootstrap_over_books(library: Library) -> None:
    rng = np.random.default_rng(0)
    angles = {"Wide": rng.normal(0, 25, 12), "Narrow": rng.normal(60, 25, 12)}
    for series, spread in angles.items():
        for angle in spread:
            library.page(library.book(series), page_embedding=at(float(angle)))
    [row] = pairs(library, "Wide", "Narrow", centred=False, rounds=2000)
    sides = [np.stack([at(float(angle))[:2] for angle in spread]) for spread in angles.values()]
    drawn = []
    for _ in range(4000):
        one, other = (side[rng.integers(0, 12, 12)].mean(0) for side in sides)
        drawn.append(one @ other / np.linalg.norm(one) / np.linalg.norm(other))
    low, high = np.quantile(drawn, [0.025, 0.975])
    assert number(row, "low") == pytest.approx(low, abs=0.04)
    assert number(row, "high") == pytest.approx(high, abs=0.04)
    assert number(row, "low") < number(row, "similarity") < number(row, "high")


def test_few_books_have_no_interval_and_say_so(trapped: Library) -> None:
    trapped.page(trapped.book("Oneshot"), page_embedding=at(20))
    [row] = pairs(trapped, "Oneshot", "Archie")
    assert (row["low"], row["high"]) == (None, None)
    assert "fewer than 3 books of Oneshot" in str(row["note"])
    assert row["similarity"] is not None


def test_no_rounds_no_evidence(trapped: Library) -> None:
    [row] = pairs(trapped, "Dracula", "Archie", rounds=0)
    assert row["similarity"] is not None
    assert [row[name] for name in ("percentile", "percentile_among", "low", "high")] == [None] * 4


def test_a_library_too_small_has_no_percentile(library: Library) -> None:
    library.page(library.book("A"), page_embedding=at(0))
    library.page(library.book("B"), page_embedding=at(90))
    [row] = pairs(library, "A", "B")
    assert (row["percentile"], row["percentile_among"]) == (None, None)


def test_panels_and_strips_are_averaged_too(library: Library) -> None:
    for series, angle in (("Hero", 0), ("Foe", 90), ("Rest", 200)):
        for _ in range(3):
            page = library.page(library.book(series), page_semantic=at(angle, 384))
            for shift in (0, 5):
                panel = library.panel(page)
                library.vectors(panel, **{f"panel_{name}": at(angle + shift) for name in
                    ("embedding", "vision", "text", "composition", "context")},
                    panel_semantic=at(angle + shift, 384), panel_feature=at(angle + shift, 48))  # fmt: skip
            library.strip(page, 0, 1, strip_embedding=at(angle), strip_semantic=at(angle, 384))
    spaces = library.connection.execute("select space from vector_space").fetchall()
    for (space,) in spaces:
        [row] = pairs(library, "Hero", "Foe", space=space, centred=False)
        if space in ("page", "visual"):
            assert row["note"] == "no vectors of Hero in this space; no vectors of Foe in this space"
        else:
            assert number(row, "similarity") == pytest.approx(0, abs=0.02)
            assert (row["left_pages"], row["left_books"]) == (3, 3)


def test_an_unknown_space_names_the_known(library: Library) -> None:
    for call in (
        "concept_vector('A', 'smell')",
        "concept_neighbours('A', space => 'smell')",
        "concept_matrix(array['A', 'B'], 'smell')",
        "concept_pairs(array['A', 'B'], 'smell')",
    ):
        with pytest.raises(psycopg.Error) as caught, library.connection.transaction():
            library.connection.execute(f"select * from {call}".encode())
        assert caught.value.sqlstate == "CW002"
        assert "page, visual, semantic, panel" in str(caught.value.diag.message_hint)
        assert caught.value.diag.column_name == "space"


def test_zero_vectors_and_other_widths(library: Library) -> None:
    for series, vector in (("Zero", at(0, 48) * 0), ("One", at(10, 48))):
        library.page(library.book(series), page_visual=vector)
    [row] = pairs(library, "Zero", "One", space="visual")
    assert (row["similarity"], row["note"]) == (None, "no vectors of Zero in this space")
    with pytest.raises(psycopg.Error, match="different halfvec dimensions"):
        library.connection.execute(
            "select e.v <=> (select concept_vector('One', 'visual', centred => false))"
            " from page_visual e union all select concept_vector('One', 'visual', centred => false)"
            " <=> array_fill(1, array[512])::halfvec"
        )


def test_nan_is_refused_by_the_tables(library: Library) -> None:
    with pytest.raises(psycopg.Error, match="NaN not allowed"):
        library.page(library.book("A"), page_embedding=at(0) * np.float32("nan"))


def test_titles_and_story_arcs_define_too(library: Library) -> None:
    by_title = library.book("X", title="Night of the Ghouls")
    by_arc = library.book("Y", tags=[("story_arc", "Civil War")])
    library.concept("Mine", titles=["ghouls"], story_arcs=["civil war"])
    rows = library.connection.execute("select book_id, matched from concept_books('mine')").fetchall()
    assert rows == [(by_title, ["title"]), (by_arc, ["story_arc"])]


def test_hostile_texts_everywhere(library: Library) -> None:
    library.page(library.book("Hero"), page_embedding=at(0))
    for text in HOSTILE:
        library.concept(f"h {text[:50]}", titles=[text], story_arcs=[text])
        pairs(library, text, f"h {text[:50]}", rounds=5)
        for call in ("concept_mean(%s)", "concept_neighbours(%s, 5, 'concepts', rounds => 5)"):
            library.connection.execute(f"select * from {call}".encode(), (text,))
        with pytest.raises(psycopg.Error), library.connection.transaction():
            library.connection.execute("select concept_vector('Hero', %s)", (text,))
