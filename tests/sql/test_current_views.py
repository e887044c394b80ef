"""The *_current views: what the live models made, and nothing else."""

from __future__ import annotations

import pytest
from psycopg import sql

from tests.sql.planting import DIMS, KINDS, Library, at


@pytest.mark.parametrize("table", KINDS)
def test_only_the_live_models_rows(library: Library, table: str) -> None:
    page = library.page(library.book())
    owner = {
        "page": page,
        "panel": library.panel(page),
        "strip": library.strip(page, 0, 0),
    }[table.partition("_")[0]]
    kind = KINDS[table]
    library.vectors(owner, **{table: at(0, DIMS[kind])})
    old = library.model(kind, status="retired")
    library.vectors(owner, model=old, **{table: at(0, DIMS[kind])})
    rows = library.connection.execute(
        sql.SQL("select model_id from {}").format(sql.Identifier(f"{table}_current"))
    ).fetchall()
    assert rows == [(library.live_model(kind),)]
