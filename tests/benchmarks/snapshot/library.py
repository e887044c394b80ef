"""A library as an ingest leaves it, planted in a throw-away database: every vector that a snapshot holds."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from psycopg import sql

from tests.benchmarks.planted_library import fresh_hashes
from tests.benchmarks.sql.clusters import PANELS, Vectors
from tests.benchmarks.sql.library import Library, plant, unchecked, vector_rows
from warehouse.database.connection import Connection
from warehouse.database.store.vector_blocks import copy_blocks
from warehouse.database.vector_tables import VECTOR_TABLES
from warehouse.duplicates.refreshing import refresh_groups

MODELS = {"visual_backbone": 1280, "sentence_encoder": 384, "strip_encoder": 512}
"""Kinds of models besides the panel encoder, and how wide their vectors are."""
SILENT = 4
"""One panel in so many has no words."""
AT_ONCE = 8192
PLANTED = ("panel_embedding", "page_embedding")
LEFT_OUT = ("panel_composition", "panel_feature")
"""Not in a snapshot, or only with --features."""


def plant_whole(connection: Connection, panels: int, max_distance: int) -> Library:
    """About so many panels, six a page and a strip; duplicate groups are up to date."""
    library = plant(connection, panels, panels // PANELS)
    with unchecked(connection):
        connection.execute(
            "insert into strip (page_id, seq, first_panel, last_panel)"
            " select id, 0, 0, %s from page order by id",
            (PANELS - 1,),
        )
        models = {"panel_encoder": 1} | {kind: _model(connection, kind, dim) for kind, dim in MODELS.items()}
        for table, about in VECTOR_TABLES.items():
            if table not in PLANTED + LEFT_OUT:
                count = library.panels if about.owner == "panel" else library.pages
                dim = MODELS.get(about.kind, 512)
                _fill(connection, table, models[about.kind], _blocks(count, dim, len(table)))
    connection.execute("delete from panel_text where panel_id %% %s = 0", (SILENT,))
    connection.execute("delete from panel_semantic where panel_id %% %s = 0", (SILENT,))
    connection.execute("update panel set text = '' where id %% %s = 0", (SILENT,))
    _hash_pages(connection, library.pages)
    refresh_groups(connection, max_distance)
    connection.execute("vacuum analyze")
    return library


def _model(connection: Connection, kind: str, dim: int) -> int:
    row = connection.execute(
        "insert into model (kind, name, revision, dim, weights_sha256, config, status)"
        " values (%s, 'noise', '1', %s, '', '{\"trained\": true}', 'live') returning id",
        (kind, dim),
    ).fetchone()
    assert row is not None
    return int(row[0])


def _blocks(count: int, dim: int, seed: int) -> Iterator[tuple[int, Vectors]]:
    """(first owner, vectors): one block of noise, turned a little further each time."""
    noise = np.random.default_rng(seed).standard_normal((AT_ONCE, dim), np.float32) / np.float32(dim**0.5)
    for number, start in enumerate(range(0, count, AT_ONCE)):
        yield start + 1, np.roll(noise, number, axis=1)[: min(AT_ONCE, count - start)]


def _fill(connection: Connection, table: str, model: int, blocks: Iterator[tuple[int, Vectors]]) -> None:
    command = sql.SQL("copy {} ({}, model_id, input_hash, v) from stdin (format binary)").format(
        sql.Identifier(table), sql.Identifier(f"{VECTOR_TABLES[table].owner}_id")
    )
    for first, v in blocks:
        with connection.cursor() as cursor, cursor.copy(command) as copy:
            for block in copy_blocks(vector_rows(table, first, v), model):
                copy.write(block)


def _hash_pages(connection: Connection, pages: int) -> None:
    hashes = fresh_hashes(pages, np.random.default_rng(5)).tolist()
    connection.execute("create temporary table hashed (id bigint, phash bit(64))")
    with connection.cursor() as cursor, cursor.copy("copy hashed from stdin") as copy:
        for page, hash_ in enumerate(hashes, 1):
            copy.write_row((page, f"{hash_:064b}"))
    connection.execute(
        "update page p set phash = h.phash, md5 = md5(h.id::text)::uuid from hashed h where h.id = p.id"
    )
