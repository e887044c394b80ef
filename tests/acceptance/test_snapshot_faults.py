"""A snapshot is whole or not there, whatever happens while it is written."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
import pytest

from tests.acceptance.exporting import OBJECTS
from tests.books_drawn import cbz, library, picture
from tests.planted import PlantedProfile
from warehouse.cli.progress import SilentProgress
from warehouse.database.connection import Database
from warehouse.errors import SnapshotError
from warehouse.ingest import ingest
from warehouse.snapshots.export import export_snapshot
from warehouse.snapshots.manifest import NAME
from warehouse.snapshots.remote_target import MARK
from warehouse.snapshots.request import SnapshotRequest
from warehouse.snapshots.verify import open_manifest, verify_files

PROGRAM = Path(__file__).with_name("exporting.py")
KILLS = 20
KILLED_UPLOADS = 4


@pytest.fixture
def filled(database: Database, tmp_path: Path) -> Database:
    add(database, library(tmp_path / "books", books=2, pages=3))
    return database


def add(database: Database, *paths: Path) -> None:
    ingest(paths, database, PlantedProfile(), SilentProgress())


class Exporter:
    """The program that exports when told to."""

    def __init__(self, run: subprocess.Popen[str]) -> None:
        self.run = run

    def begin(self) -> int:
        """Start an export; the number of its process."""
        assert self.run.stdin is not None
        self.run.stdin.write("\n")
        self.run.stdin.flush()
        return int(self._line())

    def end(self) -> int:
        """How it ended."""
        return int(self._line())

    def _line(self) -> str:
        assert self.run.stdout is not None
        return self.run.stdout.readline()


@contextmanager
def exporter(database: Database, target: str | Path, *arguments: str) -> Iterator[Exporter]:
    command = [sys.executable, str(PROGRAM), database.url, str(target), *arguments]
    pipe = subprocess.PIPE
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, cwd=root) as run:
        yield Exporter(run)
        assert run.stdin is not None
        run.stdin.close()


def seconds_of(exports: Exporter) -> float:
    """How long an export takes that is left alone."""
    start = time.perf_counter()
    exports.begin()
    assert exports.end() == 0
    return time.perf_counter() - start


def test_killed_at_twenty_moments(filled: Database, tmp_path: Path) -> None:
    stores = tmp_path / "stores"
    stores.mkdir()
    target = stores / "s.zarr"
    old = export_snapshot(filled, target, SnapshotRequest()).manifest.content_sha256
    add(filled, cbz(tmp_path / "Late Wolf 001.cbz", {"1.png": picture(77)}))
    moments = np.random.default_rng(6)
    ends, contents = [], set()
    with exporter(filled, stores / "other.zarr") as undisturbed:
        lasts = min(seconds_of(undisturbed) for _ in range(3))
    new = open_manifest(stores / "other.zarr").content_sha256
    with exporter(filled, target) as exports:
        for _ in range(KILLS):
            pid = exports.begin()
            time.sleep(moments.uniform(0, lasts))
            with suppress(ProcessLookupError):  # it was done by then
                os.kill(pid, signal.SIGKILL)
            ends.append(exports.end())
            manifest = open_manifest(target)
            assert list(verify_files(target, manifest)) == []
            contents.add(manifest.content_sha256)
        exports.begin()
        assert exports.end() == 0
    assert ends.count(-signal.SIGKILL) >= KILLS / 2
    assert old in contents <= {old, new}
    assert open_manifest(target).content_sha256 == new
    assert {path.name for path in stores.iterdir()} == {"s.zarr", "other.zarr"}


def test_killed_uploads_are_told_and_removed(filled: Database, tmp_path: Path) -> None:
    target, url = tmp_path / "s.zarr", f"{OBJECTS}://{tmp_path}/s.zarr"
    with exporter(filled, f"{OBJECTS}://{tmp_path}/other.zarr") as undisturbed:
        lasts = seconds_of(undisturbed)
    moments = np.random.default_rng(7).uniform(0, lasts, KILLED_UPLOADS)
    with exporter(filled, url) as exports:
        for moment in moments:
            pid = exports.begin()
            time.sleep(moment)
            with suppress(ProcessLookupError):  # it was done by then
                os.kill(pid, signal.SIGKILL)
            exports.end()
            if (target / NAME).exists():
                assert list(verify_files(target, open_manifest(target))) == []
                shutil.rmtree(target)
            else:
                with pytest.raises(SnapshotError):
                    open_manifest(url)
        exports.begin()
        assert exports.end() == 0
    assert list(verify_files(url, open_manifest(url))) == []
    assert not (target / MARK).exists()


def test_a_full_disk_leaves_nothing(filled: Database, tmp_path: Path) -> None:
    target = tmp_path / "s.zarr"
    old = export_snapshot(filled, target, SnapshotRequest()).manifest.content_sha256
    with exporter(filled, target, "4096") as exports:
        exports.begin()
        assert exports.end() == 1
        assert exports.run.stderr is not None
        assert "the disk is full" in os.read(exports.run.stderr.fileno(), 9999).decode()
    assert open_manifest(target).content_sha256 == old
    assert {path.name for path in tmp_path.iterdir()} == {"books", "s.zarr"}
