"""concept_compare, concept_pairs and concept_matrix, on libraries whose answers are known."""

from __future__ import annotations

from collections.abc import Sequence

import psycopg
import pytest
from psycopg.rows import dict_row

from tests.sql.planting import HOSTILE, Library, at

Rows = list[dict[str, object]]


def compare(library: Library, *names: str) -> Rows:
    return _ask(library, f"concept_compare({', '.join(['%s'] * len(names))})", names)


def pairs(library: Library, names: Sequence[str], **options: object) -> Rows:
    named = "".join(f", {name} => {value!r}" for name, value in options.items())
    return _ask(library, f"concept_pairs(%s{named})", (list(names),))


def matrix(library: Library, names: Sequence[str]) -> Rows:
    return _ask(library, "concept_matrix(%s::text[])", (list(names),))


def _ask(library: Library, call: str, values: Sequence[object]) -> Rows:
    with library.connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(f"select * from {call}".encode(), values).fetchall()


def similarity(rows: Rows) -> dict[tuple[object, object], float]:
    return {(row["left_name"], row["right_name"]): float(str(row["similarity"])) for row in rows}


def run(library: Library, series: str, angle: float, *, books: int = 3, pages: int = 2) -> list[int]:
    """A series whose pages lie within a few degrees of an angle."""
    made = []
    for number in range(books):
        book = library.book(series, number=str(number))
        for page in range(pages):
            library.page(book, page_embedding=at(angle + number - page))
        made.append(book)
    return made


def test_red_sonja_is_nearer_to_conan_than_to_batman(library: Library) -> None:
    run(library, "Red Sonja", 0)
    run(library, "Conan the Barbarian", 20)
    run(library, "Batman", 100)
    run(library, "Vampirella", 200)
    rows = compare(library, "Red Sonja", "Conan", "Batman")
    assert [(row["left_name"], row["right_name"]) for row in rows] == [
        ("Red Sonja", "Conan"), ("Red Sonja", "Batman"), ("Conan", "Batman"),
    ]  # fmt: skip
    alike = similarity(rows)
    assert alike["Red Sonja", "Conan"] > 0.8 > 0.3 > alike["Red Sonja", "Batman"]
    first = rows[0]
    assert (first["left_pages"], first["left_books"], first["right_pages"], first["right_books"]) == (
        6,
        3,
        6,
        3,
    )
    assert (first["shared_books"], first["note"]) == (0, None)


def test_zombie_series_cluster_apart_from_other_horror(library: Library) -> None:
    for n, series in enumerate(["The Walking Dead", "28 Days Later", "Marvel Zombies"]):
        run(library, series, 10 * n)
    for n, series in enumerate(["Dracula", "Vampirella"]):
        run(library, series, 150 + 10 * n)
    run(library, "Archie", 270)
    zombies, vampires = ("The Walking Dead", "28 Days Later", "Marvel Zombies"), ("Dracula", "Vampirella")
    alike = similarity(compare(library, *zombies, *vampires))
    within = [alike[zombies[0], zombies[1]], alike[zombies[1], zombies[2]], alike[vampires]]
    across = [alike[z, v] for z in zombies for v in vampires]
    assert min(within) > max(across)


def test_a_long_run_does_not_dominate(library: Library) -> None:
    run(library, "Hero", 90, books=2)
    omnibus = library.book("Hero Omnibus")
    for _ in range(60):
        library.page(omnibus, page_embedding=at(0))
    run(library, "East", 0)
    run(library, "North", 90)
    run(library, "West", 200, books=4)
    balanced = similarity(compare(library, "Hero", "East", "North"))
    by_pages = similarity(pairs(library, ["Hero", "East", "North"], balance=False))
    assert balanced["Hero", "North"] > balanced["Hero", "East"]
    assert by_pages["Hero", "North"] < by_pages["Hero", "East"]


def test_what_all_pages_have_in_common_is_taken_off(library: Library) -> None:
    """Three clusters close together are all alike, until seen from their middle."""
    for n, series in enumerate(["A", "B", "C"]):
        for number in range(3):
            common = at(0, axes=(5, 6)) * 10
            book = library.book(series, number=str(number))
            library.page(book, page_embedding=common + at(120 * n + number))
    assert min(similarity(pairs(library, "ABC", centred=False)).values()) > 0.95
    assert max(similarity(pairs(library, "ABC")).values()) < 0


def test_shared_books_are_left_out_and_counted(library: Library) -> None:
    run(library, "Red Sonja", 0)
    run(library, "Conan", 90)
    run(library, "Other", 225, books=4)
    for number in range(5):
        both = library.book("Conan and Red Sonja", number=str(number))
        library.page(both, page_embedding=at(45))
    [row] = compare(library, "Red Sonja", "Conan")
    assert (row["left_books"], row["right_books"], row["shared_books"]) == (3, 3, 5)
    assert row["note"] == "5 shared books left out"
    without = similarity([row])
    assert without["Red Sonja", "Conan"] < 0.5


def test_heroes_of_one_series_are_compared_by_the_pages_that_name_one(library: Library) -> None:
    for number in range(3):
        book = library.book("Pepper&Carrot", number=str(number))
        library.page(book, "Pepper flies", page_embedding=at(0))
        library.page(book, "Carrot sleeps", page_embedding=at(90))
        library.page(book, "Pepper! Carrot!", page_embedding=at(45))
        library.page(book, page_embedding=at(45))
    run(library, "Other", 225)
    [row] = compare(library, "Pepper", "Carrot")
    assert (row["left_pages"], row["right_pages"], row["shared_books"]) == (3, 3, 3)
    assert row["note"] == "same pages: only those whose text names one of the two"


def test_pages_of_both_are_left_out_where_books_cannot_be(library: Library) -> None:
    for number in range(3):
        book = library.book("Tower", number=str(number))
        library.page(book, "Anna walks", page_embedding=at(0))
        library.page(book, "Bruno waits", page_embedding=at(90))
        library.page(book, "Anna meets Bruno", page_embedding=at(45))
    run(library, "Other", 225)
    [row] = compare(library, "Anna", "Bruno")
    assert (row["left_pages"], row["right_pages"], row["shared_books"]) == (3, 3, 3)
    assert row["note"] == "same books: pages of both left out"


def test_one_concept_within_another(library: Library) -> None:
    run(library, "Marvel Zombies", 0)
    run(library, "Zombies at Sea", 60)
    run(library, "Other", 225)
    [row] = compare(library, "Marvel Zombies", "Zombies")
    assert (row["left_books"], row["right_books"], row["shared_books"]) == (3, 3, 3)
    assert row["note"] == "one lies within the other: its pages left out of the wider one"
    assert row["similarity"] is not None


def test_the_same_pages_cannot_be_compared(library: Library) -> None:
    run(library, "Red Sonja", 0)
    run(library, "Other", 120)
    [row] = compare(library, "Red Sonja", "Sonja")
    assert (row["similarity"], row["note"]) == (None, "all pages shared")
    assert (row["left_pages"], row["right_pages"]) == (6, 6)


def test_few_books_are_noted(library: Library) -> None:
    run(library, "A", 0, books=2)
    run(library, "B", 90)
    [row] = compare(library, "A", "B")
    assert row["similarity"] is not None
    too_few = "fewer than 3 books of A; fewer than 3 other books in the library to measure against"
    assert row["note"] == too_few


def test_unknown_and_vectorless_concepts_are_noted(library: Library) -> None:
    assert [row["note"] for row in compare(library, "A", "B")] == ["unknown concept: A; unknown concept: B"]
    run(library, "A", 0)
    library.page(library.book("Vectorless"))
    one, two, three = compare(library, "A", "Nobody", "Vectorless")
    assert one["note"] == "unknown concept: Nobody"
    assert (one["similarity"], one["left_pages"], one["right_pages"]) == (None, 6, 0)
    assert two["note"] == "no vectors of Vectorless in this space"
    assert "unknown concept: Nobody" in str(three["note"])


def test_fewer_than_two_names_make_no_pair(library: Library) -> None:
    run(library, "A", 0)
    assert compare(library, "A") == []
    assert pairs(library, []) == []
    assert matrix(library, []) == []


def test_defined_concepts_compare_too(library: Library) -> None:
    run(library, "Marvel Zombies", 0)
    run(library, "The Walking Dead", 10)
    run(library, "Archie", 180)
    run(library, "Other", 90)
    library.concept("Undead", series=["Marvel Zombies", "Walking Dead"])
    [row] = compare(library, "undead", "Archie")
    assert (row["left_books"], row["right_books"]) == (6, 3)


def test_the_matrix_is_symmetrical_with_ones(library: Library) -> None:
    names = ["Red Sonja", "Conan", "Nobody"]
    run(library, "Red Sonja", 0)
    run(library, "Conan", 90)
    run(library, "Other", 225)
    rows = matrix(library, names)
    assert [(row["row_name"], row["column_name"]) for row in rows] == [(a, b) for a in names for b in names]
    cells = {(row["row_name"], row["column_name"]): row for row in rows}
    assert cells["Red Sonja", "Red Sonja"]["similarity"] == 1
    assert cells["Red Sonja", "Red Sonja"]["pages"] == 6
    assert cells["Nobody", "Nobody"]["similarity"] is None
    [pair] = compare(library, "Red Sonja", "Conan")
    assert cells["Red Sonja", "Conan"]["similarity"] == cells["Conan", "Red Sonja"]["similarity"]
    assert cells["Red Sonja", "Conan"]["similarity"] == pair["similarity"]
    assert cells["Conan", "Red Sonja"]["books"] == 3


def test_an_unknown_space_is_refused(library: Library) -> None:
    with pytest.raises(psycopg.Error, match="unknown space 'smell'"):
        pairs(library, ["A", "B"], space="smell")


def test_hostile_texts(library: Library) -> None:
    run(library, "Hero", 0, books=1)
    for text in HOSTILE:
        assert len(compare(library, text, "Hero", f"{text}'")) == 3
    assert len(matrix(library, HOSTILE)) == len(HOSTILE) ** 2
