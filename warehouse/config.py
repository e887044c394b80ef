"""Settings.  The one module that reads the environment."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit, urlunsplit

from warehouse.books.limits import USUAL_LIMITS, Limits
from warehouse.errors import ConfigError
from warehouse.work_rules import USUAL_RULES, WorkRules

HOME = "WAREHOUSE_HOME"
DATABASE_URL = "WAREHOUSE_DATABASE_URL"
BROKER_URL = "WAREHOUSE_BROKER_URL"
PROFILE = "WAREHOUSE_PROFILE"
DETECTOR = "WAREHOUSE_DETECTOR"
THREADS = "WAREHOUSE_THREADS"
LIMITS = "WAREHOUSE_LIMITS"
WORK = "WAREHOUSE_WORK"
SIDECARS = "WAREHOUSE_SIDECARS"

ENVIRONMENT = (HOME, DATABASE_URL, BROKER_URL, PROFILE, DETECTOR, THREADS, LIMITS, WORK, SIDECARS)
"""Every name this project reads from the environment."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run works with.

    home: where the embedded database keeps its data.
    database_url: a PostgreSQL URL, or None for the embedded server.
    broker_url: a Redis URL, or None to run stages in this process.
    profile: name of a model profile (`models.profiles`).
    detector: the panel detector (`models.detectors`).
    threads: CPU threads for the models, or None for all cores.
    limits: what one book may ask of the machine.
    work: how work is leased, watched and given up.
    sidecars: a folder with the text of books in JSON (docs/sidecars.md), or None.
    """

    home: Path
    database_url: str | None = None
    broker_url: str | None = None
    profile: str = "offline"
    detector: str = "offline"
    threads: int | None = None
    limits: Limits = USUAL_LIMITS
    work: WorkRules = USUAL_RULES
    sidecars: Path | None = None


def load_settings() -> Settings:
    """Read the environment.  Raises ConfigError naming the variable that cannot be used."""
    home = os.environ.get(HOME)
    return Settings(
        home=Path(home).expanduser().absolute() if home else default_home(),
        database_url=_postgres_url(os.environ.get(DATABASE_URL)),
        broker_url=os.environ.get(BROKER_URL) or None,
        profile=os.environ.get(PROFILE) or "offline",
        detector=os.environ.get(DETECTOR) or "offline",
        threads=_threads(os.environ.get(THREADS)),
        limits=_numbered(LIMITS, "limit", USUAL_LIMITS, os.environ.get(LIMITS)),
        work=_numbered(WORK, "rule", USUAL_RULES, os.environ.get(WORK)),
        sidecars=_folder(os.environ.get(SIDECARS)),
    )


def default_home() -> Path:
    """The user's data directory for this program."""
    import platformdirs

    return Path(platformdirs.user_data_dir("comic-warehouse", appauthor=False))


def set_sidecars(folder: Path) -> None:
    """Take the text of books from this folder from now on, here and in the processes that we start."""
    os.environ[SIDECARS] = str(folder.absolute())


def set_detector(choice: str) -> None:
    """Work with this panel detector from now on, here and in the processes that we start."""
    os.environ[DETECTOR] = choice


def environment_with(**values: str) -> dict[str, str]:
    """The environment of a program that we start: ours, and these."""
    return {**os.environ, **values}


def without_password(url: str) -> str:
    """The URL as it may be shown: its password replaced by stars."""
    parts = urlsplit(url)
    if parts.password is None:
        return url
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{parts.username or ''}:***@{place}"))


def _postgres_url(value: str | None) -> str | None:
    if not value:
        return None
    if urlsplit(value).scheme not in {"postgresql", "postgres"}:
        raise ConfigError(
            f"{DATABASE_URL} is not a PostgreSQL URL",
            remedy="write it as postgresql://user:password@host:5432/database",
        )
    return value


def _folder(value: str | None) -> Path | None:
    if not value:
        return None
    folder = Path(value).expanduser().absolute()
    if not folder.is_dir():
        raise ConfigError(f"{SIDECARS}: there is no folder {folder}", remedy="check the path")
    return folder


def _threads(value: str | None) -> int | None:
    if not value:
        return None
    if not value.isdecimal() or int(value) < 1:
        raise ConfigError(f"{THREADS}={value!r} is not a number of threads", remedy="use a number from 1 up")
    return int(value)


_UNITS = {"": 1, "k": 2**10, "m": 2**20, "g": 2**30}


_Numbered = TypeVar("_Numbered", Limits, WorkRules)


def _numbered(variable: str, kind: str, usual: _Numbered, value: str | None) -> _Numbered:
    """'pixels=300000000 memory_bytes=4G': the numbers that are not to be the usual ones."""
    names = {field.name for field in fields(usual)}
    numbers = usual
    for part in (value or "").replace(",", " ").split():
        match = re.fullmatch(r"(\w+)=(\d{1,15})([kmg]?)", part, re.IGNORECASE)
        if match is None or match[1] not in names or int(match[2]) < 1:
            known = ", ".join(sorted(names))
            raise ConfigError(
                f"{variable}: {part!r} is not a {kind}",
                remedy=f"write NAME=NUMBER, with K, M or G behind it if need be; the names are {known}",
            )
        numbers = replace(numbers, **{match[1]: int(match[2]) * _UNITS[match[3].lower()]})
    return numbers
