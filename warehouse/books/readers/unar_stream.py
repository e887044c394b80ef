"""What `unar` unpacks, read from its standard output: no file is ever written, no name is ever used."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from warehouse.errors import BookError

HOW_TO_GET = "make system-deps, or apt: unar, brew: unar"
IDLE_SECONDS = 60.0
CPU_SECONDS = 600
_STEP = 1 << 16
_PR_SET_PDEATHSIG = 1


def unar_program() -> str:
    """Where unar is.  Raises BookError 'reader-missing'."""
    program = shutil.which("unar")
    if program is None:
        raise BookError(
            "unar, which reads solid RAR 4 archives, is not on this machine",
            code="reader-missing",
            remedy=f"install it ({HOW_TO_GET}), then run ingest with --retry-failed",
        )
    return program


class UnarStream:
    """One run of unar over an archive; a context manager.

    places: 0-based, of the entries wanted, ascending.  Their data comes one after the other, without marks:
    the caller knows the sizes, and checks the checksums.
    Raises BookError 'reader-missing' or 'path-unreadable'.
    """

    def __init__(self, path: Path, places: Sequence[int]):
        command = [unar_program(), "-quiet", "-no-recursion", "-output-directory", "-", "-indexes"]
        try:
            file = open(path, "rb")  # noqa: SIM115 - closed below, unar has its own by then
        except OSError as fault:
            raise BookError(f"cannot read {path}: {fault}", code="path-unreadable") from fault
        with file:
            # By its descriptor: a name that is not UTF-8 is more than unar can open.
            self._process = subprocess.Popen(
                [*command, f"/dev/fd/{file.fileno()}", *map(str, places)],
                pass_fds=[file.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )
        assert self._process.stdout is not None
        self._output = self._process.stdout

    def blocks(self, size: int) -> Iterator[bytes]:
        """The next `size` bytes in parts; fewer where unar stops, or is silent for a minute."""
        while size > 0:
            part = self._read(min(size, _STEP))
            if not part:
                return
            size -= len(part)
            yield part

    def close(self) -> None:
        """End it, whatever it does; closing twice is harmless."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._output.close()
        self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _read(self, size: int) -> bytes:
        ready, _, _ = select.select([self._output], [], [], IDLE_SECONDS)
        return os.read(self._output.fileno(), size) if ready else b""


def _end_with_parent() -> None:
    """In the new process: end when the reader does, and do not calculate for ever."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
