"""text_configuration: a language's way of reading words."""

from __future__ import annotations

import pytest

from warehouse.database.connection import Connection


@pytest.mark.parametrize(
    ("language", "configuration"),
    [
        ("en", "english"),
        ("fr", "french"),
        ("EN", "english"),
        ("pt-BR", "portuguese"),
        ("de_AT", "german"),
        ("ja", "simple"),
        ("xx", "simple"),
        ("", "simple"),
        (None, "simple"),
        ("'; --", "simple"),
    ],
)
def test_configuration(connection: Connection, language: str | None, configuration: str) -> None:
    found = connection.execute("select text_configuration(%s)::text", (language,)).fetchone()
    assert found == (configuration,)
