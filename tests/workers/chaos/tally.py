"""What a scenario comes to: faults by kind, recoveries, refusals, violations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.workers.chaos.faults import Kind
from tests.workers.chaos.recovery import Watch


@dataclass
class Tally:
    """Counts as they come in.  bound: seconds a recovery may take."""

    bound: float
    struck: list[Kind] = field(default_factory=list)
    recovered: list[Watch] = field(default_factory=list)
    refused: int = 0
    cut: int = 0
    attempts: int = 0
    books: int = 0
    rows: int = 0
    seconds: float = 0.0
    violations: list[str] = field(default_factory=list)

    @property
    def worst(self) -> float:
        """The longest recovery, seconds from the last fault before it."""
        return max((watch.alone for watch in self.recovered), default=0.0)

    def lines(self) -> Iterable[str]:
        """A table in Markdown, and what it cannot hold."""
        yield "| fault | count | mean recovery, s | worst, s | worst with the faults on top of it, s |"
        yield "|---|---|---|---|---|"
        for kind in Kind:
            yield _line(kind, self.struck.count(kind), [w for w in self.recovered if w.kind == kind])
        yield _line("all", len(self.struck), self.recovered)
        yield ""
        yield f"recovery allowed: {self.bound:.0f} s"
        yield f"late commits refused: {self.refused} by the lease, {self.cut} with their session"
        yield f"most attempts at one stage: {self.attempts}"
        yield f"books: {self.books}, rows compared with an undisturbed ingest: {self.rows}"
        yield f"seconds: {self.seconds:.0f}"
        yield f"violations: {len(self.violations)}"
        yield from (f"  {violation}" for violation in self.violations)


def _line(kind: str, count: int, watches: list[Watch]) -> str:
    if not watches:
        return f"| {kind} | {count} | | | |"
    mean = sum(watch.alone for watch in watches) / len(watches)
    worst, whole = max(watch.alone for watch in watches), max(watch.seconds for watch in watches)
    return f"| {kind} | {count} | {mean:.1f} | {worst:.1f} | {whole:.1f} |"
