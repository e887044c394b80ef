"""Concepts that people define."""

from __future__ import annotations

from dataclasses import asdict

from warehouse.database.answer_rows import ConceptDefinition
from warehouse.database.connection import Connection
from warehouse.database.statements import statement


def define_concept(connection: Connection, definition: ConceptDefinition) -> None:
    """Add a concept or replace the one of its name."""
    connection.execute(statement("define_concept"), asdict(definition))
