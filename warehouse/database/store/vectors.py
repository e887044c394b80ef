"""Vectors into their narrow tables, by binary COPY."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from pgvector import HalfVector
from psycopg import sql

from warehouse.contracts import ModelIdentity, Vectors
from warehouse.database.connection import Connection
from warehouse.database.statements import statement
from warehouse.database.store.models import register_model
from warehouse.database.store.sums import forget_sums
from warehouse.database.store.vector_blocks import copy_blocks
from warehouse.database.vector_tables import VECTOR_TABLES
from warehouse.records import VectorRows

_MANY = 500
"""Rows from which looking up their owners in one statement is worth its own."""


def write_vectors(connection: Connection, book_id: int, rows: Sequence[VectorRows]) -> None:
    """Put each model's vectors of these owners of a book in place of what it has of them.

    Those of obsolete owners go; all others, and other models' vectors, stay untouched.  The sums of the book
    are forgotten: see `sums.sum_books`.
    """
    forget_sums(connection, [book_id])
    for vectors in rows:
        model_id = register_model(connection, vectors.model)
        _delete(connection, vectors, model_id)
        _copy(connection, vectors, model_id)


def store_query(connection: Connection, text: str, model: ModelIdentity, vector: Vectors) -> None:
    """Keep the sentence vector of a typed query, (384,), so that SQL finds it."""
    values = {"text": text, "model_id": register_model(connection, model), "v": HalfVector(vector)}
    connection.execute(statement("insert_query_embedding"), values)


def _delete(connection: Connection, vectors: VectorRows, model_id: int) -> None:
    owners = [*vectors.owner_ids, *vectors.obsolete]
    if owners:
        command = sql.SQL("delete from {} where model_id = %s and {} = any(%s)").format(
            sql.Identifier(vectors.table), sql.Identifier(f"{VECTOR_TABLES[vectors.table].owner}_id")
        )
        connection.execute(command, (model_id, owners))


def _copy(connection: Connection, vectors: VectorRows, model_id: int) -> None:
    if not vectors.owner_ids:
        return
    command = sql.SQL("copy {} ({}, model_id, input_hash, v) from stdin (format binary)").format(
        sql.Identifier(vectors.table), sql.Identifier(f"{VECTOR_TABLES[vectors.table].owner}_id")
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
    ).format(sql.Identifier(VECTOR_TABLES[vectors.table].owner))
    owners = list(vectors.owner_ids)
    put_aside = connection.execute(command, (model_id, owners, len(owners))).fetchone()
    yield
    if put_aside:
        connection.execute("set local session_replication_role = origin")
