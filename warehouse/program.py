"""The program `warehouse`: ready to be interrupted before anything is imported that takes its time."""

from __future__ import annotations

import sys

from warehouse.interruption import interruptible


def main() -> None:
    """Run the command line and exit."""
    sys.exit(interruptible(_run))


def _run() -> int:
    from warehouse.cli import run

    return run()
