"""A tiny library planted straight into the tables, with vectors whose angles are known."""

from __future__ import annotations

import hashlib
import itertools
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from pgvector import HalfVector
from psycopg import sql

from warehouse.contracts import PANEL_DIM, SENTENCE_DIM
from warehouse.database.connection import Connection

Vector = NDArray[np.float32]

WIDTH = 48
"""Of the planted visual backbone."""

KINDS = {
    "page_embedding": "panel_encoder",
    "panel_embedding": "panel_encoder",
    "panel_vision": "panel_encoder",
    "panel_text": "panel_encoder",
    "panel_composition": "panel_encoder",
    "panel_context": "strip_encoder",
    "strip_embedding": "strip_encoder",
    "page_semantic": "sentence_encoder",
    "panel_semantic": "sentence_encoder",
    "strip_semantic": "sentence_encoder",
    "page_visual": "visual_backbone",
    "panel_feature": "visual_backbone",
}
DIMS = {
    "panel_encoder": PANEL_DIM,
    "strip_encoder": PANEL_DIM,
    "sentence_encoder": SENTENCE_DIM,
    "visual_backbone": WIDTH,
}


def at(degrees: float, dim: int = PANEL_DIM, *, axes: tuple[int, int] = (0, 1)) -> Vector:
    """A unit vector at this angle in the plane of two axes: two of them are 1 - cos(difference) apart."""
    vector = np.zeros(dim, np.float32)
    vector[axes[0]], vector[axes[1]] = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return vector


def apart(degrees: float) -> float:
    """The cosine distance of two vectors this many degrees apart."""
    return 1 - math.cos(math.radians(degrees))


@dataclass
class Library:
    """Plants rows and returns their ids."""

    connection: Connection
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _models: dict[str, int] = field(default_factory=dict)

    def model(self, kind: str, *, status: str = "live", dim: int | None = None) -> int:
        """A model of this kind, new each time."""
        return self._id(
            "insert into model (kind, name, revision, dim, weights_sha256, status)"
            " values (%s, %s, '1', %s, '', %s) returning id",
            (kind, f"planted {next(self._numbers)}", dim or DIMS[kind], status),
        )

    def live_model(self, kind: str) -> int:
        """The live model of this kind, planted when first asked for."""
        if kind not in self._models:
            self._models[kind] = self.model(kind)
        return self._models[kind]

    def series(self, name: str, *, publisher: str | None = None) -> int:
        return self._id(
            "insert into series (name, publisher) values (%s, %s) on conflict (name, volume)"
            " do update set name = excluded.name returning id",
            (name, publisher),
        )

    def book(
        self,
        series: str | None = None,
        *,
        title: str | None = None,
        number: str | None = "1",
        year: int | None = None,
        language: str | None = "en",
        publisher: str | None = None,
        status: str = "ready",
        tags: Iterable[tuple[str, str]] = (),
    ) -> int:
        """tags: (kind, name) pairs."""
        series_id = self.series(series, publisher=publisher) if series else None
        book_id = self._id(
            "insert into book (series_id, title, number, year, language, path, status)"
            " values (%s, %s, %s, %s, %s, %s, %s) returning id",
            (series_id, title, number, year, language, f"/{next(self._numbers)}.cbz", status),
        )
        for kind, name in tags:
            self.connection.execute("insert into tag values (%s, %s, %s, 'planted')", (book_id, kind, name))
        return book_id

    def page(
        self,
        book: int,
        text: str = "",
        *,
        page_type: str | None = "story",
        predicted: str | None = None,
        low_information: bool = False,
        status: str = "ready",
        **vectors: Vector,
    ) -> int:
        """vectors: by name of their table."""
        page_id = self._id(
            "insert into page (book_id, seq, entry, width, height, declared_type, predicted_type, status,"
            " low_information, text, words, text_search)"
            " select b.id, (select count(*) from page where book_id = b.id), '', 100, 200, %s, %s, %s, %s,"
            " t.body, cardinality(string_to_array(t.body, ' ')), text_document(b.language, t.body)"
            " from book b, (select %s::text as body) t where b.id = %s returning id",
            (page_type, predicted, status, low_information, text, book),
        )
        self.vectors(page_id, **vectors)
        return page_id

    def panel(self, page: int, text: str = "", *, x: int = 0, y: int = 0, **vectors: Vector) -> int:
        panel_id = self._id(
            "insert into panel (page_id, seq, x, y, w, h, score, detector, text, words, text_search)"
            " select p.id, (select count(*) from panel where page_id = p.id), %s, %s, 50, 40, 1, 'planted',"
            " t.body, cardinality(string_to_array(t.body, ' ')), text_document(b.language, t.body)"
            " from page p join book b on b.id = p.book_id, (select %s::text as body) t"
            " where p.id = %s returning id",
            (x, y, text, page),
        )
        self.vectors(panel_id, **vectors)
        return panel_id

    def strip(self, page: int, first: int, last: int, **vectors: Vector) -> int:
        strip_id = self._id(
            "insert into strip (page_id, seq, first_panel, last_panel)"
            " values (%s, (select count(*) from strip where page_id = %s), %s, %s) returning id",
            (page, page, first, last),
        )
        self.vectors(strip_id, **vectors)
        return strip_id

    def vectors(self, owner: int, *, model: int | None = None, **vectors: Vector) -> None:
        """Vectors of one owner by name of their table, of the live model unless told otherwise."""
        for table, vector in vectors.items():
            self.connection.execute(
                sql.SQL("insert into {} values (%s, %s, %s, %s)").format(sql.Identifier(table)),
                (
                    owner,
                    self.live_model(KINDS[table]) if model is None else model,
                    UUID(hashlib.md5(vector.tobytes(), usedforsecurity=False).hexdigest()),
                    HalfVector(vector),
                ),
            )

    def query(self, text: str, vector: Vector) -> None:
        """Store the vector of a typed query."""
        self.connection.execute(
            "insert into query_embedding values (%s, %s, %s)",
            (text, self.live_model("sentence_encoder"), HalfVector(vector)),
        )

    def concept(self, name: str, **definition: object) -> None:
        """definition: text_query, series, characters, genres."""
        columns = ["name", *definition]
        self.connection.execute(
            sql.SQL("insert into concept ({}) values ({})").format(
                sql.SQL(", ").join(map(sql.Identifier, columns)),
                sql.SQL(", ").join(sql.Placeholder() * len(columns)),
            ),
            [name, *definition.values()],
        )

    def _id(self, statement: str, values: tuple[object, ...]) -> int:
        row = self.connection.execute(statement, values).fetchone()
        assert row is not None
        return int(row[0])  # type: ignore[call-overload]


HOSTILE = (
    "",
    "   ",
    "'; drop table page; --",
    'unbalanced " quote',
    "back\\slash \\' \\",
    "a & | ! ( ) : * <-> b",
    "😀 🦊",
    "%s %(name)s {} $1",
    "-",
    '--- -"a b',
    "or and not",
    "*",
    "猫 ロボットだ",
    "x" * 10_000,
    "word " * 2_000,
    "\x01\x7f\u200b\ufeff",
)
"""Texts that must never raise, whatever they find."""
