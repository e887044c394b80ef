"""`warehouse doctor`."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from dataclasses import dataclass

import click

from warehouse.config import load_settings, without_password
from warehouse.errors import WarehouseError


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it works, and what it is or what to do.

    optional: the warehouse does without it.
    """

    subject: str
    good: bool
    detail: str
    optional: bool = False

    @property
    def state(self) -> str:
        """'ok' | 'missing' | 'BAD'."""
        return "ok" if self.good else "missing" if self.optional else "BAD"


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")
def doctor(as_json: bool) -> None:
    """Look at everything the warehouse needs on this machine, and say what is missing.

    One line a format of books: what reads it here, or how to get that. A format that cannot be read is
    no failure; exit code 1 where the warehouse itself does not work.

    \b
    Example:
      warehouse doctor
    """
    from warehouse.cli.output import echo_json, echo_table

    findings = [
        _looked("python", lambda: f"{platform.python_version()}, {os.cpu_count()} cores"),
        _looked("home", lambda: str(load_settings().home)),
        _looked("database", _database),
        _looked("models", _models),
        *_formats(),
    ]
    if as_json:
        echo_json(findings)
    else:
        echo_table(("", "", ""), [(f.state, f.subject, f.detail) for f in findings])
    click.get_current_context().exit(1 if any(finding.state == "BAD" for finding in findings) else 0)


def _looked(subject: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(subject, True, look())
    except WarehouseError as error:
        return Finding(subject, False, str(error))
    except ImportError as error:
        return Finding(subject, False, f"{error}: install the project anew ('make install')")


def _database() -> str:
    from warehouse.database.connection import open_database
    from warehouse.database.upgrade import is_current

    database = open_database(load_settings())
    with database.connect(autocommit=True) as connection:
        server = connection.info.server_version
        schema = "schema up to date" if is_current(connection) else "schema to be upgraded at first use"
    place = "embedded" if database.embedded else without_password(database.url)
    return f"PostgreSQL {server // 10000}.{server % 10000}, {place}, {schema}"


def _formats() -> list[Finding]:
    """One finding a format; a package that is not installed for one of them is no fault."""
    try:
        from warehouse.books.readable import readable_formats
    except ImportError as error:
        return [Finding("book formats", False, f"{error}: install the project anew ('make install')")]
    return [
        Finding(found.name, found.by is not None, found.by or found.remedy, optional=True)
        for found in readable_formats()
    ]


def _models() -> str:
    from models.profiles import load_profile

    settings = load_settings()
    profile = load_profile(settings.profile, settings.threads, settings.detector)
    names = (profile.panel_detector.name, profile.panel_encoder.identity.name, profile.text_reader.name)
    return f"profile {profile.name}: {', '.join(names)}"
