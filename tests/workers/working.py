"""A worker with planted models, as a program of its own that a test can kill; poison books included.

python tests/workers/working.py [--queues io,cpu] [--concurrency N] [--seconds-a-page S]
    [--profile planted|other|broken] [--poison KIND:BOOK[:STAGE]]...

Settings come from the environment, as for `warehouse worker`. A poisoned book (file name without suffix) goes
wrong in the middle of one stage, `text` unless said: it crashes the process ('crash': abort, 'segfault'),
hangs ('hang': asleep, 'spin': busy, 'stuck': busy without ever letting another thread run) or eats memory
('memory').
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import re
import resource
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from warehouse.interruption import interruptible
from warehouse.queues import QUEUES
from warehouse.stages.job import Job

BITE = 16 * 2**20
MOST = 3 * 2**30


def crash() -> None:
    os.abort()


def segfault() -> None:
    faulthandler._sigsegv()  # type: ignore[attr-defined]


def hang() -> None:
    while True:
        time.sleep(3600)


def spin() -> None:
    while True:
        pass


def stuck() -> None:
    """As extensions may: in C, with the interpreter's lock, deaf to everything but SIGKILL."""
    re.match(r"(a*)*b", "a" * 64)


def memory() -> None:
    """Slowly enough to be seen; never so much that the machine suffers where nobody looks."""
    eaten: list[bytes] = []
    while len(eaten) * BITE < MOST:
        eaten.append(b"x" * BITE)
        time.sleep(0.02)
    hang()


KINDS: Mapping[str, Callable[[], None]] = {
    poison.__name__: poison for poison in (crash, segfault, hang, spin, stuck, memory)
}


@dataclass(frozen=True, slots=True)
class Poison:
    """What happens in one stage of one book."""

    kind: str
    book: str
    stage: str = "text"

    def is_for(self, job: Job, stage: str) -> bool:
        return stage == self.stage and Path(job.book.path).stem == self.book

    def in_(self, job: Job) -> Job:
        """The job, going wrong at its first page."""

        def bad(done: int, total: int) -> None:
            KINDS[self.kind]()

        return replace(job, tick=bad)


def poison(written: str) -> Poison:
    kind, *rest = written.split(":")
    if kind not in KINDS or len(rest) not in (1, 2):
        raise argparse.ArgumentTypeError(f"KIND:BOOK[:STAGE], KIND one of {', '.join(KINDS)}")
    return Poison(kind, *rest)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--queues", default=",".join(QUEUES))
    parser.add_argument("--concurrency", type=int, default=1)
    parser.add_argument("--seconds-a-page", type=float, default=0.0)
    parser.add_argument("--profile", choices=("planted", "other", "broken"), default="planted")
    parser.add_argument("--poison", type=poison, action="append", default=[])
    parser.add_argument("--log-level", default="info")
    parser.add_argument("--log-format", default="text")
    return parser.parse_args()


def plant(profile: str, seconds_a_page: float, poisons: list[Poison]) -> None:
    """Put planted models, and poison, where the worker takes its own from."""
    import workers.bench
    from tests.planted import OtherProfile, PlantedProfile
    from warehouse.contracts import PanelDetector
    from warehouse.errors import ModelError
    from warehouse.stages import runner

    class BrokenProfile(PlantedProfile):
        """Its detector cannot be loaded."""

        @property
        def panel_detector(self) -> PanelDetector:  # type: ignore[override]
            raise ModelError("the checkpoint panels.pt is cut short", remedy="fetch it again")

        @panel_detector.setter
        def panel_detector(self, detector: PanelDetector) -> None:
            """As the planted one sets it."""

    profiles = {"planted": PlantedProfile, "other": OtherProfile, "broken": BrokenProfile}
    planted = profiles[profile](seconds_a_page)
    workers.bench.profile = lambda: planted  # type: ignore[assignment]
    compute = runner._computed

    def computed(job: Job, stage: str) -> runner.Write:
        for poison in poisons:
            if poison.is_for(job, stage):
                job = poison.in_(job)
        return compute(job, stage)

    runner._computed = computed


def run() -> int:
    from warehouse.config import load_settings
    from workers.running import run_worker

    said = arguments()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    plant(said.profile, said.seconds_a_page, said.poison)
    run_worker(load_settings(), said.queues.split(","), said.concurrency, said.log_level, said.log_format)
    return 0


if __name__ == "__main__":
    sys.exit(interruptible(run))
