"""Two writers that lock each other out both get their way."""

from __future__ import annotations

import threading

import psycopg
import pytest

from warehouse.database.connection import Connection, Database
from warehouse.database.transactions import in_transaction


def test_a_deadlock_is_tried_again(database: Database) -> None:
    with database.connect(autocommit=True) as setup:
        setup.execute("create table counter (id integer primary key, value integer not null default 0)")
        setup.execute("insert into counter (id) values (1), (2)")
    both_hold_one = threading.Barrier(2, timeout=30)
    tries = []

    def writer(first: int, second: int) -> None:
        met = False
        with database.connect(autocommit=True) as connection:

            def work() -> None:
                nonlocal met
                tries.append(first)
                connection.execute("update counter set value = value + 1 where id = %s", (first,))
                if not met:
                    met = True
                    both_hold_one.wait()
                connection.execute("update counter set value = value + 1 where id = %s", (second,))

            in_transaction(connection, work)

    threads = [threading.Thread(target=writer, args=pair) for pair in ((1, 2), (2, 1))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with database.connect(autocommit=True) as connection:
        assert connection.execute("select id, value from counter order by id").fetchall() == [(1, 2), (2, 2)]
    assert len(tries) >= 3, "one of them at least began again"


def test_other_faults_are_not_tried_again(connection: Connection) -> None:
    tries = []

    def work() -> None:
        tries.append(1)
        connection.execute("select 1 / 0")

    with pytest.raises(psycopg.errors.DivisionByZero):
        in_transaction(connection, work)
    assert tries == [1]
