"""concept_books and concept_pages: what belongs to a concept, and why."""

from __future__ import annotations

import pytest

from tests.sql.planting import HOSTILE, Library


def books(library: Library, name: str) -> dict[int, list[str]]:
    rows = library.connection.execute("select book_id, matched from concept_books(%s)", (name,)).fetchall()
    return dict(rows)  # type: ignore[misc]


def pages(library: Library, name: str, *, narrative_only: bool = True) -> dict[int, list[str]]:
    rows = library.connection.execute(
        "select page_id, matched from concept_pages(%s, %s)", (name, narrative_only)
    ).fetchall()
    return dict(rows)  # type: ignore[misc]


def test_books_by_every_kind_of_metadata(library: Library) -> None:
    by_series = library.book("Pepper&Carrot")
    by_title = library.book("Other", title="The pepper returns")
    by_character = library.book(tags=[("character", "Pepper (witch)")])
    by_arc = library.book(tags=[("story_arc", "War of PEPPER")])
    by_two = library.book("Pepper", tags=[("character", "Pepper")])
    library.book("Peppermint", title="Peppery", tags=[("genre", "Pepper"), ("character", "Dr. Peppers")])
    assert books(library, "Pepper") == {
        by_series: ["series"],
        by_title: ["title"],
        by_character: ["character"],
        by_arc: ["story_arc"],
        by_two: ["character", "series"],
    }


def test_a_definition_replaces_the_name(library: Library) -> None:
    zombies = library.book("Marvel Zombies")
    horror = library.book("Crypt", tags=[("genre", "Zombie Horror")])
    rick = library.book("The Living", tags=[("character", "Rick")])
    named = library.book("Undead Diaries")
    spoken = library.page(named, "the zombies are coming")
    library.concept(
        "Undead",
        text_query="zombie OR ghoul",
        series=["marvel zombies"],
        characters=["Rick"],
        genres=["zombie"],
    )
    found = {zombies: ["series"], horror: ["genre"], rick: ["character"]}
    assert books(library, "undead") == found
    assert books(library, " UNDEAD ") == found
    assert pages(library, "Undead") == {spoken: ["text"]}


def test_an_empty_definition_holds_nothing(library: Library) -> None:
    library.concept("Batman")
    library.page(library.book("Batman"), "batman")
    assert pages(library, "Batman") == {}


def test_pages_of_books_and_pages_that_speak(library: Library) -> None:
    own, other = library.book("Dracula", number="3"), library.book("Mummy")
    silent, loud = library.page(own), library.page(own, "I am DRACULA!")
    library.page(own, "Dracula on sale", page_type="advertisement")
    library.page(own, low_information=True)
    library.page(own, page_type=None)
    predicted = library.page(own, page_type=None, predicted="story")
    guest = library.page(other, "beware of Dracula's castle")
    library.page(other, "nothing here")
    assert pages(library, "Dracula") == {
        silent: ["series"],
        loud: ["series", "text"],
        predicted: ["series"],
        guest: ["text"],
    }
    assert len(pages(library, "Dracula", narrative_only=False)) == 6


def test_pages_come_by_book_and_number(library: Library) -> None:
    second, first = library.book("Dracula"), library.book("Dracula", number="2")
    for book in (first, second, first):
        library.page(book)
    rows = library.connection.execute("select number, page_seq from concept_pages('Dracula')").fetchall()
    assert rows == [("1", 0), ("2", 0), ("2", 1)]


def test_a_name_of_several_words_is_a_phrase(library: Library) -> None:
    book = library.book("Other")
    together = library.page(book, "Red Sonja rides")
    library.page(book, "Sonja wears red")
    assert pages(library, "red sonja") == {together: ["text"]}


@pytest.mark.parametrize("name", ["nobody", "", "&"])
def test_unknown_concepts_and_empty_libraries(library: Library, name: str) -> None:
    assert pages(library, name) == {}
    library.page(library.book("Some & Body", title="&"), "text & more")
    assert books(library, name) == {}
    assert pages(library, name) == {}


def test_hostile_texts(library: Library) -> None:
    for text in HOSTILE:
        name = f"hostile {text[:100]}"
        library.concept(name, text_query=text, series=[text], characters=[text], genres=[text])
        library.page(library.book(text[:600] or None, title=text), text)
        pages(library, text)
        pages(library, name)
