"""The worker processes of a scenario."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[3]
MARK = "WAREHOUSE_HOME"
"""Every process of a scenario has its folder in the environment, its orphans too."""


@dataclass(eq=False)
class Worker:
    """One `warehouse worker`: a parent and its children, a process group of their own."""

    process: subprocess.Popen[bytes]
    log: Path

    def children(self) -> list[int]:
        """Process ids of its children, without those that read books."""
        try:
            found = psutil.Process(self.process.pid).children()
        except psutil.NoSuchProcess:
            return []
        return [child.pid for child in found if self._is_ours(child.pid)]

    def names(self) -> set[str]:
        """Its children as the ledger calls them."""
        return {f"{socket.gethostname()}:{pid}" for pid in self.children()}

    def signal_all(self, number: int) -> None:
        """Send a signal to the parent and its children."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)

    @property
    def ended(self) -> bool:
        """Whether the parent is gone."""
        return self.process.poll() is not None

    def said(self, pattern: str, after: int) -> bool:
        """Whether a line of its log matches that came after so many bytes."""
        return re.search(pattern, self.log.read_bytes()[after:].decode(errors="replace")) is not None

    def tail(self, lines: int = 15) -> str:
        """The end of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def _is_ours(self, pid: int) -> bool:
        try:
            return os.getpgid(pid) == self.process.pid
        except ProcessLookupError:
            return False


@dataclass(eq=False)
class Fleet:
    """Several workers of several processes each; who is killed is replaced."""

    folder: Path
    logs: Path
    environment: Mapping[str, str]
    seconds: float
    processes: int
    workers: list[Worker] = field(default_factory=list)
    gone: list[Worker] = field(default_factory=list)

    def start_one(self) -> Worker:
        """Start one more worker; does not wait until it is ready."""
        log = self.logs / f"worker-{len(self.workers) + len(self.gone) + 1:03}.log"
        with log.open("wb") as file:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.workers.chaos.working", str(self.seconds), str(self.processes)],
                cwd=ROOT,
                env={**os.environ, **self.environment, MARK: str(self.folder)},
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                start_new_session=True,
            )
        worker = Worker(process, log)
        self.workers.append(worker)
        return worker

    def replace(self, worker: Worker) -> None:
        """One is gone, or going: start another."""
        self.workers.remove(worker)
        self.gone.append(worker)
        self.start_one()

    def stop(self, seconds: float) -> list[str]:
        """Ask all to stop; returns what is wrong with how they did."""
        for worker in self.workers:
            worker.process.send_signal(signal.SIGTERM)
        wrong = []
        for worker in self.workers:
            try:
                code = worker.process.wait(seconds)
            except subprocess.TimeoutExpired:
                wrong.append(f"{worker.log.name}: not stopped after {seconds:.0f} s")
            else:
                wrong += [f"{worker.log.name}: exit code {code}"] if code else []
        return wrong

    def end(self) -> None:
        """Kill what is left."""
        for pid in self.survivors():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for worker in (*self.workers, *self.gone):
            worker.process.wait()

    def survivors(self) -> list[int]:
        """Living processes of this scenario, wherever they hang."""
        return list(self._marked())

    def orphans(self, seconds: float) -> list[int]:
        """Those still there after so many seconds, once all workers have ended."""
        end = time.monotonic() + seconds
        while (left := self.survivors()) and time.monotonic() < end:
            time.sleep(0.1)
        return left

    def _marked(self) -> Iterator[int]:
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                marked = process.environ().get(MARK) == str(self.folder)
                if marked and process.status() != psutil.STATUS_ZOMBIE:
                    yield process.pid
