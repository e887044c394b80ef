"""What a person says of a book: kept in `book_edit`, and written over what the book says of itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from psycopg.types.json import Jsonb

from warehouse.database.connection import Connection
from warehouse.database.ledger import reset_work
from warehouse.database.queries import tags_of_book, told_facts
from warehouse.database.statements import statement
from warehouse.database.store.describing import apply_edits
from warehouse.database.store.stage_inputs import stage_inputs, stale_stages
from warehouse.database.store.sums import sum_books
from warehouse.errors import QueryError
from warehouse.records import STAGES

TAG = "tag:"
"""Fields of `book_edit` about a tag are called 'tag:KIND=NAME'."""


@dataclass(frozen=True, slots=True)
class BookEdits:
    """What to change of a book.

    values and cleared: fields of `BookFacts`; cleared ones go back to what the file says.
    added_tags and removed_tags: (kind, name).  clear_tags: forget what was said of tags before.
    page_types: seq to a page type, None takes a label back.
    """

    values: Mapping[str, str | int | None] = field(default_factory=dict)
    cleared: Sequence[str] = ()
    added_tags: Sequence[tuple[str, str]] = ()
    removed_tags: Sequence[tuple[str, str]] = ()
    clear_tags: bool = False
    page_types: Mapping[int, str | None] = field(default_factory=dict)


def edit_book(connection: Connection, book_id: int, edits: BookEdits) -> list[str]:
    """Change a book in the caller's transaction; returns the stages that must run again.

    Raises QueryError 'page-unknown' or 'tag-unknown'; then the caller's transaction must not be committed.
    """
    key = {"book_id": book_id}
    connection.execute(statement("lock_work"), key)
    before = stage_inputs(connection, book_id)
    found = told_facts(connection, book_id).found
    if edits.clear_tags:
        _clear_tags(connection, book_id)
    _delete(connection, book_id, edits.cleared)
    for name, value in edits.values.items():
        _put(connection, book_id, name, value)
    _edit_tags(connection, book_id, edits)
    apply_edits(connection, book_id, found)
    _label_pages(connection, book_id, edits.page_types)
    sum_books(connection, [book_id])
    connection.execute(statement("set_story_starts"), key)
    after = stage_inputs(connection, book_id)
    stale = stale_stages(before, after)
    if (before.direction == "vertical") != (after.direction == "vertical"):
        stale = list(STAGES)  # a strip to be scrolled has no double pages
    reset_work(connection, book_id, stale)
    return stale


def _edit_tags(connection: Connection, book_id: int, edits: BookEdits) -> None:
    sources = {(tag.kind, tag.name): tag.source for tag in tags_of_book(connection, book_id)}
    for tag in edits.removed_tags:
        if tag not in sources:
            kinds = ", ".join(name for kind, name in sources if kind == tag[0]) or "none"
            raise QueryError(
                f"book {book_id} has no tag {'='.join(tag)}", code="tag-unknown", remedy=f"it has {kinds}"
            )
    for keep, tags in ((True, edits.added_tags), (False, edits.removed_tags)):
        for kind, name in tags:
            value = {"kind": kind, "name": name, "keep": keep}
            _put(connection, book_id, f"{TAG}{kind}={name}", value)


def _clear_tags(connection: Connection, book_id: int) -> None:
    connection.execute(statement("undo_tag_edits"), {"book_id": book_id})
    connection.execute(statement("delete_tag_edits"), {"book_id": book_id})


def _label_pages(connection: Connection, book_id: int, page_types: Mapping[int, str | None]) -> None:
    for seq, page_type in page_types.items():
        values = {"book_id": book_id, "seq": seq, "page_type": page_type}
        if connection.execute(statement("label_page"), values).rowcount != 1:
            raise QueryError(f"book {book_id} has no page {seq + 1}", code="page-unknown")


def _put(connection: Connection, book_id: int, name: str, value: object) -> None:
    connection.execute(statement("put_edit"), {"book_id": book_id, "field": name, "value": Jsonb(value)})


def _delete(connection: Connection, book_id: int, names: Sequence[str]) -> None:
    connection.execute(statement("delete_edits"), {"book_id": book_id, "fields": list(names)})
