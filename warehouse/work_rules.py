"""How work is leased, watched and given up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WorkRules:
    """What holds for every stage that is run, here or by workers.

    lease: seconds a stage is held without a sign of life; renewed four times as often.
    attempts: how often a stage may crash, hang or meet an unexpected error before it is quarantined.
    stall: seconds without progress after which a worker process is taken for hung, and killed.
    memory: resident bytes at which a worker process is killed.
    limit: seconds one message may take at all, for what hangs so hard that it cannot watch itself.
    """

    lease: int = 60
    attempts: int = 3
    stall: int = 600
    memory: int = 4 * 2**30
    limit: int = 4 * 3600


USUAL_RULES = WorkRules()
