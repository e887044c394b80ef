"""A scenario from beginning to end, as one tally."""

from __future__ import annotations

import random
import time
from pathlib import Path

from tests.workers.chaos.place import Rows, place
from tests.workers.chaos.scenario import MARGIN_SECONDS, Scenario
from tests.workers.chaos.tally import Tally
from warehouse.database.ledger import Ledger
from warehouse.work_rules import WorkRules

INNOCENT = WorkRules(lease=3, attempts=1000)
"""A book is not given up for what tests do to its workers."""

STRICT = WorkRules(lease=3, attempts=2)
BOOKS = 6


def disturbed_run(faults: int, seed: int, calm: float, logs: Path, margin: float = MARGIN_SECONDS) -> Tally:
    """So many faults, at most `calm` seconds apart, and everything that must hold at the end.

    margin: seconds that a recovery may take beyond a lease.
    """
    start = time.monotonic()
    tally = Tally(INNOCENT.lease + margin)
    with place(INNOCENT, logs) as where:
        try:
            Scenario(where, tally, random.Random(seed), calm).run(faults)  # noqa: S311 - any moment will do
        except AssertionError as error:
            tally.violations.append(f"stuck: {error}")
            tally.violations += [f"  {worker.log.name}: {worker.tail()}" for worker in where.fleet.workers]
        tally.violations += where.close()
        tally.books = where.library.books
        compare(tally, where.rows(), where.undisturbed_rows())
    tally.seconds = time.monotonic() - start
    return tally


def compare(tally: Tally, rows: Rows, undisturbed: Rows) -> None:
    """No row lost, none twice, none other."""
    tally.rows = sum(len(table) for table in rows.values())
    for table, expected in undisturbed.items():
        if rows[table] != expected:
            lost, more = set(expected) - set(rows[table]), set(rows[table]) - set(expected)
            counts = f"{len(rows[table])} rows instead of {len(expected)}"
            samples = f"lost {sorted(map(str, lost))[:3]}, foreign {sorted(map(str, more))[:3]}"
            tally.violations.append(f"{table}: {counts}, {samples}")


def given_up_run(logs: Path) -> Tally:
    """The process of one stage killed as often as a book may cost one; then it is retried."""
    tally = Tally(STRICT.lease + MARGIN_SECONDS)
    with place(STRICT, logs, workers=1) as where:
        where.library.grow(BOOKS)
        victim = where.kill_holders("panels", STRICT.attempts)
        where.wait_until_at_rest()
        [(state, code, error)] = where.work_of(victim)
        if state != "quarantined" or code not in ("worker-crashed", "worker-lost") or not error:
            tally.violations.append(f"not quarantined with a reason: {state} {code} {error}")
        with Ledger(where.database, STRICT) as ledger:
            ledger.retry_failed([victim[0]])
        where.wait_until_at_rest()
        tally.violations += where.close()
        compare(tally, where.rows(), where.undisturbed_rows())
    return tally
