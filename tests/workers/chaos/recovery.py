"""Watching, after a fault, until what it met moves again."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.workers.chaos.ledger_view import Stage, View


@dataclass(eq=False)
class Watch:
    """One fault's consequences: stages with the token they were held by (None: free), and completions."""

    kind: str
    since: float
    met: Mapping[Stage, str | None]
    done_before: int
    seconds: float = field(default=-1.0)
    alone: float = field(default=-1.0)
    reported: bool = False

    def look(self, view: View, last_fault: float) -> bool:
        """Whether all of it has moved and something was completed; then the seconds are known.

        seconds: from the end of the fault.  alone: from the end of the last fault that came in between.
        """
        self.met = {stage: token for stage, token in self.met.items() if not view.moved(stage, token)}
        if self.met or view.done <= self.done_before:
            return False
        now = time.monotonic()
        self.seconds = now - self.since
        self.alone = min(self.seconds, now - last_fault)
        return True

    def overdue(self, last_fault: float, bound: float) -> bool:
        """Whether nothing has disturbed it for longer than that, and it has not recovered."""
        return time.monotonic() - max(self.since, last_fault) > bound
