"""Worker processes of a test: `working.py` in a process group of its own, and its log."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from tests.runs import hear
from warehouse.database.connection import Database

PROGRAM = Path(__file__).with_name("working.py")
RULES = "lease=4 attempts=3 stall=60"


class Workers:
    """Starts workers on one database and one broker, and ends all of them."""

    def __init__(self, database: Database, broker: str, folder: Path) -> None:
        self._database, self._broker, self._folder = database, broker, folder
        self._processes: list[subprocess.Popen[bytes]] = []

    def start(self, *arguments: str, rules: str = RULES) -> subprocess.Popen[bytes]:
        """Start `working.py` with these arguments; its children belong to its process group."""
        with self._log(len(self._processes)).open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, str(PROGRAM), *arguments],
                env={**os.environ, **self.environment(rules)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=hear,
                start_new_session=True,
            )
        self._processes.append(process)
        return process

    def environment(self, rules: str = RULES) -> dict[str, str]:
        return {
            "WAREHOUSE_HOME": str(self._folder),
            "WAREHOUSE_DATABASE_URL": self._database.url,
            "WAREHOUSE_BROKER_URL": self._broker,
            "WAREHOUSE_WORK": rules,
            "WAREHOUSE_THREADS": "1",
        }

    def log(self) -> str:
        """The last lines of what each of them said."""
        return "\n".join(
            f"--- worker {number} ---\n{_tail(self._log(number))}" for number in range(len(self._processes))
        )

    def end(self) -> None:
        """Kill whoever still runs, children included."""
        for process in self._processes:
            kill_group(process)

    def _log(self, number: int) -> Path:
        return self._folder / f"worker-{number}.log"


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL to a worker and its children."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def children(process: subprocess.Popen[bytes]) -> Sequence[int]:
    """The ids of a worker's pool processes: its own children, not the sandboxes of those."""
    tasks = Path(f"/proc/{process.pid}/task")
    return [int(child) for task in tasks.glob("*/children") for child in task.read_text("ascii").split()]


def _tail(file: Path, lines: int = 60) -> str:
    return "\n".join(file.read_text("utf-8", "replace").splitlines()[-lines:])
