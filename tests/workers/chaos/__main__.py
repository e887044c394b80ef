"""python -m tests.workers.chaos --faults 300 [--seed N]: faults at random moments, and their tally."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.workers.chaos.runs import disturbed_run


def main() -> int:
    """Run it; 1 where anything that must hold did not."""
    parser = argparse.ArgumentParser(prog="python -m tests.workers.chaos", description=__doc__)
    parser.add_argument("--faults", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--calm", type=float, default=3.0, help="most seconds between two faults")
    parser.add_argument("--logs", type=Path, help="a folder that keeps what the workers say")
    said = parser.parse_args()
    with TemporaryDirectory() as folder:
        logs = said.logs or Path(folder)
        logs.mkdir(parents=True, exist_ok=True)
        tally = disturbed_run(said.faults, said.seed, said.calm, logs)
    sys.stdout.write("\n".join(tally.lines()) + "\n")
    return 1 if tally.violations else 0


if __name__ == "__main__":
    sys.exit(main())
