"""A ledger full of books that are ready: what queues, Redis and workers hold of it."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass

import psutil

from tests.workers.processes import Workers
from tests.workers.servers import RedisServer
from warehouse.database.connection import Connection, Database
from warehouse.queues import QUEUES
from warehouse.records import STAGES

_BOOKS = "insert into book (path) select '/nowhere/' || n || '.cbz' from generate_series(1, %(books)s) n"
_WORK = """
insert into work (book_id, stage, state)
select b.id, s.stage, case s.stage when 'pages' then 'ready' else 'waiting' end
from book b cross join unnest(%(stages)s::text[]) s (stage)
"""


@dataclass(slots=True)
class Held:
    """The most that was held at any moment.  messages: of the fullest queue.  redis, resident: bytes."""

    messages: int = 0
    redis: int = 0
    resident: int = 0


@dataclass(frozen=True, slots=True)
class Drained:
    """The most held: first, while the first were done; whole, in all.  books: done in so many seconds."""

    first: Held
    whole: Held
    books: int
    seconds: float


def fill(connection: Connection, books: int) -> None:
    """So many books, ready for stage `pages`; none of them has a file, so each fails at once."""
    connection.execute(_BOOKS, {"books": books})
    connection.execute(_WORK, {"stages": list(STAGES)})


def drain(database: Database, broker: RedisServer, workers: Workers, books: int, seconds: float) -> Drained:
    """Let a worker of two processes do so many of the books; watch what is held on the way.

    first: until a tenth of them is done.  Raises AssertionError after these seconds.
    """
    process = psutil.Process(workers.start("--concurrency", "2", "--log-level", "error").pid)
    first, whole = Held(), Held()
    done, begun, start = 0, None, time.monotonic()
    with database.connect(autocommit=True) as connection:
        while done < books:
            assert time.monotonic() - start < seconds, f"{done} of {books} books\n{workers.log()}"
            [done] = connection.execute("select count(*) from work where state = 'failed'").fetchone() or (0,)
            if done and begun is None:
                begun = time.monotonic()
            for held in (first, whole) if done < books / 10 else (whole,):
                _look(held, broker, process)
            time.sleep(0.1)
    return Drained(first, whole, done, time.monotonic() - (begun or start))


def _look(held: Held, broker: RedisServer, process: psutil.Process) -> None:
    client = broker.client()
    held.messages = max(held.messages, *(int(client.llen(queue)) for queue in QUEUES))
    held.redis = max(held.redis, broker.used_memory())
    held.resident = max(held.resident, _resident(process))


def _resident(process: psutil.Process) -> int:
    """Of a worker and all its processes; pages that they share count in each."""
    total = 0
    for one in (process, *process.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            total += one.memory_info().rss
    return total
