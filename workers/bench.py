"""What a worker process works with: settings, models, and connections that are made again when they break."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache

from models.profiles import load_profile
from warehouse.config import Settings, load_settings
from warehouse.contracts import Profile
from warehouse.database.connection import Connection, Database, open_database, translated_errors
from warehouse.database.ledger import Ledger
from warehouse.database.transactions import end_transaction_when_idle
from warehouse.errors import DatabaseError
from workers.stopping import go_on

WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 5.0

log = logging.getLogger("workers")


@dataclass(frozen=True, slots=True)
class Bench:
    """A ledger, a connection (autocommit) to read and write rows by, and the models."""

    database: Database
    ledger: Ledger
    connection: Connection
    profile: Profile
    spare: list[Connection] = field(default_factory=list)

    @contextmanager
    def another_connection(self) -> Iterator[Connection]:
        """A connection for another thread; it is kept for the next one, unless it breaks."""
        connection = self._connected()
        try:
            yield connection
        finally:
            if not connection.closed:
                self.spare.append(connection)

    def _connected(self) -> Connection:
        try:
            return self.spare.pop()
        except IndexError:
            return _connected(self.database)


@contextmanager
def at_the_bench() -> Iterator[Bench]:
    """The bench of this process.  Waits for the database, however long it is away.

    Raises DatabaseError where the connection breaks on the way; the next one is made anew then.
    """
    bench = _waited_for()
    try:
        with translated_errors():
            yield bench
    except DatabaseError:
        _put_away(bench)
        raise
    if bench.connection.closed:
        _put_away(bench)


def open_ledger() -> Ledger:
    """A ledger of its own for another thread.  Raises DatabaseError."""
    return Ledger(open_database(settings()), settings().work)


@cache
def settings() -> Settings:
    """The settings of this process."""
    return load_settings()


@cache
def profile() -> Profile:
    """The models, each loaded when the first book needs it and then kept."""
    return load_profile(settings().profile, settings().threads, settings().detector)


_lock = threading.Lock()
_open: list[Bench] = []


def _waited_for() -> Bench:
    wait = WAIT_SECONDS
    while True:
        try:
            return _opened()
        except DatabaseError as error:
            log.warning("%s; trying again in %.1f s", error, wait)
            go_on()
            time.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT_SECONDS)


def _opened() -> Bench:
    with _lock:
        if not _open:
            database = open_database(settings())
            ledger = Ledger(database, settings().work)
            connection = _connected(database)
            _open.append(Bench(database, ledger, connection, profile()))
        return _open[0]


def _connected(database: Database) -> Connection:
    connection = database.connect(autocommit=True, steady=True)
    end_transaction_when_idle(connection, settings().work.lease)
    return connection


def _put_away(bench: Bench) -> None:
    with _lock:
        _open.clear()
    for connection in (bench.connection, *bench.spare):
        connection.close()
    bench.ledger.close()
