"""Tasks: a book id in, its stages run.  What happened is in the ledger."""

from __future__ import annotations

import logging
from functools import cache

from celery import shared_task

from models.profiles import load_profile
from warehouse.config import Settings, load_settings
from warehouse.contracts import Profile
from warehouse.database.connection import Connection, Database, open_database
from warehouse.database.ledger import Ledger
from warehouse.stages.runner import StageRunner

log = logging.getLogger("workers")


@shared_task(name="run_book")
def run_book(book_id: int) -> None:
    """Run what is left of a book.  A second copy of the message finds nothing left to do."""
    with Ledger(_database()) as ledger, _database().connect(autocommit=True, steady=True) as connection:
        worked = _runner(ledger, connection).run_book(book_id, _unwatched)
        states = {work.stage: work.state for work in ledger.states(book_id).values()}
    log.info("book %d: %s %s", book_id, "worked" if worked else "nothing to do", states)


def _runner(ledger: Ledger, connection: Connection) -> StageRunner:
    return StageRunner(ledger, connection, _profile(), _settings().limits)


@cache
def _settings() -> Settings:
    return load_settings()


@cache
def _database() -> Database:
    return open_database(_settings())


@cache
def _profile() -> Profile:
    """Loaded once a process, when the first book comes."""
    return load_profile(_settings().profile, _settings().threads)


def _unwatched(stage: str, done: int, total: int) -> None:
    return None
