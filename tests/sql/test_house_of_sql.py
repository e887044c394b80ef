"""The house rules of sql/functions and sql/views."""

from __future__ import annotations

import pytest

from warehouse.database.connection import Connection
from warehouse.database.sql_objects import SqlObject, sql_objects


@pytest.mark.parametrize("item", sql_objects(), ids=lambda item: item.name)
def test_every_object_explains_itself(connection: Connection, item: SqlObject) -> None:
    assert item.body.startswith("-- ")
    assert f"create or replace {item.kind} {item.name}" in item.body
    catalog = "pg_proc" if item.kind == "function" else "pg_class"
    column = "proname" if item.kind == "function" else "relname"
    comments = connection.execute(
        f"select obj_description(oid, '{catalog}') from {catalog} where {column} = %s".encode(), (item.name,)
    ).fetchall()
    assert len(comments) == 1, "one object of each name"
    assert comments[0][0]
