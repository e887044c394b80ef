"""Views over what vectors were made from: what is fresh, stale and missing is a query."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.books_drawn import library
from tests.planted import PlantedProfile
from warehouse.cli.progress import SilentProgress
from warehouse.database.connection import Connection, Database
from warehouse.database.vector_tables import VECTOR_TABLES
from warehouse.ingest import ingest


@pytest.fixture
def ingested(database: Database, tmp_path: Path) -> Connection:
    ingest([library(tmp_path, books=2, pages=3)], database, PlantedProfile(), SilentProgress())
    return database.connect(autocommit=True)


def stale(connection: Connection) -> dict[str, int]:
    rows = connection.execute("select vector_table, stale from coverage where stale > 0").fetchall()
    return dict(rows)


def missing(connection: Connection) -> dict[str, int]:
    return dict(connection.execute("select vector_table, missing from coverage where missing > 0").fetchall())


def test_everything_is_fresh_after_an_ingest(ingested: Connection) -> None:
    with ingested:
        rows = ingested.execute(
            "select vector_table, owners, with_vector, missing, stale from coverage"
        ).fetchall()
    assert {table for table, *_ in rows} == set(VECTOR_TABLES)
    assert all(owners == having > 0 and lacks == old == 0 for _, owners, having, lacks, old in rows)


def test_the_tables_of_each_kind(ingested: Connection) -> None:
    with ingested:
        rows = ingested.execute("select vector_table, owner, kind from vector_kinds").fetchall()
    assert {table: (owner, kind) for table, owner, kind in rows} == {
        name: (table.owner, table.kind) for name, table in VECTOR_TABLES.items()
    }


@pytest.mark.parametrize(
    ("change", "touched"),
    [
        (
            "update panel set text = 'BOOM' where id = (select max(panel_id) from panel_semantic)",
            {
                "panel_text",
                "panel_semantic",
                "panel_embedding",
                "panel_context",
                "strip_embedding",
                "strip_semantic",
                "page_embedding",
            },
        ),
        (
            "update panel set w = w - 1 where id = (select max(panel_id) from panel_semantic)",
            {
                "panel_feature",
                "panel_vision",
                "panel_composition",
                "panel_embedding",
                "panel_context",
                "strip_embedding",
                "page_embedding",
            },
        ),
        (
            "update page set text = 'BOOM' where id = (select max(page_id) from page_semantic)",
            {"page_semantic"},
        ),
        ("update page set md5 = repeat('0', 32) where seq = 0 and book_id = 1", {"page_visual"}),
    ],
    ids=["words of a panel", "box of a panel", "words of a page", "picture of a cover"],
)
def test_a_change_is_seen_where_it_counts(ingested: Connection, change: str, touched: set[str]) -> None:
    with ingested:
        ingested.execute(change.encode())
        assert set(stale(ingested)) == touched
        assert missing(ingested) == {}


def test_a_page_that_is_no_story_any_more(ingested: Connection) -> None:
    with ingested:
        before = dict(ingested.execute("select vector_table, owners from coverage").fetchall())
        ingested.execute(
            "update page set labelled_type = 'advertisement' where id = (select max(id) from page)"
        )
        after = dict(ingested.execute("select vector_table, owners from coverage").fetchall())
        assert stale(ingested)["panel_embedding"] == before["panel_embedding"] - after["panel_embedding"] == 4
        assert missing(ingested) == {}
        assert "page_visual" not in stale(ingested)


def test_a_deleted_vector_is_missing(ingested: Connection) -> None:
    with ingested:
        ingested.execute("delete from panel_vision where panel_id = (select min(panel_id) from panel_vision)")
        assert missing(ingested) == {"panel_vision": 1}
