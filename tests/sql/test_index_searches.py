"""Searches by HNSW index: built, measured, used, and full whatever the filter leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import psycopg
import pytest
from pgvector import HalfVector

from tests.sql.planting import PANEL_DIM, Library
from warehouse.database.connection import Connection, Database
from warehouse.database.index_checks import check_index, recall
from warehouse.database.indexes import (
    BuildOptions,
    VectorIndex,
    build_estimate,
    build_index,
    chosen_spaces,
    drop_index,
    vector_indexes,
)
from warehouse.database.store.index_checks import forget_index_checks, store_index_check
from warehouse.errors import QueryError

PAGES = 400
PANELS = 1600
SMALL = BuildOptions(64 * 2**20, 0)

generator = np.random.default_rng(4)
centres = generator.standard_normal((40, PANEL_DIM))
vectors = centres[np.arange(PANELS) // 4 % 40] + 0.5 * generator.standard_normal((PANELS, PANEL_DIM))
vectors = vectors.astype(np.float32)


@pytest.fixture(scope="module")
def indexed(server_url: str) -> Iterator[Connection]:
    """1,600 panels on 400 pages of 20 books, all committed, with an index over their fused vectors."""
    before, _, query = server_url.partition("?")
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute("create database indexed template warehouse_template")
    database = Database(f"{before.rpartition('/')[0]}/indexed?{query}", embedded=True)
    with database.connect(autocommit=True) as connection:
        library = Library(connection)
        books = [library.book(f"Series {n}", year=1900 + n) for n in range(20)]
        for number in range(PAGES):
            blank = number % 50 == 7
            page = library.page(books[number % 20], page_type="cover" if number == 3 else "story",
                                low_information=blank)  # fmt: skip
            for n in range(4):
                library.panel(page, panel_embedding=vectors[4 * number + n])
        connection.execute("analyze")
        build_index(connection, fused(connection), SMALL)
        yield connection


def fused(connection: Connection) -> VectorIndex:
    [space] = vector_indexes(connection, ["panels/fused"])
    return space


Found = list[tuple[int, float, bool]]


def nearest(connection: Connection, v: np.ndarray, how: str, **options: object) -> Found:
    named = "".join(f", {name} => %({name})s" for name in options)
    with connection.transaction():
        connection.execute("select set_config('warehouse.search', %s, true)", (how,))
        return connection.execute(
            f"select panel_id, distance, exact from nearest_panels(%(v)s::halfvec{named})".encode(),
            {"v": HalfVector(v), **options},
        ).fetchall()


def test_the_index_answers_as_exactly_and_says_that_it_did(indexed: Connection) -> None:
    for v in (vectors[5], vectors[100:140].mean(axis=0)):
        truth = nearest(indexed, v, "exact", max_hits=20)
        found = nearest(indexed, v, "index", max_hits=20)
        assert [row[2] for row in truth] == [True] * 20
        assert [row[2] for row in found] == [False] * 20
        assert recall([row[1] for row in found], [row[1] for row in truth]) >= 0.95


def test_small_spaces_are_searched_exactly(indexed: Connection) -> None:
    assert {row[2] for row in nearest(indexed, vectors[5], "auto")} == {True}


@pytest.mark.parametrize("how", ["index", "exact"])
@pytest.mark.parametrize(
    ("filters", "most"),
    [
        ({"of_series": "Series 3"}, 80),
        ({"year_from": 1910}, 784),
        ({"of_type": "cover"}, 4),
        ({"of_type": "story"}, 1564),
        ({"min_panels": 5}, 0),
    ],
)
def test_a_limit_is_filled_where_enough_rows_match(
    indexed: Connection, how: str, filters: dict[str, object], most: int
) -> None:
    for hits in (1, 20, 300, 2000):
        found = nearest(indexed, vectors[5], how, max_hits=hits, **filters)
        least = sum(1 for _ in found)
        truth = nearest(indexed, vectors[5], "exact", max_hits=hits, **filters)
        assert (
            least
            == len(truth)
            == min(hits, len(nearest(indexed, vectors[5], "exact", max_hits=5000, **filters)))
        )
        assert recall([row[1] for row in found], [row[1] for row in truth]) >= 0.95
        assert len(found) <= most


def test_a_threshold_is_kept_and_need_not_fill_the_limit(indexed: Connection) -> None:
    everything = nearest(indexed, vectors[5], "exact", max_hits=20)
    threshold = (everything[9][1] + everything[10][1]) / 2
    found = nearest(indexed, vectors[5], "index", max_hits=20, max_distance=threshold)
    assert [row[0] for row in found] == [row[0] for row in everything[:10]]
    assert {row[2] for row in found} == {False}
    assert nearest(indexed, vectors[5] * -1, "index", max_distance=0.001) == []


def test_pages_of_low_information_stay_out_of_indexed_answers(indexed: Connection) -> None:
    blank = indexed.execute(
        "select pa.id from panel pa join page p on p.id = pa.page_id where p.low_information"
    ).fetchall()
    of_blank = vectors[4 * 7]
    found = {row[0] for row in nearest(indexed, of_blank, "index", max_hits=100)}
    assert blank
    assert not found & {row[0] for row in blank}


def test_settings_do_not_leak(indexed: Connection) -> None:
    names = ("enable_seqscan", "jit", "hnsw.ef_search", "hnsw.iterative_scan", "parallel_setup_cost")
    with indexed.transaction():
        indexed.execute("set local hnsw.ef_search = 77")
        before = [indexed.execute("select current_setting(%s)", (name,)).fetchone() for name in names]
        indexed.execute("select set_config('warehouse.search', 'index', true)")
        indexed.execute("select * from nearest_panels(%s::halfvec)", (HalfVector(vectors[5]),)).fetchall()
        after = [indexed.execute("select current_setting(%s)", (name,)).fetchone() for name in names]
    assert before == after
    assert ("77",) in after


def plan(connection: Connection, statement: str, *values: object) -> str:
    with connection.transaction():
        connection.execute(f"prepare asked (halfvec, bigint, bigint[], bigint[]) as {statement}".encode())
        try:
            places = ", ".join(["%s::halfvec", "20", "%s::bigint[]", "'{}'"])
            cursor = psycopg.ClientCursor(connection)
            rows = cursor.execute(f"explain execute asked ({places})".encode(), values).fetchall()
        finally:
            connection.execute("deallocate asked")
    return "\n".join(str(row[0]) for row in rows)


def test_the_plans(indexed: Connection) -> None:
    """The index statement scans the index and sorts nothing; the exact ones never touch it."""
    model = fused(indexed).model_id
    by_index, exact, within = indexed.execute(
        "select index_statement('panel_embedding', 'panel', %(m)s::smallint, 512),"
        " exact_statement('panel_embedding', 'panel', %(m)s::smallint, false, false),"
        " exact_statement('panel_embedding', 'panel', %(m)s::smallint, false, true)",
        {"m": model},
    ).fetchall()[0]
    values = (HalfVector(vectors[5]), [1, 2, 3])
    indexed.execute("set enable_seqscan = off")
    try:
        used = by_index.replace("limit $2", "limit $2 + 0 * cardinality($3 || $4)")
        lines = plan(indexed, used, *values)
        assert f"Index Scan using panel_embedding_hnsw_{model}" in lines
        assert "Sort" not in lines
        unfiltered = exact.replace("limit $2", "limit $2 + 0 * cardinality($3)")
        for statement in (unfiltered, within):
            assert "hnsw" not in plan(indexed, statement, *values)
    finally:
        indexed.execute("reset enable_seqscan")
    assert indexed.execute(
        "select attstorage from pg_attribute where attrelid = 'panel_embedding'::regclass and attname = 'v'"
    ).fetchone() == ("p",)


def test_checks_are_measured_and_kept(indexed: Connection) -> None:
    rows, means = check_index(indexed, fused(indexed), asked=6, hits=10)
    assert (rows.queries, means.queries, rows.asked, rows.vectors) == ("rows", "means", 6, PANELS)
    assert 0.9 <= rows.min_recall <= rows.mean_recall <= 1
    assert rows.index_seconds > 0
    assert fused(indexed).row_recall is None
    store_index_check(indexed, rows)
    store_index_check(indexed, means)
    assert fused(indexed).row_recall == pytest.approx(rows.min_recall)
    assert fused(indexed).mean_recall == pytest.approx(means.min_recall)
    kept = indexed.execute(
        "select queries, ef_search, exact_seconds > 0 from index_check order by id"
    ).fetchall()
    assert kept == [("rows", 400, True), ("means", 1000, True)]
    narrow, _ = check_index(indexed, fused(indexed), asked=2, ef_search=77)
    assert narrow.ef_search == 77


def test_an_index_answers_unasked_only_what_it_was_measured_for(indexed: Connection) -> None:
    space = fused(indexed)
    with indexed.transaction(force_rollback=True):
        indexed.execute(
            "create or replace function approximate_from() returns integer language sql return 100"
        )
        forget_index_checks(indexed, space)
        row, mean = vectors[5], vectors[100:140].mean(axis=0)

        def answered_by_index() -> tuple[bool, bool]:
            return tuple(not nearest(indexed, v, "auto")[0][2] for v in (row, mean))

        assert answered_by_index() == (False, False)
        good = check_index(indexed, space, asked=4, hits=10)
        for check in good:
            store_index_check(indexed, replace(check, mean_recall=1.0, min_recall=1.0))
        assert answered_by_index() == (True, True)
        store_index_check(indexed, replace(good[1], mean_recall=0.99, min_recall=0.5))
        assert answered_by_index() == (True, False)
        store_index_check(indexed, replace(good[0], mean_recall=0.97, min_recall=0.5))
        assert answered_by_index() == (False, False)
        trusted = fused(indexed)
        assert (trusted.rows_trusted, trusted.means_trusted) == (False, False)


def test_an_index_is_built_once_and_dropped(indexed: Connection) -> None:
    with pytest.raises(QueryError) as caught:
        build_index(indexed, fused(indexed), SMALL)
    assert caught.value.code == "index-exists"
    [page] = vector_indexes(indexed, ["page"])
    assert (page.name, page.index_name, page.vectors) == ("pages/page", None, 0)
    with pytest.raises(QueryError) as caught:
        check_index(indexed, page)
    assert caught.value.code == "index-missing"
    build_index(indexed, page, SMALL)
    [page] = vector_indexes(indexed, ["page"])
    assert page.usable
    with pytest.raises(QueryError) as caught:
        check_index(indexed, page)
    assert caught.value.code == "vector-missing"
    drop_index(indexed, page)
    assert vector_indexes(indexed, ["page"])[0].index_name is None


def test_an_index_over_a_backbones_own_width(indexed: Connection) -> None:
    library = Library(indexed)
    panels = [row[0] for row in indexed.execute("select id from panel order by id limit 30")]
    for n, panel in enumerate(panels):
        library.vectors(panel, panel_feature=vectors[n, :48])
    [space] = vector_indexes(indexed, ["feature"])
    build_index(indexed, space, SMALL)
    with indexed.transaction():
        indexed.execute("set local warehouse.search = 'index'")
        hits = indexed.execute(
            "select panel_id, exact from similar_panels(%s, 'feature', max_hits => 5)", (panels[0],)
        ).fetchall()
    assert len(hits) == 5
    assert {hit[1] for hit in hits} == {False}


def test_an_unfinished_index_is_not_used_and_is_built_again(indexed: Connection) -> None:
    [space] = vector_indexes(indexed, ["vision"])
    build_index(indexed, space, SMALL)
    indexed.execute("update pg_index set indisvalid = false where indexrelid = %s::regclass",
                    (vector_indexes(indexed, ["vision"])[0].index_name,))  # fmt: skip
    [space] = vector_indexes(indexed, ["vision"])
    assert (space.usable, space.index_name is None) == (False, False)
    build_index(indexed, space, SMALL)
    assert vector_indexes(indexed, ["vision"])[0].usable


def test_names_of_spaces() -> None:
    assert chosen_spaces(["fused", "panels/fused"]) == [("panels", "fused")]
    assert [scope for scope, _ in chosen_spaces(["semantic"])] == ["panels", "pages", "strips"]
    assert len(chosen_spaces([])) == 12
    with pytest.raises(QueryError) as caught:
        chosen_spaces(["smell"])
    assert caught.value.code == "space-unknown"


def test_the_estimate_grows_with_vectors_and_width() -> None:
    small, large = build_estimate(200_000, 512, 0), build_estimate(2_000_000, 512, 0)
    assert small.disk_bytes == pytest.approx(273_000_000, rel=0.01)
    assert small.memory_bytes == pytest.approx(348_000_000, rel=0.01)
    assert large.seconds > 10 * small.seconds
    assert build_estimate(200_000, 384, 1).seconds < small.seconds
    assert build_estimate(0, 512, 0).disk_bytes == 0
