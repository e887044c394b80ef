"""What checks of HNSW indexes measured."""

from __future__ import annotations

from dataclasses import asdict

from warehouse.database.connection import Connection
from warehouse.database.index_checks import IndexCheck
from warehouse.database.indexes import VectorIndex
from warehouse.database.statements import statement


def forget_index_checks(connection: Connection, index: VectorIndex) -> None:
    """Forget what was measured of an index that is no more."""
    values = {"scope": index.scope, "space": index.space, "model_id": index.model_id}
    connection.execute(statement("delete_index_checks"), values)


def store_index_check(connection: Connection, check: IndexCheck) -> None:
    """Keep one measurement; earlier ones stay."""
    connection.execute(statement("insert_index_check"), asdict(check))
