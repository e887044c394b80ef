"""Tasks: a book id in, the stages of one queue run.  What happened is in the ledger."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from celery import current_app, shared_task

from warehouse.contracts import Profile
from warehouse.database.connection import Connection, translated_errors
from warehouse.database.store.dispatching import companions
from warehouse.errors import DatabaseError, QueryError, WarehouseError
from warehouse.queues import QUEUES, queue_of
from warehouse.records import STAGES
from warehouse.stages.runner import StageRunner
from workers.bench import Bench, at_the_bench, settings
from workers.children import guard, served
from workers.gathering import GatheringProfile
from workers.losses import LossTask
from workers.sending import send_next
from workers.stopping import StoppingError, give_up, stopping

BOOKS_AT_ONCE = 4
"""Books whose panels share batches."""

log = logging.getLogger("workers")


@shared_task(name="run_io", base=LossTask)
def run_io(book_id: int) -> None:
    """Open a book, decode its pages, read its metadata."""
    _run("io", book_id)


@shared_task(name="run_cpu", base=LossTask)
def run_cpu(book_id: int) -> None:
    """Find the panels of a book and read their text."""
    _run("cpu", book_id)


@shared_task(name="run_gpu", base=LossTask)
def run_gpu(book_id: int) -> None:
    """Encode a book, and others that wait for the same, in common batches."""
    _run("gpu", book_id)


def _run(queue: str, book_id: int) -> None:
    """Run what is left of a queue's stages of a book.

    A second copy of the message finds nothing left to do.
    """
    if stopping():
        return
    try:
        with at_the_bench() as bench:
            while (following := _run_queue(bench, queue, book_id)) is not None:
                queue = following
    except StoppingError:
        log.info("book %d: given back, the worker is stopping", book_id)
    except DatabaseError as error:
        _say_left(book_id, error)
    except WarehouseError as error:  # no book's fault: models that do not load, settings that do not fit
        give_up(str(error))


def _run_queue(bench: Bench, queue: str, book_id: int) -> str | None:
    """Do a queue's stages of a book, and tell the workers of the next queue.

    Returns that queue where this process serves it as well and may just as well go on itself.
    """
    books = _with_companions(bench, queue, book_id)
    if len(books) > 1:
        _run_together(bench, queue, books)
    else:
        _run_book(bench, bench.connection, bench.profile, queue, book_id)
    following = _queue_after(queue)
    if following is None:
        return None
    if following in served() and len(books) == 1 and not _gathers(bench, following):
        return following
    send_next(current_app, bench.connection, following, books)
    return None


def _queue_after(queue: str) -> str | None:
    last = STAGES.index(QUEUES[queue][-1])
    return queue_of(STAGES[last + 1]) if last + 1 < len(STAGES) else None


def _gathers(bench: Bench, queue: str) -> bool:
    """Whether books of a queue are better done together."""
    return queue == "gpu" and bench.profile.backbone.pictures_at_once > 1


def _say_left(book_id: int, error: DatabaseError) -> None:
    log.warning("book %d: left to the next sweep: %s", book_id, error)


def _with_companions(bench: Bench, queue: str, book_id: int) -> list[int]:
    """A book with others to share batches with, where that is faster than one book after the other.

    One that has gone wrong before is alone: it may again.
    """
    if not _gathers(bench, queue):
        return [book_id]
    for work in bench.ledger.states(book_id).values():
        if work.state != "done" and work.attempts:
            return [book_id]
    return [book_id, *companions(bench.connection, QUEUES[queue], book_id, BOOKS_AT_ONCE - 1)]


def _run_book(bench: Bench, connection: Connection, profile: Profile, queue: str, book_id: int) -> None:
    chosen = settings()
    runner = StageRunner(bench.ledger, connection, profile, chosen.limits, guard().watching, chosen.sidecars)
    try:
        runner.run_book(book_id, _unseen, QUEUES[queue])
    except QueryError as error:  # forgotten since it was sent
        log.info("book %d: %s", book_id, error)


def _run_together(bench: Bench, queue: str, books: Sequence[int]) -> None:
    """Several books at once, each in a thread with a connection of its own."""
    profile = GatheringProfile(bench.profile)

    def run(book_id: int) -> None:
        with profile.backbone.joined(), bench.another_connection() as connection:
            try:
                with translated_errors():
                    _run_book(bench, connection, profile, queue, book_id)
            except DatabaseError as error:
                if book_id != books[0]:  # which the caller speaks of
                    _say_left(book_id, error)
                raise

    with ThreadPoolExecutor(len(books), thread_name_prefix="book") as pool:
        for done in [pool.submit(run, book_id) for book_id in books]:
            done.result()


def _unseen(stage: str, done: int, total: int) -> None:
    return None
