"""The kinds of faults, and a seeded order in which they strike."""

from __future__ import annotations

import random
from collections.abc import Iterator
from enum import StrEnum


class Kind(StrEnum):
    """What goes wrong."""

    CHILD = "SIGKILL to a process of a worker"
    WORKER = "SIGKILL to a whole worker"
    PARENT = "SIGKILL to a worker's parent alone"
    STOP = "SIGTERM to a worker"
    PAUSE = "SIGSTOP beyond the lease, SIGCONT"
    REDIS = "Redis killed, back with its data"
    REDIS_EMPTY = "Redis killed, back without data"
    POSTGRES_CRASH = "Postgres stopped as in a crash"
    POSTGRES_RESTART = "Postgres restarted"


ROUND = (*Kind, Kind.CHILD, Kind.WORKER)
"""Each kind once, the likeliest ones twice."""
POSTGRES = (Kind.POSTGRES_CRASH, Kind.POSTGRES_RESTART)


def in_order(faults: int, moments: random.Random) -> Iterator[Kind]:
    """So many faults: rounds of all kinds, each round in an order of its own."""
    left: list[Kind] = []
    for _ in range(faults):
        if not left:
            left = list(ROUND)
            moments.shuffle(left)
        yield left.pop()
