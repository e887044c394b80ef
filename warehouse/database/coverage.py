"""What models' vectors lack: by model and table, by book and stage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from psycopg import sql

from warehouse.database.connection import Connection
from warehouse.database.statements import statement
from warehouse.database.vector_tables import VECTOR_TABLES
from warehouse.records import Coverage


def coverage(connection: Connection) -> list[Coverage]:
    """How complete every model's vectors are, by kind, model and table.  Hashes every input there is."""
    with connection.transaction():
        connection.execute("set local jit = off")  # compiling takes longer than it gains
        return [Coverage(*row) for row in connection.execute(statement("coverage")).fetchall()]


def stages_lacking(connection: Connection, book_id: int, models: Mapping[str, int]) -> set[str]:
    """The stages at which a book's vectors by these models (kind to id) are missing or stale."""
    wanted: dict[str, dict[int, object]] = defaultdict(dict)
    for table, owner, hash_ in connection.execute(statement("wanted_hashes"), {"book_id": book_id}):
        wanted[table][owner] = hash_
    lacking = set()
    for name, table in VECTOR_TABLES.items():
        owner = sql.Identifier(f"{table.owner}_id")
        command = sql.SQL("select {}, input_hash from {} where model_id = %s and {} = any(array({}))").format(
            owner, sql.Identifier(name), owner, sql.SQL(statement(f"{table.owner}s_of_book"))
        )
        stored: dict[int, object] = dict(
            connection.execute(command, (models.get(table.kind), book_id)).fetchall()
        )
        if stored != wanted[name]:
            lacking.add(table.stage)
    return lacking


def books_lacking(connection: Connection, models: Mapping[str, int]) -> dict[int, set[str]]:
    """The stages at which vectors by these models (kind to id) are missing or stale, by book."""
    found: dict[int, set[str]] = defaultdict(set)
    for name, table in VECTOR_TABLES.items():
        for (book_id,) in connection.execute(_lacking(name), (models.get(table.kind),) * 2).fetchall():
            found[book_id].add(table.stage)
    return dict(found)


def books_behind(connection: Connection, revisions: Mapping[str, str]) -> set[int]:
    """The books at whose stages another revision did the work."""
    values = {"stages": list(revisions), "revisions": list(revisions.values())}
    return {book_id for (book_id,) in connection.execute(statement("books_behind"), values).fetchall()}


def incomplete(rows: Sequence[Coverage], model_ids: Sequence[int]) -> list[Coverage]:
    """The rows of these models where something is missing or stale."""
    return [row for row in rows if row.model_id in model_ids and (row.missing or row.stale)]


def _lacking(name: str) -> sql.Composed:
    owner = VECTOR_TABLES[name].owner
    book = (
        "t.id = e.page_id"
        if owner == "page"
        else "t.id = (select o.page_id from {owner} o where o.id = e.{key})"
    )
    return sql.SQL(
        "select i.book_id from vector_inputs i"
        " left join {table} e on e.{key} = i.owner_id and e.model_id = %s"
        " where i.vector_table = {name} and e.input_hash is distinct from i.input_hash"
        " union select t.book_id from {table} e join page t on " + book + " where e.model_id = %s"
        " and not exists (select from vector_inputs i where i.vector_table = {name} and i.owner_id = e.{key})"
    ).format(
        table=sql.Identifier(name),
        key=sql.Identifier(f"{owner}_id"),
        owner=sql.Identifier(owner),
        name=sql.Literal(name),
    )
