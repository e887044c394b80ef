"""Status of a large library: right, fast, and never counting what it need not."""

from __future__ import annotations

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.benchmarks.workers.filled_ledger import fill_ledger
from warehouse.database.connection import Connection
from warehouse.database.status import is_small, warehouse_status
from warehouse.metrics import metrics_text
from warehouse.records import STAGES

WORKS = 30_000
PAGES = 25_000


@pytest.fixture
def filled(connection: Connection) -> Connection:
    fill_ledger(connection, WORKS, PAGES)
    return connection


def test_what_it_says_is_what_is_there(filled: Connection) -> None:
    found = warehouse_status(filled)
    counted = filled.execute("select stage, state, count(*) from work group by 1, 2").fetchall()
    assert {(s.stage, state, n) for s in found.stages for state, n in s.by_state.items() if n} == {*counted}
    assert [stage.stage for stage in found.stages] == list(STAGES)
    assert found.objects.pages == pytest.approx(PAGES, rel=0.05)
    assert not found.objects.exact
    assert warehouse_status(filled, exact=True).objects.pages == PAGES
    seconds = filled.execute("select seconds_left, left_to_do from time_left").fetchone()
    assert seconds is not None
    assert (found.seconds_left, found.left_to_do) == (pytest.approx(seconds[0], rel=0.01), seconds[1])
    leased = found.oldest_in("leased")
    [age] = filled.execute(
        "select extract(epoch from now() - min(updated_at))::float8 from work where state = 'leased'"
    ).fetchone() or (0,)
    assert leased is not None
    assert leased.seconds == pytest.approx(age, abs=1)
    assert {(work.state, work.code) for work in found.given_up} == {
        ("failed", "archive-broken"),
        ("quarantined", "worker-crashed"),
    }
    assert all(len(work.latest) == min(work.works, 3) for work in found.given_up)
    assert len(found.workers) == 8
    assert all(worker.living for worker in found.workers)
    assert sum(worker.held for worker in found.workers) == sum(stage.leased for stage in found.stages)


def test_size_is_told_without_statistics(connection: Connection) -> None:
    assert is_small(connection)
    connection.execute("insert into book (path) values ('a')")
    connection.execute(
        "insert into page (book_id, seq, entry) select id, n, n from book, generate_series(0, 9) n"
    )
    assert is_small(connection, 10)
    assert not is_small(connection, 9)


def test_no_answer_reads_the_whole_ledger(filled: Connection) -> None:
    """At a size where scanning would be seen: every table that grows is reached by an index."""
    before = _scans(filled)
    warehouse_status(filled)
    after = _scans(filled)
    assert {table for table in after if after[table] != before[table]} == set()


def _scans(connection: Connection) -> dict[str, int]:
    connection.execute("select pg_stat_force_next_flush()")
    return dict(
        connection.execute(
            "select relname, seq_scan from pg_stat_user_tables where relname in ('work', 'page', 'book')"
        ).fetchall()
    )


def test_metrics_can_be_parsed(filled: Connection) -> None:
    filled.execute(
        "update work set error_code = %s where state = 'failed'", ('a "quoted"\\code\nof two lines',)
    )
    found = warehouse_status(filled)
    families = {f.name: f for f in text_string_to_metric_families(metrics_text(found))}
    assert all(name.startswith("warehouse_") and family.documentation for name, family in families.items())
    work = {(s.labels["stage"], s.labels["state"]): s.value for s in families["warehouse_work"].samples}
    assert work == {(s.stage, state): n for s in found.stages for state, n in s.by_state.items()}
    assert families["warehouse_completions"].type == "counter"
    codes = {sample.labels["code"] for sample in families["warehouse_failures"].samples}
    assert codes == {'a "quoted"\\code\nof two lines', "worker-crashed"}
    [workers] = families["warehouse_workers"].samples
    assert workers.value == 8
    assert {s.labels["queue"] for s in families["warehouse_queue_workers"].samples} == {
        "io", "cpu", "gpu", "export"
    }  # fmt: skip


def test_metrics_of_an_empty_warehouse(connection: Connection) -> None:
    families = {f.name: f for f in text_string_to_metric_families(metrics_text(warehouse_status(connection)))}
    assert [sample.value for sample in families["warehouse_left_to_do"].samples] == [0]
    assert families["warehouse_oldest_ready_seconds"].samples == []
