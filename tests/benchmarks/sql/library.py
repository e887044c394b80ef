"""A library planted in a throw-away database: books, tags, pages and panels, with clustered vectors."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from psycopg import sql
from psycopg.types.numeric import Int8

from tests.benchmarks.sql.clusters import BOOKS, PAGES, PANELS, Clusters, Vectors
from warehouse.contracts import ModelIdentity
from warehouse.database.connection import Connection
from warehouse.database.store.vector_blocks import copy_blocks
from warehouse.records import VectorRows

MODEL = ModelIdentity("panel_encoder", "clusters", "1", 512, "", trained=True)
SHARES = {"Half": 0.5, "Tenth": 0.1, "Hundredth": 0.01, "Thousandth": 0.001}
"""Characters, and the share of the books with panels that they are in."""
RARE_TYPE = "art"
"""The type of one page in 10,000; all others are story."""
CONCEPT_PAGES = 10_000


@dataclass(frozen=True)
class Library:
    """What was planted: ids run from 1 without gaps, in the order of the vectors."""

    clusters: Clusters
    books: int
    shown: int
    """Books with panels, the first ones."""

    @property
    def pages(self) -> int:
        return self.books * PAGES

    @property
    def panels(self) -> int:
        return self.shown * PAGES * PANELS

    def chunks(self) -> Iterator[tuple[int, Vectors, Vectors]]:
        return self.clusters.chunks(self.books, self.shown)

    def panel_matrix(self) -> Vectors:
        """All panel vectors, (panels, 512) float32: row 0 is of panel 1."""
        found = np.empty((self.panels, 512), np.float32)
        for first, _, panels in self.clusters.chunks(self.shown, self.shown):
            start = first * PAGES * PANELS
            found[start : start + len(panels)] = panels
        return found


def plant(connection: Connection, rows: int, pages: int, seed: int = 1) -> Library:
    """About so many panels, six a page on the first books; the other books have page vectors alone."""
    shown = max(1, round(rows / PAGES / PANELS))
    library = Library(Clusters(seed), max(shown, round(pages / PAGES)), shown)
    with unchecked(connection):
        for command in _ROWS:
            numbers = {name: Int8(number) for name, number in _numbers(library).items()}
            connection.execute(command, {**numbers, "rare": RARE_TYPE})
        _tags(connection, library)
        model = _live_model(connection)
        for first, page_vectors, panel_vectors in library.chunks():
            _copy(connection, "page_embedding", first * PAGES, page_vectors, model)
            if len(panel_vectors):
                _copy(connection, "panel_embedding", first * PAGES * PANELS, panel_vectors, model)
    connection.execute("vacuum analyze")
    return library


@contextmanager
def unchecked(connection: Connection) -> Iterator[None]:
    """Without foreign keys: what is planted is right, and millions of look-ups take minutes."""
    connection.execute("set session_replication_role = replica")
    yield
    connection.execute("set session_replication_role = origin")


def vector_rows(table: str, first_owner: int, v: Vectors) -> VectorRows:
    """Rows of owners first_owner, first_owner + 1, …"""
    owners = tuple(range(first_owner, first_owner + len(v)))
    return VectorRows(table, MODEL, owners, tuple(uuid.UUID(int=owner) for owner in owners), v)


def _live_model(connection: Connection) -> int:
    row = connection.execute(
        "insert into model (kind, name, revision, dim, weights_sha256, config, status)"
        " values (%s, %s, %s, %s, %s, '{\"trained\": true}', 'live') returning id",
        (MODEL.kind, MODEL.name, MODEL.revision, MODEL.dim, MODEL.weights_sha256),
    ).fetchone()
    assert row is not None
    return int(row[0])


def _copy(connection: Connection, table: str, before: int, v: Vectors, model: int) -> None:
    owner = sql.Identifier(f"{table.partition('_')[0]}_id")
    command = sql.SQL("copy {} ({}, model_id, input_hash, v) from stdin (format binary)")
    with (
        connection.cursor() as cursor,
        cursor.copy(command.format(sql.Identifier(table), owner)) as copy,
    ):
        for block in copy_blocks(vector_rows(table, before + 1, v), model):
            copy.write(block)


def _tags(connection: Connection, library: Library) -> None:
    """Characters of a given share of the books with panels, by chance, one book at least."""
    rng = np.random.default_rng(library.clusters.seed)
    for name, share in SHARES.items():
        count = max(1, round(library.shown * share))
        books = (1 + rng.choice(library.shown, count, replace=False)).tolist()
        connection.execute(
            "insert into tag (book_id, kind, name, source)"
            " select unnest(%s::bigint[]), 'character', %s, 'planted'",
            (books, name),
        )


def _numbers(library: Library) -> dict[str, int]:
    return {
        "books": library.books,
        "shown": library.shown,
        "pages": PAGES,
        "panels": PANELS,
        "a_series": BOOKS,
        "concept": CONCEPT_PAGES,
    }


_ROWS = (
    "insert into series (name, publisher)"
    " select format('Series %%s', to_char(n, 'FM00000')), 'Publisher ' || n %% 12"
    " from generate_series(1, (%(books)s + %(a_series)s - 1) / %(a_series)s) n",
    "insert into book (series_id, number, title, year, language, path, status)"
    " select (n - 1) / %(a_series)s + 1, n %% %(a_series)s + 1, 'Book ' || n, 1940 + n %% 80, 'en',"
    " '/' || n || '.cbz', 'ready' from generate_series(1, %(books)s) n",
    "insert into page (book_id, seq, entry, width, height, declared_type, words, text)"
    " select b, n, n || '.jpg', 1000, 1500, case ((b - 1) * %(pages)s + n) %% 10000 when 7 then %(rare)s"
    " else 'story' end, 12, 'words of page ' || n || ' in the balloons of book ' || b"
    " from generate_series(1, %(books)s) b, generate_series(0, %(pages)s - 1) n order by b, n",
    "insert into panel (page_id, seq, x, y, w, h, score, detector, words, text)"
    " select p, n, 0, n * 200, 1000, 200, 1, 'planted', 3, 'words of panel ' || n"
    " from generate_series(1, %(shown)s * %(pages)s) p, generate_series(0, %(panels)s - 1) n order by p, n",
    "insert into tag (book_id, kind, name, source)"
    " select n, 'genre', 'Everything', 'planted' from generate_series(1, %(books)s) n",
    # a concept of so many pages, spread over the library in whole books
    "insert into tag (book_id, kind, name, source)"
    " select distinct 1 + (n * (%(books)s::float8 / (%(concept)s / %(pages)s)))::bigint, 'genre', 'Concept',"
    " 'planted' from generate_series(0, least(%(books)s, %(concept)s / %(pages)s) - 1) n",
    "insert into concept (name, genres) values ('Everything', '{Everything}'), ('Concept', '{Concept}')",
)
