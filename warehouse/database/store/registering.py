"""A path becomes a book: known, new, changed, moved, or the same bytes as another."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict

from warehouse.database.connection import Connection
from warehouse.database.ledger import add_work, reset_work
from warehouse.database.statements import statement
from warehouse.records import STAGES, Registration, SourceFile


def register_book(
    connection: Connection, file: SourceFile, hash_file: Callable[[], str | None]
) -> Registration:
    """Find or add the book of a file; `hash_file` is asked only where size or time have changed.

    A changed file makes every stage ready again; its old rows stay until the new ones are written.
    """
    known = connection.execute(statement("book_at_path"), {"path": file.path}).fetchone()
    if known is not None:
        book_id, size, modified, sha256, _ = known
        add_work(connection, book_id)
        if (size, modified) == (file.bytes, file.modified) and sha256 is not None:
            return Registration(book_id, "known", file.path)
        return _changed(connection, book_id, sha256, file, hash_file())
    return _added(connection, file, hash_file())


def _changed(
    connection: Connection, book_id: int, old_sha256: str | None, file: SourceFile, sha256: str | None
) -> Registration:
    connection.execute(statement("replace_file"), {**asdict(file), "sha256": sha256, "book_id": book_id})
    if sha256 is not None and sha256 == old_sha256:
        return Registration(book_id, "known", file.path)
    connection.execute(statement("renew_book"), {"book_id": book_id})
    reset_work(connection, book_id, STAGES)
    return Registration(book_id, "changed", file.path)


def _added(connection: Connection, file: SourceFile, sha256: str | None) -> Registration:
    values = {**asdict(file), "sha256": sha256}
    same = connection.execute(statement("books_with_sha256"), values).fetchone() if sha256 else None
    if same is not None:
        book_id, old_path = same
        if os.path.exists(old_path):
            return Registration(book_id, "duplicate", file.path)
        connection.execute(statement("replace_file"), {**values, "book_id": book_id})
        return Registration(book_id, "moved", file.path)
    row = connection.execute(statement("insert_book"), values).fetchone()
    if row is None:  # another run was faster
        row = connection.execute(statement("book_at_path"), values).fetchone()
        assert row is not None
        return Registration(row[0], "known", file.path)
    add_work(connection, row[0])
    return Registration(row[0], "new", file.path)
