"""`warehouse ...` on a home of a test: here, where models and servers stay, or as a program of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from warehouse import config
from warehouse.cli import run

PROGRAM = (sys.executable, "-c", "from warehouse.cli import main; main()")


def environment(home: Path) -> dict[str, str]:
    """What a command finds in its environment; one thread, since tests share the machine."""
    return {config.HOME: str(home), config.THREADS: "1"}


def here(home: Path, *arguments: str) -> CompletedProcess[str]:
    """What a command comes to in this process: a new one takes seconds to import and to start its server."""
    said, errors = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(said), redirect_stderr(errors):
        patch.setattr(sys, "argv", ["warehouse", *arguments])
        for name, value in environment(home).items():
            patch.setenv(name, value)
        code = run()
    return CompletedProcess(arguments, code, said.getvalue(), errors.getvalue())


def alone(home: Path, *arguments: str, **more: str) -> CompletedProcess[str]:
    """What a command comes to as a program, where that is the point: all it prints, how it ends.

    more: what else is in its environment.
    """
    return subprocess.run(
        [*PROGRAM, *arguments],
        env={**os.environ, **environment(home), **more},
        capture_output=True,
        text=True,
        check=False,
    )
