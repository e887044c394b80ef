"""What is known of a book: its series, its own facts, credits, tags and identifiers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from decimal import Decimal

from psycopg.types.json import Jsonb

from warehouse.books.declared import Details
from warehouse.books.facts import PERSON, BookFacts, facts_of, with_edits
from warehouse.books.issue_numbers import number_sort
from warehouse.books.metadata import BookMetadata
from warehouse.database.connection import Connection
from warehouse.database.queries import book_edits
from warehouse.database.statements import statement
from warehouse.records import PageRow, StoredBook


def describe_book(
    connection: Connection, book: StoredBook, metadata: BookMetadata, format_: str, pages: Sequence[PageRow]
) -> None:
    """Write a book's metadata, as a person corrected it; what could not be read is kept as its problem."""
    kept = _kept(metadata) | {"problem": _first_problem(metadata, pages)}
    values = {"book_id": book.id, "format": format_, "page_count": len(pages), "metadata": Jsonb(kept)}
    connection.execute(statement("describe_book"), values)
    _replace_lists(connection, book.id, metadata)
    apply_edits(connection, book.id, facts_of(metadata))


def apply_edits(connection: Connection, book_id: int, found: BookFacts) -> None:
    """Write the facts of a book: as found, with what a person said over it."""
    edits = book_edits(connection, book_id)
    facts = with_edits(found, edits)
    kept: dict[str, object] = {"sources": dict(facts.sources), "format": facts.format}
    if edits:
        kept["found"] = found.as_json()
    columns = {name: value for name, value in facts.as_json().items() if name != "sources"}
    values = columns | {
        "book_id": book_id,
        "series_id": _series_id(connection, facts),
        "number_sort": number_sort(facts.number),
        "kept": Jsonb(kept),
    }
    connection.execute(statement("set_facts"), values)
    connection.execute(statement("apply_tag_edits"), {"book_id": book_id})


def _series_id(connection: Connection, facts: BookFacts) -> int | None:
    if facts.series_name is None:
        return None
    row = connection.execute(
        statement("upsert_series"),
        {
            "name": facts.series_name,
            "volume": facts.volume,
            "year": facts.series_start_year or facts.year,
            "publisher": facts.publisher,
            "by_person": facts.sources.get("publisher") == PERSON,
        },
    ).fetchone()
    assert row is not None
    return int(row[0])


def _replace_lists(connection: Connection, book_id: int, metadata: BookMetadata) -> None:
    key = {"book_id": book_id}
    with connection.cursor() as cursor:
        cursor.execute(statement("delete_credits"), key)
        cursor.executemany(
            statement("insert_credit"),
            [
                key | {"role": credit.role, "person": credit.person, "source": credit.source}
                for credit in metadata.credits
            ],
        )
        cursor.execute(statement("delete_tags"), key)
        cursor.executemany(
            statement("insert_tag"),
            [key | {"kind": tag.kind, "name": tag.name, "source": tag.source} for tag in metadata.tags],
        )
        cursor.execute(statement("delete_identifiers"), key)
        cursor.executemany(
            statement("insert_identifier"),
            [
                key | {"source": item.source, "value": item.value, "said_by": item.said_by}
                for item in metadata.identifiers
            ],
        )


def _kept(metadata: BookMetadata) -> dict[str, object]:
    return {
        "sources": dict(metadata.sources),
        "warnings": [{"code": warning.code, "message": warning.message} for warning in metadata.warnings],
        "summary": metadata.summary,
        "format": metadata.format,
        "age_rating": metadata.age_rating,
        "issue_count": metadata.issue_count,
        "day": metadata.day,
        "double_pages": sorted(metadata.double_pages),
        **_details(metadata.details),
        "raw": dict(metadata.raw),
    }


def _details(details: Details) -> dict[str, object]:
    """What is known beyond the columns, by its name in `Details`."""
    values = ((field.name, getattr(details, field.name)) for field in fields(details))
    return {name: _as_json(name, value) for name, value in values if value not in (None, (), {})}


def _as_json(name: str, value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    if name == "story_arcs" and isinstance(value, tuple):
        return [{"name": arc, "number": number} for arc, number in value]
    return dict(value) if isinstance(value, tuple) else value


def _first_problem(metadata: BookMetadata, pages: Sequence[PageRow]) -> dict[str, str] | None:
    """What of the book could not be read: the pages if any, else the first of its metadata."""
    broken = [page for page in pages if page.error_code]
    if broken:
        names = ", ".join(page.entry for page in broken[:3]) + (", …" if len(broken) > 3 else "")
        error = f"{len(broken)} of {len(pages)} pages cannot be read: {names}"
        return {"code": "pages-unreadable", "error": error}
    for warning in metadata.warnings:
        return {"code": warning.code, "error": warning.message}
    return None
