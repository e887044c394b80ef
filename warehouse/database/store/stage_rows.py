"""The rows of each stage: what was there of this book is replaced, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

from psycopg.types.json import Jsonb

from warehouse.books.direction import CORRECTABLE
from warehouse.books.metadata import BookMetadata
from warehouse.database.connection import Connection
from warehouse.database.queries import stored_strips
from warehouse.database.statements import statement
from warehouse.database.store.describing import describe_book
from warehouse.database.store.panel_orders import apply_said_orders
from warehouse.database.store.stage_inputs import stage_inputs, stale_stages
from warehouse.database.store.sums import sum_books
from warehouse.database.store.vectors import write_vectors
from warehouse.records import (
    DirectionRow,
    PageRow,
    PageTypeRows,
    PanelRows,
    StoredBook,
    StripRows,
    VectorRows,
)
from warehouse.text_records import TextRows


def write_pages(
    connection: Connection, book: StoredBook, metadata: BookMetadata, format_: str, pages: Sequence[PageRow]
) -> list[str]:
    """Describe a book and write its pages; returns the later stages that must run again.

    A page keeps its id, and all that was made of it, while its picture is the same; a page with another
    picture is a new row, so that nothing made of the old one outlives it.
    """
    before = stage_inputs(connection, book.id)
    seen = _corrected_direction(connection, book.id)
    language = connection.execute(statement("seen_language"), {"book_id": book.id}).fetchone()
    describe_book(connection, book, metadata, format_, pages)
    if language is not None:
        values = {"book_id": book.id, "language": language[0], "confidence": language[1]}
        connection.execute(statement("restore_language"), values)
    _replace_pages(connection, book.id, pages)
    connection.execute(statement("accept_version"), {"book_id": book.id})
    after = stage_inputs(connection, book.id)
    if seen and before.pictures == after.pictures and _correct_direction(connection, book.id, seen):
        after = replace(after, direction=seen.direction)
    if before.pictures != after.pictures:
        connection.execute(statement("forget_predictions"), {"book_id": book.id})
    else:
        connection.execute(statement("set_story_starts"), {"book_id": book.id})
    sum_books(connection, [book.id])
    return stale_stages(before, after)


def _replace_pages(connection: Connection, book_id: int, pages: Sequence[PageRow]) -> None:
    """What people say of a page goes with its picture, to wherever it is in the book now."""
    key = {"book_id": book_id}
    labels = connection.execute(statement("page_labels"), key).fetchall()
    pictures = {"seqs": [page.seq for page in pages], "md5s": [page.md5 for page in pages]}
    rows = [_page_values(book_id, page) for page in pages]
    with connection.cursor() as cursor:
        cursor.execute(statement("delete_other_pictures"), key | pictures)
        cursor.executemany(statement("upsert_page"), rows)
        cursor.executemany(
            statement("restore_label"),
            [key | {"seq": seq, "md5": md5, "labelled_type": label} for seq, md5, label in labels],
        )
        thumbnails = [
            key | {"seq": page.seq, "jpeg": page.thumbnail} for page in pages if page.thumbnail is not None
        ]
        cursor.executemany(statement("upsert_thumbnail"), thumbnails)


def write_panels(connection: Connection, book: StoredBook, rows: PanelRows) -> None:
    """Replace the panels of a book, and with them all that hangs on the old ones, and how pages part."""
    with connection.cursor() as cursor:
        cursor.execute(statement("delete_panels"), {"book_id": book.id})
        panels = [
            {
                "page_id": row.page_id,
                "seq": row.seq,
                "score": row.score,
                "detector": row.detector,
                "from_previous": row.from_previous,
                "to_next": row.to_next,
                "polygon": None if row.polygon is None else [list(corner) for corner in row.polygon],
            }
            | asdict(row.box)
            for row in rows.panels
        ]
        cursor.executemany(statement("insert_panel"), panels)
        cursor.executemany(statement("set_page_layout"), [asdict(row) for row in rows.layouts])
    if rows.direction is not None:
        _correct_direction(connection, book.id, rows.direction)
    apply_said_orders(connection, book.id)


def _corrected_direction(connection: Connection, book_id: int) -> DirectionRow | None:
    """What the pictures of a book have shown before, where that was believed."""
    row = connection.execute(statement("corrected_direction"), {"book_id": book_id}).fetchone()
    return None if row is None else DirectionRow(*row)


def _correct_direction(connection: Connection, book_id: int, seen: DirectionRow) -> bool:
    """Believe the pictures rather than an unsure guess; False where the guess is sure, or somebody said."""
    values = asdict(seen) | {"book_id": book_id, "least": CORRECTABLE}
    return connection.execute(statement("correct_direction"), values).rowcount == 1


def write_text(connection: Connection, book: StoredBook, rows: TextRows) -> None:
    """Replace the lines of a book and the joined text of its pages and panels; put panels in a new order.

    A language seen in the text counts where nobody says which it is.
    """
    if rows.direction is not None:
        _correct_direction(connection, book.id, rows.direction)
    language = _settle_language(connection, book.id, rows)
    with connection.cursor() as cursor:
        cursor.execute(statement("delete_lines"), {"book_id": book.id})
        lines = [{name: value for name, value in asdict(row).items() if name != "box"} for row in rows.lines]
        boxes = [asdict(row.box) for row in rows.lines]
        cursor.executemany(
            statement("insert_line"), [line | box for line, box in zip(lines, boxes, strict=True)]
        )
        order = [{"panel_id": panel_id, "seq": seq} for panel_id, seq in rows.panel_order]
        cursor.executemany(statement("move_panel"), order)
        cursor.execute(statement("settle_panels"), {"book_id": book.id})
        for name, texts in (("set_page_text", rows.pages), ("set_panel_text", rows.panels)):
            cursor.executemany(statement(name), [asdict(text) | {"language": language} for text in texts])
        cursor.executemany(
            statement("set_spoken"),
            [{name: _listed(value) for name, value in asdict(row).items()} for row in rows.spoken],
        )


def _listed(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _settle_language(connection: Connection, book_id: int, rows: TextRows) -> str | None:
    """Keep the language seen in the text, and what files gave it; returns the language that counts."""
    seen = rows.language
    values = {
        "book_id": book_id,
        "language": None if seen is None else seen.language,
        "confidence": None if seen is None else seen.confidence,
        "sidecar": rows.sidecar,
        "problem": None if rows.problem is None else Jsonb(asdict(rows.problem)),
    }
    row = connection.execute(statement("settle_language"), values).fetchone()
    return None if row is None else row[0]


def write_page_types(connection: Connection, book: StoredBook, rows: PageTypeRows) -> None:
    """Set the predicted type of every page, where stories start, and the features of whole pages."""
    with connection.cursor() as cursor:
        cursor.executemany(statement("set_page_type"), [asdict(row) for row in rows.types])
        cursor.execute(statement("set_story_starts"), {"book_id": book.id})
    write_vectors(connection, book.id, [rows.features])
    sum_books(connection, [book.id])


def write_panel_vectors(connection: Connection, book: StoredBook, rows: Sequence[VectorRows]) -> None:
    """Write what these models' vectors of a book's panels and texts lacked."""
    write_vectors(connection, book.id, rows)
    sum_books(connection, [book.id])


def write_strips(connection: Connection, book: StoredBook, rows: StripRows) -> None:
    """Write the strips of a book and their vectors.

    A strip of the same panels stays, and with it what other models made of it.
    """
    ids = stored_strips(connection, book.id)
    strips = set(rows.strips)
    gone = [id_ for strip, id_ in ids.items() if strip not in strips]
    connection.execute(statement("delete_strips"), {"strip_ids": gone})
    for strip in rows.strips:
        if strip not in ids:
            row = connection.execute(statement("insert_strip"), asdict(strip)).fetchone()
            assert row is not None
            ids[strip] = row[0]
    owned = [
        replace(
            vectors,
            owner_ids=tuple(ids[rows.strips[place]] for place in vectors.owner_ids),
            obsolete=tuple(ids[rows.strips[place]] for place in vectors.obsolete),
        )
        for vectors in rows.strip_vectors
    ]
    write_vectors(connection, book.id, [*owned, *rows.vectors])
    sum_books(connection, [book.id])


def _page_values(book_id: int, page: PageRow) -> dict[str, object]:
    values = asdict(page)
    values["book_id"] = book_id
    values["status"] = "error" if page.error_code else "ready"
    if page.phash is not None and page.phash >= 1 << 63:  # bigint is signed, the bits are the same
        values["phash"] = page.phash - (1 << 64)
    return values
