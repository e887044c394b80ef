"""Views and functions over the ledger: states, rate, time left, oldest work, failures, workers."""

from __future__ import annotations

import pytest

from tests.sql.planting import Library
from warehouse.database.connection import Connection
from warehouse.queues import QUEUES, queue_of
from warehouse.records import STAGES


def ask(connection: Connection, query: str) -> list[tuple[object, ...]]:
    return connection.execute(query.encode()).fetchall()


def work(
    library: Library,
    book: int,
    stage: str,
    state: str,
    *,
    ago: float = 0,
    seconds: float | None = None,
    code: str | None = None,
    worker: str | None = None,
) -> None:
    """A row of the ledger.  ago: seconds since it came into its state."""
    library.connection.execute(
        "insert into work (book_id, stage, state, updated_at, seconds, error_code, error, worker,"
        " lease_until) values (%s, %s, %s, now() - make_interval(secs => %s), %s, %s, %s, %s,"
        " now() - interval '1 second')",
        (book, stage, state, ago, seconds, code, code and f"because of {code}", worker),
    )


def book_of(library: Library, pages: int) -> int:
    book = library.book()
    library.connection.execute("update book set page_count = %s where id = %s", (pages, book))
    return book


def test_stages_are_those_of_the_program(connection: Connection) -> None:
    found = ask(connection, "select stage, queue from stage_queues order by place")
    assert found == [(stage, queue_of(stage)) for stage in STAGES]
    assert {queue for _, queue in found} == {queue for queue, stages in QUEUES.items() if stages}


def test_an_idle_pipeline(connection: Connection) -> None:
    assert ask(connection, "select sum(waiting + blocked + ready + leased + done) from stage_states") == [
        (0,)
    ]
    assert ask(connection, "select left_to_do, works_a_minute, seconds_left from time_left") == [(0, 0, 0)]
    assert ask(connection, "select from oldest_work") == []


def test_what_waits_behind_a_failure_is_blocked(library: Library) -> None:
    for state in ("failed", "quarantined", "done"):
        book = library.book()
        work(library, book, "pages", state)
        work(library, book, "panels", "ready" if state == "done" else "waiting")
        work(library, book, "text", "waiting")
    found = ask(
        library.connection,
        "select waiting, blocked, ready from stage_states where stage in ('panels', 'text')",
    )
    assert found == [(2, 2, 1), (3, 2, 0)]
    left = ask(
        library.connection, "select stage, left_to_do from work_pace where left_to_do > 0 order by place"
    )
    assert left == [("panels", 1), ("text", 1)]


def test_time_left(library: Library) -> None:
    """Two books done in the last five minutes, by work that took 60 s each; three are left."""
    for ago in (240.0, 0.0):
        work(library, book_of(library, 10), "pages", "done", ago=ago, seconds=60)
    for _ in range(3):
        work(library, book_of(library, 10), "pages", "ready")
    found = library.connection.execute(
        "select works_a_minute, pages_a_minute, seconds_left, unknown_stages from time_left"
    ).fetchone()
    assert found == (pytest.approx(0.4), pytest.approx(4), pytest.approx(450), 0)


def test_time_left_when_nothing_is_done(library: Library) -> None:
    work(library, library.book(), "pages", "done", ago=3600, seconds=60)
    work(library, library.book(), "pages", "ready")
    work(library, library.book(), "text", "ready")
    found = ask(library.connection, "select left_to_do, seconds_left, unknown_stages from time_left")
    assert found == [(2, None, 1)]
    means = ask(library.connection, "select mean_seconds from work_pace where stage in ('pages', 'text')")
    assert means == [(60,), (None,)]


def test_work_rate(library: Library) -> None:
    """Steps of ten minutes of an hour long past: two books in one, none in the others."""
    for minute, seconds in ((21, 2), (29, 4)):
        book = book_of(library, 30)
        work(library, book, "text", "done", seconds=seconds)
        library.connection.execute(
            "update work set updated_at = '2026-01-01 10:00Z'::timestamptz + make_interval(mins => %s)"
            " where book_id = %s",
            (minute, book),
        )
    work(library, library.book(), "text", "failed")
    found = ask(
        library.connection,
        "select extract(minute from time)::integer, works_a_minute, pages_a_minute, mean_seconds"
        " from work_rate('2026-01-01 10:00Z', '2026-01-01 11:00Z', '10m') where stage = 'text'",
    )
    assert found == [
        (0, 0, 0, None),
        (10, 0, 0, None),
        (20, 0.2, 6, 3),
        (30, 0, 0, None),
        (40, 0, 0, None),
        (50, 0, 0, None),
    ]


def test_the_step_that_still_runs_is_left_out(connection: Connection) -> None:
    found = ask(
        connection,
        "select max(time) + interval '1 hour' <= now() from work_rate(now() - interval '5h', now(), '1h')",
    )
    assert found == [(True,)]


def test_oldest_work(library: Library) -> None:
    for ago in (10, 100):
        work(library, library.book(), "text", "leased", ago=ago)
    work(library, library.book(), "text", "waiting", ago=1000)
    found = ask(
        library.connection,
        "select queue, stage, state, works, round(age_seconds::numeric), overdue from oldest_work",
    )
    assert found == [("cpu", "text", "leased", 2, 100, 2)]


def test_failures_by_code(library: Library) -> None:
    for ago in (10, 100):
        work(library, library.book(), "pages", "failed", ago=ago, code="archive-broken")
    work(library, library.book(), "text", "quarantined", code="worker-lost")
    found = ask(
        library.connection,
        "select stage, state, error_code, works, last_at - first_at = interval '90 s', error"
        " from failures_by_code order by works desc",
    )
    assert found == [
        ("pages", "failed", "archive-broken", 2, True, "because of archive-broken"),
        ("text", "quarantined", "worker-lost", 1, False, "because of worker-lost"),
    ]


def test_worker_listing(library: Library) -> None:
    library.connection.execute(
        "insert into worker (name, host, pid, queues, seen_at)"
        " values ('here:1', 'here', 1, '{io,cpu}', now() - interval '40 s')"
    )
    work(library, library.book(), "text", "leased", ago=30, worker="here:1")
    for ago in (60, 3600):
        work(library, library.book(), "text", "done", ago=ago, worker="here:1")
    found = ask(
        library.connection,
        "select name, queues, seen_seconds, held, oldest_seconds, done from worker_listing",
    )
    assert found == [("here:1", "io, cpu", 40, 1, 30, 1)]
