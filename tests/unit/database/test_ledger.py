"""The ledger: what can be claimed, who holds it, what is given up."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest

from warehouse.database.connection import Connection, Database
from warehouse.database.ledger import Ledger, add_work, complete, process_name, reset_work
from warehouse.errors import DatabaseError, LeaseLostError
from warehouse.records import STAGES, Lease
from warehouse.work_rules import WorkRules

RULES = WorkRules(lease=60, attempts=3)


@pytest.fixture
def ledger(database: Database) -> Iterator[Ledger]:
    with Ledger(database, RULES) as opened:
        yield opened


@pytest.fixture
def book(connection: Connection) -> int:
    row = connection.execute("insert into book (path) values ('/a.cbz') returning id").fetchone()
    assert row is not None
    add_work(connection, row[0])
    return int(row[0])


def states(connection: Connection, book: int) -> dict[str, str]:
    return dict(connection.execute("select stage, state from work where book_id = %s", (book,)).fetchall())


def taken(ledger: Ledger, book: int, stage: str = "pages") -> Lease:
    lease = ledger.claim(book, stage)
    assert lease is not None
    return lease


def finish(connection: Connection, ledger: Ledger, book: int, *stages: str) -> None:
    for stage in stages:
        complete(connection, taken(ledger, book, stage), "1", 0.1)
        reset_work(connection, book, [])


def test_the_first_stage_is_ready_and_the_others_wait(connection: Connection, book: int) -> None:
    assert states(connection, book) == {**dict.fromkeys(STAGES, "waiting"), "pages": "ready"}


def test_each_stage_makes_the_next_ready(connection: Connection, ledger: Ledger, book: int) -> None:
    for place, stage in enumerate(STAGES):
        assert ledger.claim(book, "strips") is None or stage == "strips"
        if stage != "strips":
            finish(connection, ledger, book, stage)
            assert states(connection, book)[STAGES[place + 1]] == "ready"


def test_what_is_reset_waits_for_what_is_before_it(connection: Connection, ledger: Ledger, book: int) -> None:
    finish(connection, ledger, book, "pages", "panels", "text")
    assert reset_work(connection, book, ["panels", "text"]) == 2
    found = states(connection, book)
    assert (found["pages"], found["panels"], found["text"]) == ("done", "ready", "waiting")


def test_one_claims_and_the_other_does_not(database: Database, ledger: Ledger, book: int) -> None:
    with Ledger(database, RULES) as other:
        lease = taken(ledger, book)
        assert other.claim(book, "pages") is None
        ledger.release(lease)
        assert taken(other, book).attempt == 1


def test_only_the_token_finishes(connection: Connection, ledger: Ledger, book: int) -> None:
    lease = taken(ledger, book)
    stranger = Lease(book, "pages", uuid4(), 1)
    with pytest.raises(LeaseLostError):
        complete(connection, stranger, "1", 0.1)
    with pytest.raises(LeaseLostError):
        ledger.renew(stranger)
    with pytest.raises(LeaseLostError):
        ledger.fail(stranger, "internal-error", "late", 0.1, again=True)
    ledger.renew(lease)
    complete(connection, lease, "1", 0.1)


def test_a_lease_that_ran_out_is_taken_over_and_the_late_holder_refused(
    connection: Connection, database: Database, ledger: Ledger, book: int
) -> None:
    late = taken(ledger, book)
    connection.execute("update work set lease_until = now() - interval '1 second' where stage = 'pages'")
    with Ledger(database, RULES) as other:
        assert taken(other, book).attempt == 2
        with pytest.raises(LeaseLostError):
            complete(connection, late, "1", 0.1)


def test_the_lease_of_a_session_that_is_gone_is_free(
    connection: Connection, database: Database, ledger: Ledger, book: int
) -> None:
    taken(ledger, book)
    with Ledger(database, RULES) as other:
        assert other.recover() == []
        end_session(connection)
        [lost] = other.recover()
    assert (lost.book_id, lost.stage, lost.state, lost.code) == (book, "pages", "ready", "worker-lost")


def end_session(connection: Connection) -> None:
    """End the session that holds leases, as a killed process does, and wait until it is gone."""
    holder = "select lease_pid from work where state = 'leased'"
    connection.execute(f"select pg_terminate_backend(({holder}), 10000)")


def test_a_session_broken_by_the_server_counts_for_nothing(
    connection: Connection, database: Database, ledger: Ledger, book: int
) -> None:
    """As after a restart of the server: every session is gone, but the worker may be well."""
    lease = taken(ledger, book)
    connection.execute("update work set lease_session = pg_postmaster_start_time() - interval '1 hour'")
    end_session(connection)
    with Ledger(database, RULES) as other:
        assert other.recover() == [], "the holder has the time of its lease to come back"
    with pytest.raises(DatabaseError):
        ledger.renew(lease)
    ledger.renew(lease)
    connection.execute(
        "update work set lease_session = pg_postmaster_start_time() - interval '1 hour',"
        " lease_until = now() - interval '1 second' where state = 'leased'"
    )
    [lost] = ledger.recover()
    assert lost.state == "ready"
    assert taken(ledger, book).attempt == 1, "the attempt was not the book's fault"


def test_given_up_after_its_attempts(connection: Connection, ledger: Ledger, book: int) -> None:
    for attempt in range(1, 4):
        assert taken(ledger, book).attempt == attempt
        [lost] = ledger.lose(process_name(), "worker-crashed", "crashed its process by signal 11")
        assert lost.state == ("quarantined" if attempt == 3 else "ready")
    assert ledger.claim(book, "pages") is None
    row = connection.execute("select status, error_code, error from book").fetchone()
    assert row == ("error", "worker-crashed", "stage pages crashed its process by signal 11 in attempt 3")
    assert ledger.retry_failed([book]) == 1
    assert taken(ledger, book).attempt == 1


def test_a_silent_end_counts_too(connection: Connection, ledger: Ledger, book: int) -> None:
    for _ in range(3):
        taken(ledger, book)
        connection.execute("update work set lease_until = now() - interval '1 second' where stage = 'pages'")
        lost = ledger.recover()
    assert [work.state for work in lost] == ["quarantined"]
    assert "3 times" in lost[0].error
    assert connection.execute("select error_code from book").fetchall() == [("worker-lost",)]


def test_a_reason_that_comes_late_is_still_told(connection: Connection, ledger: Ledger, book: int) -> None:
    for attempt in range(1, 4):
        taken(ledger, book)
        connection.execute("update work set lease_until = now() - interval '1 second' where stage = 'pages'")
        assert [work.code for work in ledger.recover()] == ["worker-lost"]
        [told] = ledger.lose(process_name(), "worker-crashed", "crashed its process by signal 6")
        assert (told.code, told.state) == ("worker-crashed", "quarantined" if attempt == 3 else "ready")
    assert ledger.states(book)["pages"].attempts == 3, "told twice, counted once"
    assert connection.execute("select error_code from book").fetchall() == [("worker-crashed",)]


def test_failures_are_final_or_chance(connection: Connection, ledger: Ledger, book: int) -> None:
    assert ledger.fail(taken(ledger, book), "internal-error", "odd\0", 0.1, again=True) == "ready"
    assert connection.execute("select status from book").fetchall() == [("new",)]
    assert ledger.fail(taken(ledger, book), "not-an-archive", "no", 0.1) == "failed"
    assert connection.execute("select status, error_code from book").fetchall() == [
        ("error", "not-an-archive")
    ]
    assert ledger.claim(book, "pages") is None
    assert states(connection, book)["panels"] == "waiting"


def test_chance_ends_after_its_attempts(ledger: Ledger, book: int) -> None:
    said = [ledger.fail(taken(ledger, book), "internal-error", "odd", 0.1, again=True) for _ in range(3)]
    assert said == ["ready", "ready", "quarantined"]


def test_a_broken_connection_is_made_again(connection: Connection, ledger: Ledger, book: int) -> None:
    lease = taken(ledger, book)
    end_session(connection)
    with pytest.raises(psycopg.OperationalError):
        ledger.states(book)
    ledger.renew(lease)
    assert ledger.recover() == [], "the lease belongs to the new session"


def test_threads_share_a_ledger(connection: Connection, ledger: Ledger, book: int) -> None:
    claimed: list[Lease | None] = []
    threads = [threading.Thread(target=lambda: claimed.append(ledger.claim(book, "pages"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(claimed) == 8
    assert sum(lease is not None for lease in claimed) == 1


def test_workers_sign_on_and_off(connection: Connection, ledger: Ledger) -> None:
    ledger.sign_on(["io", "cpu"])
    ledger.sign_on(["gpu"])
    assert connection.execute("select name, queues from worker").fetchall() == [(process_name(), ["gpu"])]
    ledger.sign_off(process_name())
    assert connection.execute("select count(*) from worker").fetchall() == [(0,)]
