"""One export in a process of its own: how long it took, and the most memory that the process ever had.

python -m tests.benchmarks.snapshot.exporting DATABASE_URL TARGET [LAST_YEAR]
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from warehouse.database.connection import Database
from warehouse.snapshots.export import export_snapshot
from warehouse.snapshots.request import PageFilter, SnapshotRequest


@dataclass(frozen=True)
class ExportRun:
    """cpu: seconds of the processor, that of the server not counted.  peak: bytes."""

    seconds: float
    cpu: float
    peak: int
    bytes: int
    panels: int
    content: str


def export_alone(url: str, target: Path, last_year: int | None = None) -> ExportRun:
    """Export everything, or what was published until a year."""
    command = [sys.executable, "-m", "tests.benchmarks.snapshot.exporting", url, str(target)]
    if last_year is not None:
        command.append(str(last_year))
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, cwd=Path(__file__).parents[3])
    return ExportRun(**json.loads(done.stdout))


def main(url: str, target: str, last_year: str | None = None) -> None:
    pages = PageFilter(year_to=None if last_year is None else int(last_year))
    exported = export_snapshot(Database(url, embedded=True), Path(target), SnapshotRequest(pages))
    used = resource.getrusage(resource.RUSAGE_SELF)
    manifest = exported.manifest
    found = ExportRun(
        exported.seconds,
        used.ru_utime + used.ru_stime,
        _peak(used.ru_maxrss * 1024),
        manifest.bytes,
        manifest.counts["panels"],
        manifest.content_sha256,
    )
    sys.stdout.write(json.dumps(found.__dict__))


def _peak(of_rusage: int) -> int:
    """Linux counts the memory of the process that started this one in ru_maxrss, but not in VmHWM."""
    try:
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
    except OSError:
        return of_rusage
    return min(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))


if __name__ == "__main__":
    main(*sys.argv[1:])
