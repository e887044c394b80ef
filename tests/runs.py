"""Ingests as processes of their own, on a database of the test."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from warehouse.database.connection import Database

PROGRAM = Path(__file__).with_name("acceptance") / "ingesting.py"
SECONDS_A_PAGE = 0.02
HANDLED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def command(database: Database, folder: Path, seconds_a_page: float) -> list[str]:
    """An ingest with planted models, as a command line."""
    return [sys.executable, str(PROGRAM), database.url, str(seconds_a_page), str(folder)]


def start(
    database: Database, folder: Path, seconds_a_page: float = SECONDS_A_PAGE
) -> subprocess.Popen[bytes]:
    """Begin an ingest with planted models; it hears signals even where tests run in the background."""
    return subprocess.Popen(
        command(database, folder, seconds_a_page),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=hear,
        start_new_session=True,
    )


def hear() -> None:
    """Undo what background jobs are started with: deaf to Ctrl-C."""
    for number in HANDLED:
        signal.signal(number, signal.SIG_DFL)


def finish(run: subprocess.Popen[bytes], code: int = 0) -> str:
    """What an ingest said on stderr, once it has ended with this exit code."""
    _, errors = run.communicate(timeout=120)
    assert run.returncode == code, errors.decode()
    return errors.decode()
