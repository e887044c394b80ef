"""`\\d+` teaches the schema: everything of ours says what it is."""

from __future__ import annotations

from warehouse.database.connection import Connection
from warehouse.database.sql_objects import sql_objects
from warehouse.database.tables import metadata

VIEWS = [item.name for item in sql_objects() if item.kind == "view"]
FUNCTIONS = [item.name for item in sql_objects() if item.kind == "function"]
RELATIONS = [*metadata.tables, *VIEWS]


def test_every_table_and_view_says_what_it_is(connection: Connection) -> None:
    found = connection.execute(
        "select relname from pg_class where relname = any(%s) and relnamespace = 'public'::regnamespace"
        " and length(obj_description(oid, 'pg_class')) > 0",
        (RELATIONS,),
    ).fetchall()
    assert sorted(name for (name,) in found) == sorted(RELATIONS)


def test_every_column_says_what_it_holds(connection: Connection) -> None:
    silent = connection.execute(
        "select c.relname || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid"
        " where c.relname = any(%s) and c.relnamespace = 'public'::regnamespace and a.attnum > 0"
        " and not a.attisdropped and coalesce(col_description(c.oid, a.attnum), '') = '' order by 1",
        (RELATIONS,),
    ).fetchall()
    assert [column for (column,) in silent] == []


def test_every_function_says_what_it_answers(connection: Connection) -> None:
    silent = connection.execute(
        "select proname from pg_proc where proname = any(%s) and pronamespace = 'public'::regnamespace"
        " and coalesce(obj_description(oid, 'pg_proc'), '') = ''",
        (FUNCTIONS,),
    ).fetchall()
    assert silent == []


def test_views_inherit_what_tables_say(connection: Connection) -> None:
    """A column handed through has its table's comment; one that says something of its own keeps that."""
    found = connection.execute(
        "select col_description('panel_listing'::regclass, attnum) from pg_attribute"
        " where attrelid = 'panel_listing'::regclass and attname in ('words', 'page_seq') order by attname"
    ).fetchall()
    assert found == [("page.seq, 0-based",), ("words read in the panel; 0: silent",)]
