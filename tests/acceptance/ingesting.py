"""An ingest with planted models, as a program of its own that a test can kill or interrupt.

python ingesting.py DATABASE_URL SECONDS_A_PAGE PATH...
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from warehouse.interruption import interruptible


def run() -> int:
    import click

    from tests.planted import PlantedProfile
    from warehouse.cli.ingest import counts_line
    from warehouse.cli.progress import LineProgress
    from warehouse.database.connection import Database
    from warehouse.ingest import IngestOptions, ingest
    from warehouse.work_rules import WorkRules

    url, delay, *paths = sys.argv[1:]
    profile = PlantedProfile(float(delay))
    options = IngestOptions(rules=WorkRules(attempts=100))  # a book does not kill this program, tests do
    with LineProgress() as progress:
        summary = ingest(
            [Path(path) for path in paths], Database(url, embedded=True), profile, progress, options
        )
    click.echo(counts_line(summary))
    return summary.exit_code


if __name__ == "__main__":
    sys.exit(interruptible(run))
