"""A worker that stood still longer than its lease: what it brings afterwards must be refused."""

from __future__ import annotations

import signal
import time
from dataclasses import dataclass, field

from tests.workers.chaos.fleet import Worker
from tests.workers.chaos.ledger_view import LedgerView, Stage, View
from tests.workers.chaos.recovery import Watch

ANSWER_SECONDS = 20.0


@dataclass(eq=False)
class Pause:
    """A worker stopped with what it held; others' results, as they were when it went on."""

    worker: Worker
    watch: Watch
    names: set[str]
    held: dict[Stage, str]
    resumed: float | None = None
    log_before: int = 0
    late: dict[Stage, tuple[int, tuple[str, str]]] = field(default_factory=dict)

    def is_over(self, view: View) -> bool:
        """Whether others have done all that it held."""
        return not any(stage in view.held or stage in view.ready for stage in self.held)

    def resume(self, ledger: LedgerView) -> None:
        """Let it go on; what others have done in the meantime is not its own any more."""
        for stage, name in self.held.items():
            who = ledger.who(stage)
            if who[0] not in self.names:
                self.late[stage] = (int(name.rpartition(":")[2]), who)
        self.log_before = self.worker.log.stat().st_size
        self.resumed = time.monotonic()
        self.worker.signal_all(signal.SIGCONT)

    def answered(self) -> bool:
        """Whether all of its late results have been refused, or have had time enough."""
        assert self.resumed is not None
        return all(map(self._was_refused, self.late)) or time.monotonic() - self.resumed > ANSWER_SECONDS

    @property
    def refused(self) -> int:
        """How many of them its log says were refused, because the lease was another's."""
        return sum(self._was_taken_over(stage) for stage in self.late)

    @property
    def cut(self) -> int:
        """How many the server had cut off: it ends sessions that stand still while they write."""
        return sum(self._was_cut(stage) for stage in self.late)

    def violations(self, ledger: LedgerView) -> list[str]:
        """Results that were not refused, or that have overwritten others'."""
        wrong = [f"late {stage} was not refused" for stage in self.late if not self._was_refused(stage)]
        for stage, (_, who) in self.late.items():
            now = ledger.who(stage)
            if now != who:
                wrong.append(f"{stage} is by {now}, late, after {who}")
        return wrong

    def _was_refused(self, stage: Stage) -> bool:
        return self._was_taken_over(stage) or self._was_cut(stage)

    def _was_taken_over(self, stage: Stage) -> bool:
        return self._said(stage, f"stage {stage[1]} of book {stage[0]} was taken over by another run")

    def _was_cut(self, stage: Stage) -> bool:
        return not self._was_taken_over(stage) and self._said(
            stage, f"book {stage[0]}: left to the next sweep: .*connection"
        )

    def _said(self, stage: Stage, words: str) -> bool:
        return self.worker.said(rf" {self.late[stage][0]} {words}", self.log_before)
