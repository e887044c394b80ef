"""Telling workers which books have work: short queues, filled from the ledger."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from celery import Celery
from kombu import Producer
from kombu.exceptions import KombuError, OperationalError
from redis.exceptions import RedisError

from warehouse.config import Settings
from warehouse.database.connection import Connection, Database
from warehouse.database.store.dispatching import forget_sent, ready_books, unsent_books
from warehouse.errors import WarehouseError
from warehouse.queues import QUEUES
from workers.app import make_app
from workers.broker import reachable_broker, visible_url

WINDOW = 1000
"""Messages a queue holds at most; the rest of the work waits in the ledger, where it costs nothing more."""
QUIET_SECONDS = 10.0
"""An empty queue whose messages led to nothing for so long has lost them."""
AGAIN_SECONDS = 300.0
"""In a queue that is not empty they may just be waiting."""

KNOWN = "comic-warehouse:known"
"""A key in a broker that was told of work; where it is missing, the broker has lost all it was told."""

BROKER_ERRORS = (OperationalError, KombuError, RedisError, OSError)

log = logging.getLogger("workers")


def task_name(queue: str) -> str:
    """The task that does the stages of a queue."""
    return f"run_{queue}"


def wake_workers(settings: Settings, database: Database, *, again: bool) -> int | None:
    """Fill the queues from the ledger; returns how many messages were sent, None where no broker runs.

    again: also what workers have been told of before.  Raises WarehouseError 'broker-unreachable'.
    """
    broker = reachable_broker(settings)
    if broker is None:
        return None
    with database.connect(autocommit=True) as connection:
        try:
            return top_up(make_app(broker, settings.work), connection, again=again)
        except BROKER_ERRORS as error:
            raise WarehouseError(
                f"no connection to the broker {visible_url(broker)} ({type(error).__name__})",
                code="broker-unreachable",
                remedy="the books are registered: workers take them up once the broker is back,"
                " or check WAREHOUSE_BROKER_URL",
            ) from error


def top_up(app: Celery, connection: Connection, *, again: bool = False) -> int:
    """Tell workers of ready work nobody knows of yet, as far as the queues have room; returns how much."""
    with app.producer_or_acquire() as producer:
        if not producer.channel.client.exists(KNOWN):
            forget_sent(connection)
            producer.channel.client.set(KNOWN, 1)
        return sum(
            _top_up_queue(app, producer, connection, queue, again)
            for queue, stages in QUEUES.items()
            if stages
        )


def _top_up_queue(app: Celery, producer: Producer, connection: Connection, queue: str, again: bool) -> int:
    length = queue_length(producer, queue)
    after = 0.0 if again else AGAIN_SECONDS if length else QUIET_SECONDS
    books = unsent_books(connection, QUEUES[queue], max(WINDOW - length, 0), after)
    _send(app, producer, queue, books)
    return len(books)


def send_next(app: Celery, connection: Connection, queue: str, book_ids: Sequence[int]) -> None:
    """Tell the workers of a queue that these books are ready for it, if it has room.

    What cannot be sent now is sent by the next sweep.
    """
    try:
        with app.producer_or_acquire() as producer:
            if queue_length(producer, queue) < WINDOW:
                _send(app, producer, queue, ready_books(connection, QUEUES[queue], book_ids))
    except BROKER_ERRORS as error:
        log.warning("the broker does not take messages (%s): the next sweep sends them", type(error).__name__)


def _send(app: Celery, producer: Producer, queue: str, book_ids: Sequence[int]) -> None:
    """One message a book.  Sending one twice does no harm."""
    for book_id in book_ids:
        app.send_task(task_name(queue), args=[book_id], queue=queue, producer=producer)


def queue_length(producer: Producer, queue: str) -> int:
    """How many messages wait in a queue."""
    return int(producer.channel.queue_declare(queue=queue, auto_delete=False).message_count)
