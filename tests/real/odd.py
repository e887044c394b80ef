"""Every odd input beside the project, ingested into a throw-away warehouse: does it end as it should?

    python -m tests.real.odd [--data DIR]

The models are planted: only the books count.  Exits with 1 if one input ends otherwise than
`odd_expected.tsv` or the inputs' own manifest asks.
"""

from __future__ import annotations

import argparse
import csv
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.planted import PlantedProfile
from warehouse.books.images import jxl_installed
from warehouse.books.readers.libarchive_stream import libarchive
from warehouse.cli.output import echo_table
from warehouse.database.connection import Database
from warehouse.database.embedded import start_embedded
from warehouse.database.upgrade import upgrade
from warehouse.errors import BookError
from warehouse.ingest import ingest
from warehouse.records import BookStatus

EXPECTED = Path(__file__).with_name("odd_expected.tsv")
DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "odd"


@dataclass(frozen=True)
class Outcome:
    """How a book ends.  code: '' if nothing is wrong with it."""

    status: str
    code: str
    pages: int


@dataclass(frozen=True)
class Expectation:
    """What should become of an input.  asked: what its own manifest asks, '' if it is not in it."""

    name: str
    outcome: Outcome
    asked: str


def inputs(data: Path) -> list[str]:
    """All files under a folder but licences and the manifest, as paths below it."""
    files = (file for file in data.rglob("*") if file.is_file())
    names = (file.relative_to(data).as_posix() for file in files if "LICENSE" not in file.name)
    return sorted(name for name in names if not name.endswith("MANIFEST.tsv"))


def expectations(data: Path) -> dict[str, Expectation]:
    """By name; on a machine that lacks what reads an input, what it says then."""
    lines = (data / "generated" / "MANIFEST.tsv").read_text("utf-8").splitlines()
    asked = {f"generated/{name}": wanted for name, _, wanted in (line.split("\t") for line in lines)}
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    found = {}
    for row in rows:
        outcome = Outcome(row["status"], row["code"], int(row["pages"]))
        if row["needs"] and not is_installed(row["needs"]):
            status, code, pages = row["without"].split()
            outcome = Outcome(status, code, int(pages))
        found[row["name"]] = Expectation(row["name"], outcome, asked.get(row["name"], ""))
    return found


def is_installed(reader: str) -> bool:
    """Whether 'unar', 'libarchive' or 'jxl' is on this machine."""
    if reader == "libarchive":
        try:
            libarchive()
        except BookError:
            return False
        return True
    return jxl_installed() if reader == "jxl" else shutil.which(reader) is not None


def outcomes(data: Path, names: Sequence[str], database: Database) -> dict[str, Outcome]:
    """Ingest the inputs; how each ended, by name."""
    watcher = _Watcher()
    ingest([data / name for name in names], database, PlantedProfile(), watcher)
    return {
        path.relative_to(data).as_posix(): Outcome(found.status, found.error_code or "", found.pages)
        for path, found in watcher.ended.items()
    }


def agrees_with_manifest(outcome: Outcome, asked: str) -> bool:
    """Whether an outcome is one that a line of the manifest allows, as far as it says so in numbers."""
    if asked.startswith("error") and outcome.status == "error":
        return True
    counts = [int(number) for number in re.findall(r"\b(\d+) (?:pages?|images)\b", asked)]
    between = re.search(r"(\d+) to (\d+) pages", asked)
    if between:
        return int(between[1]) <= outcome.pages <= int(between[2])
    if counts and "or each refused one" in asked:
        return outcome.status == ("ready" if outcome.pages == counts[0] else "partial")
    if counts:
        return outcome.status != "error" and outcome.pages == counts[0]
    return outcome.status == "partial" if asked.startswith("error, or") else not asked.startswith("error")


class _Watcher:
    """Notes how each book ended, by the path it was given as."""

    def __init__(self) -> None:
        self.ended: dict[Path, BookStatus] = {}
        self._paths: dict[int, str] = {}

    def looking(self, found: int) -> None:
        return None

    def begin(self, books: int) -> None:
        """Nothing is shown."""

    def book(self, place: int, path: str) -> None:
        self._paths[place] = path

    def stage(self, stage: str, done: int, total: int) -> None:
        """Nothing is shown."""

    def finished(self, place: int, outcome: str, status: BookStatus) -> None:
        self.ended[Path(self._paths[place])] = status


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of odd inputs")
    data = parser.parse_args().data.resolve()
    names = inputs(data)
    with tempfile.TemporaryDirectory() as home:
        database = Database(start_embedded(Path(home)), embedded=True)
        upgrade(database)
        found = outcomes(data, names, database)
    expected = expectations(data)
    rows = []
    wrong = 0
    for name in names:
        outcome, wanted = found[name], expected.get(name)
        good = (
            wanted is not None and outcome == wanted.outcome and agrees_with_manifest(outcome, wanted.asked)
        )
        wrong += not good
        asked = "" if wanted is None else wanted.asked
        rows.append(("" if good else "!", name, outcome.status, outcome.code, outcome.pages, asked))
    echo_table(("", "input", "status", "code", "pages", "its manifest asks"), rows)
    print(f"{len(names)} inputs, {wrong} other than expected")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
