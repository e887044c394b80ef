"""The one room that reads rows for the stages and for status; answers to questions are in `answers`."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import numpy as np
from psycopg import sql

from warehouse.books.facts import BookFacts, ToldFacts, facts_from_json
from warehouse.books.metadata import Tag
from warehouse.books.stored_paths import stored_path
from warehouse.contracts import ModelIdentity, Vectors
from warehouse.database.connection import Connection
from warehouse.database.statements import statement
from warehouse.database.vector_tables import VECTOR_TABLES
from warehouse.errors import QueryError
from warehouse.geometry import Box
from warehouse.records import (
    BookPath,
    BookStatus,
    ModelStatus,
    StoredBook,
    StoredLine,
    StoredPage,
    StoredPanel,
    StripRow,
    Thumbnail,
)
from warehouse.said_order import SaidOrder


def stored_book(connection: Connection, book_id: int) -> StoredBook:
    """A book by id.  Raises QueryError."""
    row = connection.execute(statement("stored_book"), {"book_id": book_id}).fetchone()
    if row is None:
        raise QueryError(f"there is no book {book_id}", code="book-unknown")
    return StoredBook(*row)


def text_sidecar(connection: Connection, book_id: int) -> tuple[str, str | None]:
    """Where a book is read from, and the SHA-256 of the sidecar its text is from.  Raises QueryError."""
    row = connection.execute(statement("text_sidecar"), {"book_id": book_id}).fetchone()
    if row is None:
        raise QueryError(f"there is no book {book_id}", code="book-unknown")
    return row[0], row[1]


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


def said_orders(connection: Connection, book_id: int) -> list[SaidOrder]:
    """What a person said of the order of panels in a book, by page."""
    rows = connection.execute(statement("panel_orders"), {"book_id": book_id}).fetchall()
    return [SaidOrder(page, md5, tuple(Box(*box) for box in boxes)) for page, md5, boxes in rows]


def place_of_page(connection: Connection, page_id: int) -> tuple[int, int]:
    """The book a page is of, and its seq.  Raises QueryError."""
    row = connection.execute(statement("page_place"), {"page_id": page_id}).fetchone()
    if row is None:
        raise QueryError(f"there is no page {page_id}", code="page-unknown", remedy="take ids from a search")
    return row[0], row[1]


def stored_lines(connection: Connection, book_id: int) -> dict[int, list[StoredLine]]:
    """The lines of text of a book by page id, in reading order."""
    lines: dict[int, list[StoredLine]] = defaultdict(list)
    rows = connection.execute(statement("stored_lines"), {"book_id": book_id}).fetchall()
    for page_id, x, y, w, h, text, confidence in rows:
        lines[page_id].append(StoredLine(page_id, Box(x, y, w, h), text, confidence))
    return dict(lines)


def model_id(connection: Connection, model: ModelIdentity) -> int | None:
    """The id of a model; None where it, or what it is made with, has not been registered."""
    made_with = [model_id(connection, other) for other in model.made_with]
    values = {
        "kind": model.kind,
        "name": model.name,
        "revision": model.revision,
        "weights_sha256": model.weights_sha256,
        "made_with": sorted(id_ for id_ in made_with if id_ is not None),
    }
    row = connection.execute(statement("model_id"), values).fetchone()
    return None if row is None or None in made_with else int(row[0])


def stored_hashes(connection: Connection, book_id: int, table: str, model: ModelIdentity) -> dict[int, UUID]:
    """What a model's vectors of a book in one table were made from, by owner."""
    found = model_id(connection, model)
    if found is None:
        return {}
    owner = VECTOR_TABLES[table].owner
    command = sql.SQL(
        "select e.{}, e.input_hash from {} e where e.model_id = %s and e.{} = any(array({}))"
    ).format(
        sql.Identifier(f"{owner}_id"),
        sql.Identifier(table),
        sql.Identifier(f"{owner}_id"),
        sql.SQL(statement(f"{owner}s_of_book")),
    )
    return dict(connection.execute(command, (found, book_id)).fetchall())


def stored_vectors(
    connection: Connection, table: str, model: ModelIdentity, owner_ids: Sequence[int]
) -> dict[int, Vectors]:
    """A model's vectors (dim,) of these owners in one table, as far as it has them."""
    found = model_id(connection, model)
    if found is None or not owner_ids:
        return {}
    column = sql.Identifier(f"{VECTOR_TABLES[table].owner}_id")
    command = sql.SQL("select {}, v from {} where model_id = %s and {} = any(%s)").format(
        column, sql.Identifier(table), column
    )
    rows = connection.execute(command, (found, list(owner_ids))).fetchall()
    return {owner_id: np.asarray(v.to_numpy(), np.float32) for owner_id, v in rows}


def stored_strips(connection: Connection, book_id: int) -> dict[StripRow, int]:
    """The ids of a book's strips."""
    rows = connection.execute(statement("stored_strips"), {"book_id": book_id}).fetchall()
    return {StripRow(*strip): id_ for id_, *strip in rows}


def thumbnails(connection: Connection, page_ids: Sequence[int]) -> dict[int, Thumbnail]:
    """Small pictures of pages, by page id; pages that could not be read have none."""
    rows = connection.execute(statement("thumbnails"), {"page_ids": list(page_ids)}).fetchall()
    return {page_id: Thumbnail(bytes(jpeg), width, height) for page_id, jpeg, width, height in rows}


def paths_of_books(connection: Connection) -> list[BookPath]:
    """Every path of every book, by path."""
    return [BookPath(*row) for row in connection.execute(statement("paths_of_books")).fetchall()]


def books_of_file(connection: Connection, folder: str, file: str) -> list[tuple[int, str]]:
    """The book whose file has this name, with the name of its series; one in such a folder is preferred."""
    values = {"folder": folder, "file": file}
    return connection.execute(statement("books_of_file"), values).fetchall()


def books_named(connection: Connection, name: str) -> list[tuple[int, str]]:
    """Books by an id, a path or a file name, with the path each is read from; ids and paths beat names."""
    values = {
        "id": int(name) if name.isascii() and name.isdecimal() and len(name) < 19 else None,
        "path": stored_path(name),
        "file": os.path.basename(stored_path(name)),
    }
    rows = connection.execute(statement("books_named"), values).fetchall()
    best = min((rank for _, _, rank in rows), default=None)
    return [(book_id, path) for book_id, path, rank in rows if rank == best]


def the_book_named(connection: Connection, name: str) -> tuple[int, str]:
    """The one book of this id, path or file name, and its path.  Raises QueryError if none or several are."""
    found = books_named(connection, name)
    if not found:
        raise QueryError(
            f"there is no book {name!r}",
            code="book-unknown",
            remedy="name it by its path, the name of its file or its id, or ingest it first",
        )
    if len(found) > 1:
        listed = ", ".join(f"{book_id} ({path})" for book_id, path in found[:5])
        raise QueryError(
            f"{len(found)} books are called {name!r}: {listed}",
            code="book-ambiguous",
            remedy="name one by its id",
        )
    return found[0]


def book_edits(connection: Connection, book_id: int) -> dict[str, Any]:
    """What a person said of a book, by field."""
    return dict(connection.execute(statement("book_edits"), {"book_id": book_id}).fetchall())


def told_facts(connection: Connection, book_id: int) -> ToldFacts:
    """What is known of a book, and what its file says.  Raises QueryError."""
    row = connection.execute(statement("stored_facts"), {"book_id": book_id}).fetchone()
    if row is None:
        raise QueryError(f"there is no book {book_id}", code="book-unknown")
    *columns, found = row
    facts = BookFacts(*columns)
    return ToldFacts(facts, facts_from_json(found) if found is not None else facts)


def tags_of_book(connection: Connection, book_id: int) -> list[Tag]:
    """What a book is about, by kind and name."""
    rows = connection.execute(statement("tags_of_book"), {"book_id": book_id}).fetchall()
    return [Tag(*row) for row in rows]


def labelled_pages(connection: Connection, book_id: int) -> list[tuple[int, str]]:
    """The pages that a person labelled: (seq, page type)."""
    rows = connection.execute(statement("page_labels"), {"book_id": book_id}).fetchall()
    return [(seq, label) for seq, _, label in rows]


def book_statuses(connection: Connection, book_ids: Sequence[int]) -> list[BookStatus]:
    """How these books stand, by series and number."""
    rows = connection.execute(statement("book_statuses"), {"book_ids": list(book_ids)}).fetchall()
    return [BookStatus(*row) for row in rows]


def models(connection: Connection) -> list[ModelStatus]:
    """Every registered model."""
    rows = connection.execute(statement("models")).fetchall()
    return [ModelStatus(*(*row[:-2], tuple(row[-2]), tuple(row[-1]))) for row in rows]


def the_model_named(connection: Connection, name: str) -> ModelStatus:
    """The one model of this id, name, or name@revision.  Raises QueryError if none or several are."""
    known = models(connection)
    found = [model for model in known if str(model.id) == name] or [
        model for model in known if name in (model.name, model.label)
    ]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(f"{model.id} ({model.kind} {model.label}, {model.status})" for model in found or known)
    if found:
        raise QueryError(
            f"{len(found)} models are called {name!r}: {listed}",
            code="model-ambiguous",
            remedy="name one by its id",
        )
    raise QueryError(
        f"there is no model {name!r}",
        code="model-unknown",
        remedy=f"there are {listed}" if listed else "models are registered when books are ingested",
    )
