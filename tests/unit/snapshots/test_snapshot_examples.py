"""The examples of docs/snapshots.md run as they stand."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from tests.books_drawn import library
from tests.planted import PlantedProfile
from warehouse.cli.progress import SilentProgress
from warehouse.database.connection import Database
from warehouse.ingest import ingest
from warehouse.snapshots.export import export_snapshot
from warehouse.snapshots.request import SnapshotRequest

DOCUMENT = Path(__file__).parents[3] / "docs/snapshots.md"


def test_examples(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ingest([library(tmp_path / "books", books=3, pages=3)], database, PlantedProfile(), SilentProgress())
    export_snapshot(database, tmp_path / "library.zarr", SnapshotRequest())
    monkeypatch.chdir(tmp_path)
    examples = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text("utf-8"), flags=re.DOTALL)
    assert len(examples) == 2
    for example in examples:
        Path("example.py").write_text(example, "utf-8")
        runpy.run_path("example.py")
    said = capsys.readouterr().out
    assert "Moon Fox 2 pages" in said
    assert "1 (" in said
