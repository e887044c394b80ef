"""What most commands begin with: settings, a current database, the models of the profile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from warehouse.config import load_settings

if TYPE_CHECKING:
    from warehouse.contracts import Profile
    from warehouse.database.connection import Connection, Database


def current_database() -> Database:
    """The database of the settings, with this program's schema.  Raises DatabaseError."""
    from warehouse.database.connection import open_database
    from warehouse.database.upgrade import ensure_current

    database = open_database(load_settings())
    ensure_current(database)
    return database


@contextmanager
def reading() -> Iterator[Connection]:
    """A connection to ask questions on; what the server refuses becomes a DatabaseError of one line."""
    from warehouse.database.connection import translated_errors

    database = current_database()
    with translated_errors(), database.connect(autocommit=True) as connection:
        yield connection


def chosen_profile() -> Profile:
    """The models of WAREHOUSE_PROFILE, panels by WAREHOUSE_DETECTOR.  Raises ModelError."""
    from models.profiles import load_profile

    settings = load_settings()
    return load_profile(settings.profile, settings.threads, settings.detector)
