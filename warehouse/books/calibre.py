"""What a Calibre library says of a book in it."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from warehouse.books.calibre_columns import Column, column, with_columns
from warehouse.books.calibre_database import DATABASE_NAME, CalibreDatabase
from warehouse.books.declared import (
    Declared,
    Details,
    date_parts,
    distinct,
    issue_number,
    name_of,
    names_of,
    rating,
    without_markup,
)

_BOOK_FOLDER = re.compile(r"\((\d{1,10})\)$", re.ASCII)
_MOST_COLUMNS = 200
_LISTS = {
    "authors": "select a.name from books_authors_link l join authors a on a.id = l.author"
    " where l.book = ? order by l.id",
    "tags": "select t.name from books_tags_link l join tags t on t.id = l.tag where l.book = ? order by 1",
    "publisher": "select p.name from books_publishers_link l join publishers p on p.id = l.publisher"
    " where l.book = ?",
    "series": "select s.name from books_series_link l join series s on s.id = l.series where l.book = ?",
    "languages": "select g.lang_code from books_languages_link l join languages g on g.id = l.lang_code"
    " where l.book = ? order by l.id",
    "rating": "select r.rating from books_ratings_link l join ratings r on r.id = l.rating where l.book = ?",
    "comments": "select text from comments where book = ?",
}


def library_of(book: Path) -> Path | None:
    """The Calibre library that a file lies in, at AUTHOR/TITLE (ID)/FILE as Calibre puts it, or None."""
    folder = book.parent
    if _BOOK_FOLDER.search(folder.name) is None:
        return None
    library = folder.parent.parent
    return library if os.path.isfile(library / DATABASE_NAME) else None


def calibre_metadata(library: Path, book: Path) -> Declared | None:
    """What the library says of the book lying at this path, None if it does not know it.

    Raises BookError 'library-broken', 'library-busy' or 'path-unreadable'.
    """
    with CalibreDatabase(library) as database:
        found = _book_id(database, book.parent)
        return None if found is None else _described(database, found)


def _book_id(database: CalibreDatabase, folder: Path) -> int | None:
    """The book whose folder this is; the number in the folder's name only says where to look."""
    wanted = _folded("/".join(folder.parts[-2:]))
    number = _BOOK_FOLDER.search(folder.name)
    guess = database.rows("select id, path from books where id = ?", int(number[1])) if number else []
    for id_, path in guess or database.rows("select id, path from books"):
        if isinstance(id_, int) and isinstance(path, str) and _folded(path) == wanted:
            return id_
    return None


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path.replace("\\", "/")).casefold()


def _described(database: CalibreDatabase, book: int) -> Declared:
    lists = {name: [_text(row[0]) for row in database.rows(sql, book)] for name, sql in _LISTS.items()}
    first = {name: next(iter(values), None) for name, values in lists.items()}
    title, sort, index, pubdate = _basics(database, book)
    series = name_of(first["series"])
    year, month, day = date_parts(pubdate)
    said = Declared(
        source="calibre",
        series=series,
        number=issue_number(index) if series else None,
        title=name_of(title),
        year=year,
        month=month,
        day=day,
        publisher=name_of(first["publisher"]),
        language=name_of(first["languages"]),
        summary=without_markup(first["comments"]),
        credits=authors(lists["authors"]),
        tags=tuple(("tag", name) for name in names_of(lists["tags"])),
        identifiers=distinct(_identifiers(database, book)),
        details=Details(title_sort=name_of(sort), community_rating=rating(first["rating"], best=10)),
    )
    return with_columns(said, list(_columns(database, book)))


def authors(names: list[str | None]) -> tuple[tuple[str, str], ...]:
    """Authors as writers.  Calibre keeps commas in names as '|', and calls nobody 'Unknown'."""
    people = names_of((name or "").replace("|", ",") for name in names)
    return tuple(("writer", person) for person in people if person.lower() != "unknown")


def _basics(database: CalibreDatabase, book: int) -> tuple[str | None, ...]:
    """Title, sort title, place in the series and date of publication."""
    columns = ("title", "sort", "series_index", "pubdate")
    found = [database.rows(f"select {name} from books where id = ?", book) for name in columns]
    return tuple(_text(rows[0][0]) if rows else None for rows in found)


def _identifiers(database: CalibreDatabase, book: int) -> Iterator[tuple[str, str]]:
    for source, value in database.rows("select type, val from identifiers where book = ?", book):
        pair = name_of(_text(source)), name_of(_text(value))
        if pair[0] and pair[1]:
            yield pair[0], pair[1]


def _columns(database: CalibreDatabase, book: int) -> Iterator[Column]:
    for number, label in database.rows("select id, label from custom_columns order by id")[:_MOST_COLUMNS]:
        table, link = f"custom_column_{number}", f"books_custom_column_{number}_link"
        if not isinstance(number, int) or table not in database.tables:
            continue
        if link in database.tables:
            sql = f"select v.value from {link} l join {table} v on v.id = l.value where l.book = ? order by 1"
        else:
            sql = f"select value from {table} where book = ? order by 1"
        values = (_text(row[0]) for row in database.rows(sql, book))
        found = column(label, (without_markup(value) or "" for value in values if value is not None))
        if found is not None:
            yield found


def _text(value: object) -> str | None:
    """A value of any SQLite type as text; whole numbers without '.0'."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else str(value)
    return str(value) if isinstance(value, str | int) else None
