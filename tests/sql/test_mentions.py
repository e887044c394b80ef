"""mentions and plain_words: a name in a text, as whole words."""

from __future__ import annotations

import pytest

from tests.sql.planting import HOSTILE
from warehouse.database.connection import Connection


@pytest.mark.parametrize(
    ("text", "name", "named"),
    [
        ("Pepper&Carrot", "Pepper", True),
        ("Pepper&Carrot", "carrot", True),
        ("Peppermint", "Pepper", False),
        ("Spider-Man", "spider man", True),
        ("The Red  Sonja", "Red Sonja", True),
        ("Sonja the Red", "Red Sonja", False),
        ("Écoles", "école", False),
        ("L'École", "école", True),
        ("ナルト疾風伝", "ナルト", True),
        ("anything", "&", False),
        ("anything", "", False),
        (None, "name", None),
    ],
)
def test_whole_words(connection: Connection, text: str | None, name: str, named: bool | None) -> None:
    row = connection.execute("select mentions(%s, %s)", (text, name)).fetchone()
    assert row is not None
    assert bool(row[0]) is bool(named)


def test_hostile_texts(connection: Connection) -> None:
    for text in HOSTILE:
        row = connection.execute("select mentions(%s, %s), plain_words(%s) <> ''", (text,) * 3).fetchone()
        assert row in [(True, True), (False, False)]
