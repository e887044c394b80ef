"""A Calibre library as Calibre makes it, in the tables that are read."""

from __future__ import annotations

import sqlite3
from pathlib import Path

TABLES = """
create table books (id integer primary key autoincrement, title text not null default 'Unknown', sort text,
  timestamp timestamp, pubdate timestamp, series_index real not null default 1.0, author_sort text, isbn text,
  lccn text, path text not null default '', flags integer not null default 1, uuid text, has_cover bool);
create table authors (id integer primary key, name text not null, sort text, link text not null default '');
create table series (id integer primary key, name text not null, sort text);
create table tags (id integer primary key, name text not null);
create table publishers (id integer primary key, name text not null, sort text);
create table languages (id integer primary key, lang_code text not null);
create table ratings (id integer primary key, rating integer);
create table comments (id integer primary key, book integer not null, text text not null);
create table identifiers (id integer primary key, book integer not null, type text, val text not null);
create table data (id integer primary key, book integer not null, format text not null,
  uncompressed_size integer not null, name text not null);
create table books_authors_link (id integer primary key, book integer, author integer);
create table books_series_link (id integer primary key, book integer, series integer);
create table books_tags_link (id integer primary key, book integer, tag integer);
create table books_publishers_link (id integer primary key, book integer, publisher integer);
create table books_languages_link (id integer primary key, book integer, lang_code integer);
create table books_ratings_link (id integer primary key, book integer, rating integer);
create table custom_columns (id integer primary key autoincrement, label text not null, name text not null,
  datatype text not null, mark_for_delete bool default 0 not null, editable bool default 1 not null,
  display text default '{}' not null, is_multiple bool default 0 not null, normalized bool not null);
create table custom_column_1 (id integer primary key autoincrement, value text not null);
create table books_custom_column_1_link (id integer primary key autoincrement, book integer, value integer);
create table custom_column_2 (id integer primary key autoincrement, book integer, value bool);
create table custom_column_3 (id integer primary key autoincrement, value text not null);
create table books_custom_column_3_link (id integer primary key autoincrement, book integer, value integer);
insert into custom_columns (label, name, datatype, is_multiple, normalized) values
  ('pencillers', 'Pencillers', 'text', 1, 1), ('read', 'Read', 'bool', 0, 0),
  ('genre', 'Genre', 'text', 1, 1);
"""


class Library:
    """A library being filled; `save` writes its metadata.db."""

    def __init__(self, folder: Path):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.database = sqlite3.connect(folder / "metadata.db")
        self.database.executescript(TABLES)

    def add(self, title: str, author: str, files: dict[str, bytes | None], **more: object) -> Path:
        """A book with these formats (extension to content, None: not there).  Returns its folder.

        more: series, index, publisher, language, pubdate, comments, rating, tags, identifiers, pencillers,
        read, genres, path (in place of the usual one).
        """
        new = self.database.execute(
            "insert into books (title, sort, pubdate, series_index) values (?, ?, ?, ?)",
            (title, title, more.get("pubdate", "0101-01-01 00:00:00+00:00"), more.get("index", 1.0)),
        )
        book = new.lastrowid
        path = str(more.get("path", f"{author}/{title} ({book})"))
        self.database.execute("update books set path = ? where id = ?", (path, book))
        self._link(book, "authors", "author", [author])
        for table, column, value in (
            ("series", "series", "series"),
            ("publishers", "publisher", "publisher"),
        ):
            self._link(book, table, column, [more[value]] if value in more else [])
        self._link(book, "tags", "tag", more.get("tags", []))
        self._link(
            book, "languages", "lang_code", [more["language"]] if "language" in more else [], "lang_code"
        )
        self._link(book, "ratings", "rating", [more["rating"]] if "rating" in more else [], "rating")
        if "comments" in more:
            self.database.execute("insert into comments (book, text) values (?, ?)", (book, more["comments"]))
        for source, value in dict(more.get("identifiers", {})).items():  # type: ignore[call-overload]
            self.database.execute(
                "insert into identifiers (book, type, val) values (?, ?, ?)", (book, source, value)
            )
        self._link(book, "custom_column_1", "value", more.get("pencillers", []), "value")
        self._link(book, "custom_column_3", "value", more.get("genres", []), "value")
        if "read" in more:
            self.database.execute(
                "insert into custom_column_2 (book, value) values (?, ?)", (book, more["read"])
            )
        folder = self.folder / path
        for extension, content in files.items():
            name = f"{title} - {author}"
            self.database.execute(
                "insert into data (book, format, uncompressed_size, name) values (?, ?, ?, ?)",
                (book, extension.upper(), len(content or b""), name),
            )
            if content is not None:
                folder.mkdir(parents=True, exist_ok=True)
                (folder / f"{name}.{extension}").write_bytes(content)
        return folder

    def save(self) -> Path:
        """Write everything; returns the library's folder."""
        self.database.commit()
        self.database.close()
        return self.folder

    def _link(self, book: object, table: str, column: str, values: object, named: str = "name") -> None:
        for value in values:  # type: ignore[attr-defined]
            new = self.database.execute(f"insert into {table} ({named}) values (?)", (value,))
            link = f"books_{table}_link"
            self.database.execute(f"insert into {link} (book, {column}) values (?, ?)", (book, new.lastrowid))
