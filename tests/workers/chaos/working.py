"""A worker with slow models, as a program: python -m tests.workers.chaos.working SECONDS PROCESSES."""

from __future__ import annotations

import sys

from tests.workers.chaos.slow_models import SlowProfile
from warehouse.config import load_settings
from warehouse.queues import QUEUES
from workers import bench
from workers.running import run_worker

if __name__ == "__main__":
    slow = SlowProfile(float(sys.argv[1]))
    bench.profile = lambda: slow  # type: ignore[assignment]
    run_worker(load_settings(), list(QUEUES), int(sys.argv[2]), "info", "text")
