"""Who is paused in the middle of something holds up nobody; a broker that has lost all is told again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import psycopg
import pytest

from tests.workers.servers import RedisServer
from tests.workers.waiting import wait_until
from warehouse.database.connection import Connection, Database
from warehouse.database.ledger import Ledger, add_work, complete
from warehouse.database.store.dispatching import sweeping
from warehouse.database.transactions import end_transaction_when_idle
from warehouse.work_rules import WorkRules
from workers.app import make_app
from workers.sending import top_up

IDLE_SECONDS = 0.2


@pytest.fixture
def paused(database: Database) -> Iterator[Connection]:
    """The connection of a process that stands still."""
    opened = database.connect(autocommit=True)
    yield opened
    opened.close()


def test_a_sweep_that_stands_still_is_over(paused: Connection, connection: Connection) -> None:
    standing = ExitStack()
    assert standing.enter_context(sweeping(paused, IDLE_SECONDS))

    def others_may() -> bool:
        with sweeping(connection) as theirs:
            return theirs

    wait_until(others_may, "another may sweep", seconds=20)
    with pytest.raises(psycopg.errors.IdleSessionTimeout):
        standing.close()


def test_a_transaction_that_stands_still_is_over(paused: Connection, connection: Connection) -> None:
    end_transaction_when_idle(paused, IDLE_SECONDS)
    add_work(connection, a_book(connection))

    def free() -> bool:
        query = "select from work where stage = 'pages' for update skip locked"
        return connection.execute(query).rowcount == 1

    paused.execute("begin")
    paused.execute("update work set attempts = 1 where stage = 'pages'")
    wait_until(free, "the row is free", seconds=20)
    with pytest.raises(psycopg.errors.IdleInTransactionSessionTimeout):
        paused.execute("commit")


def test_a_writer_that_stands_still_is_over(database: Database, connection: Connection) -> None:
    """In the middle of a COPY no timeout of the server applies."""
    book_id = a_book(connection)
    add_work(connection, book_id)
    with (
        Ledger(database, WorkRules(lease=1)) as ledger,
        database.connect(autocommit=True, steady=True) as paused,
    ):
        lease = ledger.claim(book_id, "pages")
        assert lease is not None

        def write() -> None:
            with paused.transaction():
                complete(paused, lease, "1", 0)
                with paused.cursor().copy("copy tag from stdin"):
                    wait_until(lambda: bool(ledger.recover()), "the stage is free", seconds=20)

        with pytest.raises(psycopg.errors.AdminShutdown):
            write()
    assert states(connection) == ["ready"]


def states(connection: Connection) -> list[str]:
    query = "select state from work where stage = 'pages'"
    return [state for (state,) in connection.execute(query).fetchall()]


def test_a_broker_that_lost_all_is_told_again_at_once(connection: Connection, broker: RedisServer) -> None:
    add_work(connection, a_book(connection))
    app = make_app(broker.url)
    assert top_up(app, connection) == 1
    broker.client().delete("io")
    assert top_up(app, connection) == 0, "a message may be on its way"
    broker.client().flushall()
    assert top_up(app, connection) == 1


def a_book(connection: Connection) -> int:
    [book_id] = connection.execute("insert into book (path) values ('/a.cbz') returning id").fetchone() or (
        0,
    )
    return int(book_id)
