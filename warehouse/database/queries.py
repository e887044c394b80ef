"""The one room that reads rows for the stages and for status; answers to questions are in `answers`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

import numpy as np

from warehouse.contracts import ModelIdentity, Vectors
from warehouse.database.connection import Connection
from warehouse.database.statements import statement
from warehouse.errors import QueryError
from warehouse.geometry import Box
from warehouse.records import (
    BookStatus,
    ModelStatus,
    StoredBook,
    StoredLine,
    StoredPage,
    StoredPanel,
    Thumbnail,
    WarehouseStatus,
)


def stored_book(connection: Connection, book_id: int) -> StoredBook:
    """A book by id.  Raises QueryError."""
    row = connection.execute(statement("stored_book"), {"book_id": book_id}).fetchone()
    if row is None:
        raise QueryError(f"there is no book {book_id}", code="book-unknown")
    return StoredBook(*row)


def stored_pages(connection: Connection, book_id: int) -> list[StoredPage]:
    """The readable pages of a book, in order."""
    rows = connection.execute(statement("stored_pages"), {"book_id": book_id}).fetchall()
    return [StoredPage(*row) for row in rows]


def stored_panels(connection: Connection, book_id: int) -> dict[int, list[StoredPanel]]:
    """The panels of a book by page id, in reading order."""
    panels: dict[int, list[StoredPanel]] = defaultdict(list)
    rows = connection.execute(statement("stored_panels"), {"book_id": book_id}).fetchall()
    for id_, page_id, seq, x, y, w, h, text in rows:
        panels[page_id].append(StoredPanel(id_, page_id, seq, Box(x, y, w, h), text))
    return dict(panels)


def stored_lines(connection: Connection, book_id: int) -> dict[int, list[StoredLine]]:
    """The lines of text of a book by page id, in reading order."""
    lines: dict[int, list[StoredLine]] = defaultdict(list)
    rows = connection.execute(statement("stored_lines"), {"book_id": book_id}).fetchall()
    for page_id, x, y, w, h, text, confidence in rows:
        lines[page_id].append(StoredLine(page_id, Box(x, y, w, h), text, confidence))
    return dict(lines)


def panel_embeddings(
    connection: Connection, book_id: int, model: ModelIdentity
) -> dict[int, tuple[UUID, Vectors]]:
    """The fused vectors (512,) of a book's panels by this model, with their input hashes, by panel id."""
    row = connection.execute(statement("model_id"), asdict(model)).fetchone()
    if row is None:
        return {}
    rows = connection.execute(
        statement("panel_embeddings_of_book"), {"book_id": book_id, "model_id": row[0]}
    ).fetchall()
    return {id_: (input_hash, np.asarray(v.to_numpy(), np.float32)) for id_, input_hash, v in rows}


def thumbnails(connection: Connection, page_ids: Sequence[int]) -> dict[int, Thumbnail]:
    """Small pictures of pages, by page id; pages that could not be read have none."""
    rows = connection.execute(statement("thumbnails"), {"page_ids": list(page_ids)}).fetchall()
    return {page_id: Thumbnail(bytes(jpeg), width, height) for page_id, jpeg, width, height in rows}


def unfinished_books(connection: Connection) -> list[int]:
    """Ids of the books with stages to run, none of which failed."""
    return [book_id for (book_id,) in connection.execute(statement("unfinished_books")).fetchall()]


def books_of_file(connection: Connection, folder: str, file: str) -> list[tuple[int, str]]:
    """The book whose file has this name, with the name of its series; one in such a folder is preferred."""
    values = {"folder": folder, "file": file}
    return connection.execute(statement("books_of_file"), values).fetchall()


def book_statuses(connection: Connection, book_ids: Sequence[int]) -> list[BookStatus]:
    """How these books stand, by series and number."""
    rows = connection.execute(statement("book_statuses"), {"book_ids": list(book_ids)}).fetchall()
    return [BookStatus(*row) for row in rows]


def models(connection: Connection) -> list[ModelStatus]:
    """Every registered model."""
    return [ModelStatus(*row) for row in connection.execute(statement("models")).fetchall()]


def warehouse_status(connection: Connection) -> WarehouseStatus:
    """Counts over the whole warehouse."""
    stages: dict[str, dict[str, int]] = defaultdict(dict)
    for stage, state, count in connection.execute(statement("stage_counts")).fetchall():
        stages[stage][state] = count
    row = connection.execute(statement("object_counts")).fetchone()
    assert row is not None
    pages, unreadable, panels, lines, strips = row
    return WarehouseStatus(
        books=dict(_pairs(connection, "book_counts")),
        pages=pages,
        unreadable_pages=unreadable,
        panels=panels,
        lines=lines,
        strips=strips,
        stages=dict(stages),
        failures=dict(_pairs(connection, "failure_counts")),
        models=tuple(models(connection)),
    )


def _pairs(connection: Connection, name: str) -> list[tuple[str, int]]:
    return [(key, count) for key, count in connection.execute(statement(name)).fetchall()]
