"""Faults at random moments lose nothing, write nothing twice, and delay nothing for long."""

from __future__ import annotations

from pathlib import Path

from tests.workers.chaos.faults import ROUND, Kind
from tests.workers.chaos.runs import disturbed_run, given_up_run
from tests.workers.chaos.scenario import MARGIN_SECONDS


def test_faults_at_random_moments(tmp_path: Path) -> None:
    """More than twenty, each kind at least twice; what is promised is in the tally's violations.

    Other tests take their share of the machine, so recoveries have three times the time that `make chaos`
    gives them.
    """
    tally = disturbed_run(2 * len(ROUND), seed=1, calm=0.4, logs=tmp_path, margin=3 * MARGIN_SECONDS)
    assert tally.violations == []
    assert len(tally.struck) >= 20
    assert set(tally.struck) == set(Kind)
    assert tally.refused + tally.cut > 0, "late commits were refused"
    assert tally.worst <= tally.bound


def test_what_is_given_up_is_done_when_retried(tmp_path: Path) -> None:
    """A book whose processes are killed twice is quarantined, with a reason; retried, it is as all others."""
    assert given_up_run(tmp_path).violations == []
