"""What the stages after `pages` have seen of a book, and which of them must run again when it changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from warehouse.database.connection import Connection
from warehouse.database.ledger import stages_after
from warehouse.database.statements import statement


@dataclass(frozen=True, slots=True)
class StageInputs:
    """A book as its stages depend on it.  pictures and narrative: a row a page, in order."""

    pictures: tuple[tuple[Any, ...], ...]
    narrative: tuple[tuple[int, bool], ...]
    direction: str
    language: str | None


def stage_inputs(connection: Connection, book_id: int) -> StageInputs:
    """What is stored of a book now."""
    key = {"book_id": book_id}
    pictures = connection.execute(statement("page_inputs"), key).fetchall()
    narrative = connection.execute(statement("narrative_pages"), key).fetchall()
    row = connection.execute(statement("book_inputs"), key).fetchone()
    assert row is not None
    return StageInputs(tuple(pictures), tuple(narrative), *row)


def stale_stages(before: StageInputs, after: StageInputs) -> list[str]:
    """The stages that have seen something else than what is stored now, in the order they run.

    The direction orders panels and lines, the language joins lines, story pages are what has vectors.
    """
    if before.pictures != after.pictures or before.direction != after.direction:
        return stages_after("pages")
    if before.language != after.language:
        return stages_after("panels")
    if before.narrative != after.narrative:
        return stages_after("page_types")
    return []
