"""What checks of HNSW indexes measured."""

from __future__ import annotations

from dataclasses import asdict

from warehouse.database.connection import Connection
from warehouse.database.index_checks import IndexCheck
from warehouse.database.statements import statement


def store_index_check(connection: Connection, check: IndexCheck) -> None:
    """Keep one measurement; earlier ones stay."""
    connection.execute(statement("insert_index_check"), asdict(check))
