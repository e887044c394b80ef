"""text_query, text_document and library_query: what a typed query finds in a text."""

from __future__ import annotations

import pytest

from tests.sql.planting import HOSTILE, Library
from warehouse.database.connection import Connection


def finds(connection: Connection, language: str | None, text: str, query: str) -> bool:
    row = connection.execute(
        "select coalesce(text_document(%s, %s) @@ text_query(%s, %s), false)",
        (language, text, language, query),
    ).fetchone()
    return row == (True,)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("castle", True),
        ("castles", True),
        ("CASTLE knights", True),
        ("castle dragon", False),
        ("dragon or castle", True),
        ('"the castle of knights"', True),
        ('"knights castle"', False),
        ("cast*", True),
        ("knights cast*", True),
        ("dragon cast*", False),
        ("castle -knight", False),
        ("castle -knights", False),
        ("castle -dragon", True),
        ('castle -"of knights"', False),
        ('castle -"of dragons"', True),
        ("-dragon", False),
        ("the", True),
    ],
)
def test_web_search_syntax(connection: Connection, query: str, found: bool) -> None:
    assert finds(connection, "en", "At night the castle of Knights sleeps", query) is found


def test_each_language_has_its_endings(connection: Connection) -> None:
    assert finds(connection, "fr", "Les chevaux dorment", "cheval")
    assert not finds(connection, None, "Les chevaux dorment", "cheval")
    assert finds(connection, None, "Les chevaux dorment", "chevaux")


@pytest.mark.parametrize(
    ("query", "found"), [("猫", True), ("ロボット", True), ("ットボ", False), ("犬", False)]
)
def test_unspaced_writing_is_searched_by_phrase(connection: Connection, query: str, found: bool) -> None:
    assert finds(connection, "ja", "吾輩は猫である。ロボットだ", query) is found


def test_hostile_texts(connection: Connection) -> None:
    for text in HOSTILE:
        connection.execute("select text_query('en', %s), library_query(%s, %s)", (text, text, text))
        connection.execute("select text_document('en', %s), text_document(%s, %s)", (text, text[:100], text))


def test_the_longest_text_fits(connection: Connection) -> None:
    every_word_new = " ".join(f"{n:06d}word" for n in range(30_000))
    row = connection.execute("select length(text_document('en', %s)) > 1000", (every_word_new,)).fetchone()
    assert row == (True,)


def test_a_library_is_read_in_all_its_languages(library: Library) -> None:
    ask = "select text_document('fr', 'ils mangeaient') @@ library_query('manger', %s)"
    assert library.connection.execute("select library_query('manger')").fetchone() == (None,)
    library.book(language="en")
    assert library.connection.execute(ask, (None,)).fetchone() == (False,)
    library.book(language="fr")
    assert library.connection.execute(ask, (None,)).fetchone() == (True,)
    assert library.connection.execute(ask, ("en",)).fetchone() == (False,)
