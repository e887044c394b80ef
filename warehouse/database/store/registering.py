"""A path becomes a book: known, new, changed, moved, or another path of a book that is there already.

Bytes come first: what is in the warehouse keeps its book wherever it lies now.  Where the bytes are new the
path decides: its book has a new version, unless another path still holds the old one; then it is a new book.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace

from warehouse.database.connection import Connection
from warehouse.database.ledger import add_work, reopen_work
from warehouse.database.statements import statement
from warehouse.records import Registration, SourceFile

Look = Callable[[str], SourceFile | None]
"""The file at a path as it is now, not hashed: no bytes and no time if it is gone, None if nobody answers."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A path in the warehouse, and what lay there when it was last looked at."""

    book_id: int
    file: SourceFile
    read_from: bool


def known_path(connection: Connection, file: SourceFile) -> Registration | None:
    """The book of a path where size and time are as they were; None where it must be looked into."""
    known = _at(connection, file.path)
    if known is None or not known.read_from or not _same_file(known.file, file):
        return None
    add_work(connection, known.book_id)
    return Registration(known.book_id, "known", file.path)


def register_book(connection: Connection, file: SourceFile, look: Look) -> Registration:
    """Find or add the book of a hashed file, in the caller's transaction; one at a time, however many runs.

    sha256 is None where the file cannot be read.  `look` is asked about the other paths of a book.
    The rows of a changed book stay until stage `pages` writes the new ones.
    """
    connection.execute(statement("lock_registration"))
    known = _at(connection, file.path)
    owner = _book_with(connection, file, known)
    if owner is not None:
        return _joined(connection, owner, known, file, look)
    if known is None:
        return Registration(_add_book(connection, file), "new", file.path)
    others = [path for path in _paths(connection, known.book_id) if path.path != file.path]
    standing = [path for path in others if _same_file(path, look(path.path))]
    if not standing:
        return _renewed(connection, known, file)
    if known.read_from:
        _read_from(connection, known.book_id, known.file.sha256, standing[0])
    if file.sha256 is None:  # its row stays as it is, so that it is looked at again
        return Registration(known.book_id, "duplicate", file.path)
    return Registration(_split(connection, known.book_id, file), "new", file.path)


def _joined(
    connection: Connection, book_id: int, known: _Known | None, file: SourceFile, look: Look
) -> Registration:
    """The bytes are a book's already: the path is one of its paths now, and no longer another book's."""
    place = connection.execute(statement("reading_place"), {"book_id": book_id}).fetchone()
    assert place is not None
    path, size, modified, pending = place
    _put_path(connection, book_id, file)
    add_work(connection, book_id)
    if known is not None and known.book_id != book_id and known.read_from:
        _leave(connection, known, look)
    if path == file.path:
        changed = _read_from(connection, book_id, pending, file)
        return Registration(book_id, "changed" if changed else "known", file.path)
    current = SourceFile(path, size or 0, modified or 0, pending)
    now = look(path)
    if _same_file(current, now):
        if pending == file.sha256:
            return Registration(book_id, "duplicate", file.path)
        _split(connection, book_id, current)
    elif now is not None and not (now.bytes or now.modified):
        connection.execute(statement("delete_path"), {"path": path, "book_id": book_id})
    _read_from(connection, book_id, pending, file)
    return Registration(book_id, "moved", file.path)


def _renewed(connection: Connection, known: _Known, file: SourceFile) -> Registration:
    """A new version: every stage is to be done again."""
    _put_path(connection, known.book_id, file)
    reopen_work(connection, known.book_id)
    values = {**asdict(file), "book_id": known.book_id}
    connection.execute(statement("renew_book"), values)
    return Registration(known.book_id, "changed", file.path)


def _leave(connection: Connection, known: _Known, look: Look) -> None:
    """A book's bytes have gone from the path it was read from: another path takes over, if one has them."""
    for path in _paths(connection, known.book_id):
        if _same_file(path, look(path.path)):
            _read_from(connection, known.book_id, known.file.sha256, path)
            return


def _read_from(connection: Connection, book_id: int, version: str | None, file: SourceFile) -> bool:
    """Read a book from this path from now on; True if that means another version than the one at work."""
    renewed = file.sha256 != version
    if renewed:
        reopen_work(connection, book_id)
        connection.execute(statement("renew_book"), {**asdict(file), "book_id": book_id})
    connection.execute(statement("read_from"), {**asdict(file), "book_id": book_id})
    return renewed


def _split(connection: Connection, book_id: int, file: SourceFile) -> int:
    """A path holds other bytes than its book now: a book of its own, with what people said of the old one."""
    connection.execute(statement("delete_path"), {"path": file.path, "book_id": book_id})
    split_id = _add_book(connection, file)
    connection.execute(statement("copy_edits"), {"book_id": split_id, "of": book_id})
    connection.execute(statement("copy_panel_orders"), {"book_id": split_id, "of": book_id})
    return split_id


def _add_book(connection: Connection, file: SourceFile) -> int:
    row = connection.execute(statement("insert_book"), asdict(file)).fetchone()
    assert row is not None
    _put_path(connection, row[0], file)
    add_work(connection, row[0])
    return int(row[0])


def _put_path(connection: Connection, book_id: int, file: SourceFile) -> None:
    connection.execute(statement("put_path"), {**asdict(file), "book_id": book_id})


def _book_with(connection: Connection, file: SourceFile, known: _Known | None) -> int | None:
    if file.sha256 is None:
        return None
    if known is not None and known.file.sha256 == file.sha256:
        return known.book_id
    prefer = known.book_id if known else None
    row = connection.execute(statement("book_of_bytes"), {**asdict(file), "prefer": prefer}).fetchone()
    return row[0] if row else None


def _at(connection: Connection, path: str) -> _Known | None:
    row = connection.execute(statement("book_at_path"), {"path": path}).fetchone()
    if row is None:
        return None
    book_id, size, modified, sha256, read_from = row
    return _Known(book_id, SourceFile(path, size or 0, modified or 0, sha256), read_from)


def _paths(connection: Connection, book_id: int) -> list[SourceFile]:
    rows = connection.execute(statement("paths_of_book"), {"book_id": book_id}).fetchall()
    return [SourceFile(path, size or 0, modified or 0, sha256) for path, size, modified, sha256 in rows]


def _same_file(seen: SourceFile, now: SourceFile | None) -> bool:
    """Whether a file is as it was when it was hashed, as far as size and time tell."""
    return now is not None and seen.sha256 is not None and replace(now, sha256=seen.sha256) == seen
