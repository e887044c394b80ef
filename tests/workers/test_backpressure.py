"""However much is enqueued, queues stay short, and neither Redis nor workers grow."""

from __future__ import annotations

from tests.workers.backlog import drain, fill
from tests.workers.processes import Workers
from tests.workers.servers import RedisServer
from warehouse.database.connection import Connection, Database
from workers.sending import WINDOW

BOOKS = 4 * WINDOW
MIB = 2**20


def test_a_long_ledger_makes_no_long_queue(
    database: Database, connection: Connection, workers: Workers, broker: RedisServer
) -> None:
    before = broker.used_memory()
    fill(connection, BOOKS)
    drained = drain(database, broker, workers, books=WINDOW // 2, seconds=60)
    assert WINDOW * 0.8 < drained.whole.messages <= WINDOW, "full, not overfull"
    assert drained.whole.redis < before + 4 * MIB
    assert drained.whole.resident < drained.first.resident + 64 * MIB
    sent = connection.execute("select count(*) from work where sent_at is not null").fetchone()
    assert sent is not None
    assert sent[0] <= drained.books + 2 * WINDOW, "what has no room waits in the ledger"
