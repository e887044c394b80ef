"""What is known of a book: its series, its own facts, credits, tags and identifiers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from decimal import Decimal

from psycopg.types.json import Jsonb

from warehouse.books.declared import Details
from warehouse.books.metadata import BookMetadata
from warehouse.database.connection import Connection
from warehouse.database.statements import statement
from warehouse.records import PageRow, StoredBook


def describe_book(
    connection: Connection, book: StoredBook, metadata: BookMetadata, format_: str, pages: Sequence[PageRow]
) -> None:
    """Write a book's metadata; what could not be read becomes its error_code."""
    problem = _first_problem(metadata, pages)
    connection.execute(
        statement("describe_book"),
        {
            "book_id": book.id,
            "series_id": _series_id(connection, metadata),
            "number": metadata.number,
            "number_sort": metadata.number_sort,
            "title": metadata.title,
            "year": metadata.year,
            "month": metadata.month,
            "language": metadata.language,
            "direction": metadata.direction,
            "direction_confidence": metadata.direction_confidence,
            "format": format_,
            "page_count": len(pages),
            "metadata": Jsonb(_kept(metadata) | {"problem": problem}),
        },
    )
    _replace_lists(connection, book.id, metadata)


def _series_id(connection: Connection, metadata: BookMetadata) -> int:
    row = connection.execute(
        statement("upsert_series"),
        {
            "name": metadata.series_name,
            "volume": metadata.volume,
            "year": metadata.series_start_year or metadata.year,
            "publisher": metadata.publisher,
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
