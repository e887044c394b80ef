"""A worker whose stages compute nothing and write nothing: what is left is the claiming and the committing.

python tests/benchmarks/workers/idle_worker.py CONCURRENCY
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from warehouse.interruption import interruptible


def run() -> int:
    import workers.bench
    from tests.planted import PlantedProfile
    from warehouse.config import load_settings
    from warehouse.queues import QUEUES
    from warehouse.stages import runner
    from workers.running import run_worker

    planted = PlantedProfile()
    planted.backbone.pictures_at_once = 1  # as on a CPU
    workers.bench.profile = lambda: planted  # type: ignore[assignment]
    runner._computed = lambda job, stage: lambda connection, book: []  # type: ignore[assignment]
    run_worker(load_settings(), list(QUEUES), int(sys.argv[1]), "warning", "text")
    return 0


if __name__ == "__main__":
    sys.exit(interruptible(run))
