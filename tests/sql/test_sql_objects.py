"""Functions and views change from version to version, whatever was there before."""

from __future__ import annotations

import pytest

from warehouse.database.connection import Connection
from warehouse.database.sql_objects import apply_sql_objects
from warehouse.errors import DatabaseError


def arguments(connection: Connection, name: str) -> list[tuple[str]]:
    return connection.execute(
        "select pg_get_function_result(oid) from pg_proc where proname = %s", (name,)
    ).fetchall()


def test_an_old_signature_makes_way(connection: Connection) -> None:
    new = arguments(connection, "concept_compare")
    connection.execute("drop function concept_compare")
    connection.execute(
        "create function concept_compare(one text, two text) returns real language sql return 1.0"
    )
    apply_sql_objects(connection)
    assert arguments(connection, "concept_compare") == new


def test_an_old_function_that_others_of_ours_build_on_makes_way(connection: Connection) -> None:
    connection.execute("drop function mentions cascade")
    connection.execute("create function mentions(a text, b text) returns integer language sql return 1")
    connection.execute("drop view library_overview cascade")
    connection.execute("create view library_overview as select mentions('a', 'b') as found")
    apply_sql_objects(connection)
    assert arguments(connection, "mentions") == [("boolean",)]


def test_somebodys_view_on_ours_stays(connection: Connection) -> None:
    connection.execute("create view my_comparison as select * from concept_compare('a', 'b')")
    apply_sql_objects(connection)
    assert connection.execute("select count(*) from my_comparison").fetchone() == (1,)


def test_somebodys_view_on_an_old_signature_is_named(connection: Connection) -> None:
    connection.execute("create function mentions(body text) returns boolean language sql return true")
    connection.execute("create view my_words as select mentions('x') as found")
    with pytest.raises(DatabaseError, match=r"mentions.*drop that one, upgrade") as caught:
        apply_sql_objects(connection)
    assert caught.value.code == "sql-object"
