"""Where a scenario takes place: servers, databases, workers, library; and what must hold when it is over."""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.database_rows import all_rows
from tests.planted import PlantedProfile
from tests.workers.chaos.fleet import Fleet
from tests.workers.chaos.ledger_view import LedgerView, Stage
from tests.workers.chaos.library import GrowingLibrary
from tests.workers.chaos.postgres import PostgresServer
from tests.workers.servers import RedisServer
from tests.workers.waiting import wait_until
from warehouse.cli.progress import SilentProgress
from warehouse.database.connection import Database
from warehouse.database.upgrade import upgrade
from warehouse.ingest import ingest
from warehouse.work_rules import WorkRules

WORKERS = 3
PROCESSES = 2
SECONDS_A_PAGE = 0.15
STOP_SECONDS = 45.0
ORPHAN_SECONDS = 15.0

Rows = dict[str, list[tuple[object, ...]]]


@dataclass(frozen=True)
class Place:
    """All of it, running."""

    postgres: PostgresServer
    redis: RedisServer
    database: Database
    undisturbed: Database
    ledger: LedgerView
    library: GrowingLibrary
    fleet: Fleet

    def kill(self, name: str) -> None:
        """SIGKILL to a process by its name in the ledger, unless it has ended by itself."""
        pid = int(name.rpartition(":")[2])
        if any(pid in worker.children() for worker in self.fleet.workers):
            os.kill(pid, signal.SIGKILL)

    def kill_holders(self, stage: str, times: int) -> Stage:
        """SIGKILL to whoever holds this stage of some book, each time it is held anew; returns which."""
        victim: Stage | None = None
        tokens: set[str] = set()

        def killed() -> bool:
            nonlocal victim
            view = self.ledger.look()
            assert view is not None
            if victim is not None and view.moved(victim, None) and victim not in view.held:
                victim = None  # done before it was killed
                tokens.clear()
            for held, (token, name) in view.held.items():
                if held[1] == stage and victim in (None, held) and token not in tokens:
                    victim = held
                    tokens.add(token)
                    self.kill(name)
            return len(tokens) == times

        wait_until(killed, f"stage {stage} of a book is held {times} times", pause=0.02)
        assert victim is not None
        return victim

    def wait_until_at_rest(self) -> None:
        """Until nothing is left to do."""

        def at_rest() -> bool:
            view = self.ledger.look()
            return view is not None and not view.held and not view.ready

        wait_until(at_rest, "nothing is left to do")

    def work_of(self, stage: Stage) -> list[tuple[object, ...]]:
        """State, error code and error of a stage."""
        book, name = stage
        return self.ledger.rows(
            f"select state, error_code, error from work where book_id = {book} and stage = '{name}'"
        )

    def close(self) -> list[str]:
        """Stop the workers; returns what is left of them that should not be."""
        names = {name for worker in self.fleet.workers for name in worker.names()}
        wrong = self.fleet.stop(STOP_SECONDS)
        wrong += [f"process {pid} is an orphan" for pid in self.fleet.orphans(ORPHAN_SECONDS)]
        left = {str(name) for (name,) in self.ledger.rows("select name from worker")}
        wrong += [f"worker {name} has not signed off" for name in sorted(names & left)]
        leases = self.ledger.rows("select book_id, stage, worker from work where state = 'leased'")
        locks = self.ledger.rows("select pid, objid from pg_locks where locktype = 'advisory'")
        return wrong + [f"lease left: {lease}" for lease in leases] + [f"lock left: {lock}" for lock in locks]

    def rows(self) -> Rows:
        """Everything the workers have written."""
        with self.database.connect(autocommit=True) as connection:
            return all_rows(connection)

    def undisturbed_rows(self) -> Rows:
        """The same library by one process that nobody disturbs."""
        with SilentProgress() as progress:
            ingest([self.library.folder], self.undisturbed, PlantedProfile(), progress)
        with self.undisturbed.connect(autocommit=True) as connection:
            return all_rows(connection)


@contextmanager
def place(rules: WorkRules, logs: Path, workers: int = WORKERS) -> Iterator[Place]:
    """Everything started, in a folder of its own; all but the logs is gone afterwards, whatever happens."""
    with ExitStack() as ends:
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="chaos-")))
        postgres, redis = PostgresServer(folder), RedisServer(folder)
        ends.callback(postgres.end)
        postgres.start()
        ends.callback(redis.kill)
        redis.start()
        database, undisturbed = (_new_database(postgres, name) for name in ("disturbed", "undisturbed"))
        ledger = LedgerView(database)
        ends.callback(ledger.close)
        fleet = Fleet(folder, logs, _environment(database, redis, rules), SECONDS_A_PAGE, PROCESSES)
        ends.callback(fleet.end)
        for _ in range(workers):
            fleet.start_one()
        library = GrowingLibrary(folder / "books", database, rules)
        yield Place(postgres, redis, database, undisturbed, ledger, library, fleet)


def _new_database(postgres: PostgresServer, name: str) -> Database:
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name}")
    database = Database(postgres.url(name), embedded=False)
    upgrade(database)
    return database


def _environment(database: Database, redis: RedisServer, rules: WorkRules) -> dict[str, str]:
    return {
        "WAREHOUSE_DATABASE_URL": database.url,
        "WAREHOUSE_BROKER_URL": redis.url,
        "WAREHOUSE_WORK": f"lease={rules.lease} attempts={rules.attempts} stall={rules.stall}",
        "WAREHOUSE_THREADS": "1",
    }
