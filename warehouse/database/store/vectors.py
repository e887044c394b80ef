"""Vectors into their narrow tables, by binary COPY."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from pgvector import HalfVector
from psycopg import sql
from psycopg.types.json import Jsonb

from warehouse.contracts import ModelIdentity, Vectors
from warehouse.database.connection import Connection
from warehouse.database.statements import statement
from warehouse.database.store.vector_blocks import copy_blocks
from warehouse.records import VectorRows

_OWNERS = {
    "page_embedding": "page",
    "page_semantic": "page",
    "page_visual": "page",
    "panel_composition": "panel",
    "panel_context": "panel",
    "panel_embedding": "panel",
    "panel_feature": "panel",
    "panel_semantic": "panel",
    "panel_text": "panel",
    "panel_vision": "panel",
    "strip_embedding": "strip",
    "strip_semantic": "strip",
}

_MANY = 500
"""Rows from which looking up their owners in one statement is worth its own."""


def register_model(connection: Connection, model: ModelIdentity) -> int:
    """The id of a model; it is added where it is new, and live where it is the first of its kind."""
    row = connection.execute(
        statement("register_model"),
        {
            "kind": model.kind,
            "name": model.name,
            "revision": model.revision,
            "dim": model.dim,
            "weights_sha256": model.weights_sha256,
            "config": Jsonb({"trained": model.trained}),
        },
    ).fetchone()
    assert row is not None
    return int(row[0])


def write_vectors(connection: Connection, book_id: int, rows: Sequence[VectorRows]) -> None:
    """Replace what each model has of this book in each table; another model's vectors stay."""
    for vectors in rows:
        model_id = register_model(connection, vectors.model)
        _delete(connection, book_id, vectors.table, model_id)
        _copy(connection, vectors, model_id)


def store_query(connection: Connection, text: str, model: ModelIdentity, vector: Vectors) -> None:
    """Keep the sentence vector of a typed query, (384,), so that SQL finds it."""
    values = {"text": text, "model_id": register_model(connection, model), "v": HalfVector(vector)}
    connection.execute(statement("insert_query_embedding"), values)


def _delete(connection: Connection, book_id: int, table: str, model_id: int) -> None:
    owner = _OWNERS[table]
    join = sql.SQL("page o where" if owner == "page" else "{} o join page p on p.id = o.page_id where")
    owned = join.format(sql.Identifier(owner))
    command = sql.SQL(
        "delete from {} where model_id = %s and {} in (select o.id from {} book_id = %s)"
    ).format(sql.Identifier(table), sql.Identifier(f"{owner}_id"), owned)
    connection.execute(command, (model_id, book_id))


def _copy(connection: Connection, vectors: VectorRows, model_id: int) -> None:
    if not vectors.owner_ids:
        return
    command = sql.SQL("copy {} ({}, model_id, input_hash, v) from stdin (format binary)").format(
        sql.Identifier(vectors.table), sql.Identifier(f"{_OWNERS[vectors.table]}_id")
    )
    with (
        _keys_checked_at_once(connection, vectors, model_id),
        connection.cursor() as cursor,
        cursor.copy(command) as copy,
    ):
        for block in copy_blocks(vectors, model_id):
            copy.write(block)


@contextmanager
def _keys_checked_at_once(connection: Connection, vectors: VectorRows, model_id: int) -> Iterator[None]:
    """Look the owners of many rows up in one statement: row by row that takes longer than the COPY itself.

    They are locked as a foreign key locks them, so that none goes meanwhile.  Where one is missing, or this
    user may not put the server's own checks aside, those are made.
    """
    if len(vectors.owner_ids) < _MANY:
        yield
        return
    command = sql.SQL(
        "select set_config('session_replication_role', 'replica', true)"
        " where has_parameter_privilege('session_replication_role', 'set')"
        " and (select count(*) from (select from model where id = %s for key share) known) = 1"
        " and (select count(*) from (select from {} where id = any(%s) for key share) held) = %s"
    ).format(sql.Identifier(_OWNERS[vectors.table]))
    owners = list(vectors.owner_ids)
    put_aside = connection.execute(command, (model_id, owners, len(owners))).fetchone()
    yield
    if put_aside:
        connection.execute("set local session_replication_role = origin")
