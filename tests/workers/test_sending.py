"""Queues stay short, nothing is told twice for nothing, and what was lost on the way is told again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from celery import Celery

from warehouse.config import Settings
from warehouse.database.connection import Connection, Database
from warehouse.database.ledger import Ledger, add_work, complete, reset_work
from warehouse.database.store.dispatching import sweeping
from workers.app import make_app
from workers.broker import embedded_socket, running_broker
from workers.sending import QUIET_SECONDS, WINDOW, queue_length, send_next, top_up, wake_workers


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    settings = Settings(home=tmp_path)
    with running_broker(settings):
        yield settings


@pytest.fixture
def app(settings: Settings) -> Celery:
    return make_app(f"redis+socket://{embedded_socket(settings.home)}")


def books(connection: Connection, count: int) -> list[int]:
    rows = connection.execute(
        "insert into book (path) select '/' || n || '.cbz' from generate_series(1, %s) n returning id",
        (count,),
    ).fetchall()
    for (book_id,) in rows:
        add_work(connection, book_id)
    return [book_id for (book_id,) in rows]


def waiting(app: Celery, queue: str = "io") -> int:
    with app.producer_or_acquire() as producer:
        return queue_length(producer, queue)


def told(connection: Connection) -> int:
    row = connection.execute("select count(*) from work where sent_at is not null").fetchone()
    assert row is not None
    return int(row[0])


def earlier(connection: Connection, seconds: float) -> None:
    """As if messages had been sent so long ago."""
    connection.execute("update work set sent_at = sent_at - make_interval(secs => %s)", (seconds,))


def empty(settings: Settings) -> None:
    """Redis loses its messages, and nothing else."""
    with redis.Redis(unix_socket_path=str(embedded_socket(settings.home))) as client:
        client.delete("io", "cpu", "gpu")


def test_a_queue_is_filled_to_its_window(app: Celery, connection: Connection) -> None:
    books(connection, WINDOW + 50)
    assert top_up(app, connection) == WINDOW
    assert waiting(app) == WINDOW == told(connection)
    assert top_up(app, connection) == 0, "there is no room"


def test_what_has_been_told_is_not_told_again(app: Celery, connection: Connection) -> None:
    books(connection, 3)
    assert top_up(app, connection) == 3
    assert top_up(app, connection) == 0
    earlier(connection, QUIET_SECONDS + 1)
    assert top_up(app, connection) == 0, "the messages may just be waiting"


def test_what_redis_has_lost_is_told_again(app: Celery, connection: Connection, settings: Settings) -> None:
    books(connection, 3)
    top_up(app, connection)
    empty(settings)
    assert top_up(app, connection) == 0, "somebody may be about to take them up"
    earlier(connection, QUIET_SECONDS + 1)
    assert top_up(app, connection) == 3
    assert waiting(app) == 3


def test_asked_to_everything_is_told_again(
    app: Celery, connection: Connection, database: Database, settings: Settings
) -> None:
    books(connection, 3)
    assert wake_workers(settings, database, again=False) == 3
    assert wake_workers(settings, database, again=False) == 0
    assert wake_workers(settings, database, again=True) == 3


def test_nobody_is_told_where_no_broker_runs(database: Database, tmp_path: Path) -> None:
    assert wake_workers(Settings(home=tmp_path / "other"), database, again=True) is None


def test_each_stage_is_told_to_its_own_queue(app: Celery, connection: Connection, database: Database) -> None:
    [book] = books(connection, 1)
    top_up(app, connection)
    with Ledger(database) as ledger:
        for stage in ("pages", "panels", "text"):
            lease = ledger.claim(book, stage)
            assert lease is not None
            complete(connection, lease, "1", 0.1)
            reset_work(connection, book, [])
            send_next(app, connection, "cpu", [book])
            send_next(app, connection, "gpu", [book])
    assert (waiting(app, "io"), waiting(app, "cpu"), waiting(app, "gpu")) == (1, 2, 1)


def test_a_broker_that_is_away_costs_nothing(
    connection: Connection, caplog: pytest.LogCaptureFixture
) -> None:
    [book] = books(connection, 1)
    send_next(make_app("redis://127.0.0.1:1/0"), connection, "io", [book])
    assert "the next sweep sends them" in caplog.text
    assert told(connection) == 0


def test_one_sweeps_at_a_time(database: Database, connection: Connection) -> None:
    with database.connect(autocommit=True) as other, sweeping(connection) as mine:
        assert mine
        with sweeping(other) as theirs:
            assert not theirs
    with database.connect(autocommit=True) as other, sweeping(other) as theirs:
        assert theirs
