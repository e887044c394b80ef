"""The server and the stages hash what a vector is made from alike."""

from __future__ import annotations

import pytest

from warehouse.database.connection import Connection
from warehouse.fingerprint import input_hash

PARTS = [("",), ("a", "bc"), ("ab", "c"), ("page", 3, "Tür 猫 😀\n\t'"), ("x" * 10_000,)]


@pytest.mark.parametrize("parts", PARTS, ids=range(len(PARTS)))
def test_sql_and_python_agree(connection: Connection, parts: tuple[object, ...]) -> None:
    found = connection.execute(
        "select input_hash(string_agg(hash_part(part), '' order by place))"
        " from unnest(%s::text[]) with ordinality u (part, place)",
        ([str(part) for part in parts],),
    ).fetchone()
    assert found == (input_hash(*parts),)
