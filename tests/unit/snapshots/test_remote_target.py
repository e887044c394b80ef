"""Snapshots where nothing can be renamed, and what URLs there are."""

from __future__ import annotations

import json
import os
import platform
import shutil
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import fsspec
import pytest
import xarray

from models.snapshot_dataset import SnapshotDataset
from tests.books_drawn import library
from tests.planted import PlantedProfile
from warehouse.cli.progress import SilentProgress
from warehouse.database.connection import Database
from warehouse.errors import SnapshotError
from warehouse.ingest import ingest
from warehouse.snapshots.export import export_snapshot
from warehouse.snapshots.found import snapshots_in
from warehouse.snapshots.places import Folder, Remote, place_of
from warehouse.snapshots.remote_target import GIVEN_UP_SECONDS, MARK, Writer
from warehouse.snapshots.request import SnapshotRequest
from warehouse.snapshots.verify import open_manifest, verify_files

URL = "memory://library.zarr"


@pytest.fixture
def memory() -> Iterator[fsspec.AbstractFileSystem]:
    system = fsspec.filesystem("memory")
    system.store.clear()
    yield system
    system.store.clear()


def leave_behind(
    system: fsspec.AbstractFileSystem,
    machine: str,
    process: int,
    seconds_ago: float,
    name: str = "library.zarr",
) -> None:
    writer = Writer("x", machine, process, time.time() - seconds_ago)
    system.pipe_file(f"/{name}/{MARK}", json.dumps(asdict(writer)).encode())
    system.pipe_file(f"/{name}/pages/page_id/c/7", b"half")


def test_the_same_bytes_as_in_a_folder(
    database: Database, memory: fsspec.AbstractFileSystem, tmp_path: Path
) -> None:
    ingest([library(tmp_path / "books", books=1, pages=2)], database, PlantedProfile(), SilentProgress())
    here = export_snapshot(database, (tmp_path / "s.zarr").as_uri(), SnapshotRequest())
    there = export_snapshot(database, URL, SnapshotRequest())
    assert (tmp_path / "s.zarr/manifest.json").is_file()
    assert there.manifest.content_sha256 == here.manifest.content_sha256
    for name in here.manifest.files:
        assert memory.cat_file(f"/library.zarr/{name}") == (tmp_path / "s.zarr" / name).read_bytes()
    assert not memory.exists(f"/library.zarr/{MARK}")
    assert list(verify_files(URL, open_manifest(URL))) == []
    assert xarray.open_zarr(URL, group="pages").sizes["page_id"] == 2
    [batch] = SnapshotDataset(URL, "panels", ["panel_vision"])
    assert batch["panel_vision"].shape == (4, 512)

    leave_behind(memory, "another", 1, 5.0, "other.zarr")
    whole, unfinished = snapshots_in("memory://")
    assert whole.manifest == there.manifest
    assert unfinished.error is not None
    assert unfinished.error.startswith("memory://other.zarr is not finished")
    shutil.copytree(tmp_path / "s.zarr", tmp_path / ".s.zarr.unfinished-1")
    assert [found.manifest for found in snapshots_in(str(tmp_path))] == [here.manifest]
    assert [found.manifest for found in snapshots_in(URL)] == [there.manifest]

    with pytest.raises(SnapshotError, match="there is a snapshot at memory") as refused:
        export_snapshot(database, URL, SnapshotRequest())
    assert refused.value.code == "snapshot-target-occupied"
    memory.pipe_file("/library.zarr/pages/page_id/c/0", b"other")
    memory.rm_file("/library.zarr/panels/panel_id/c/0")
    memory.pipe_file("/library.zarr/notes.txt", b"mine")
    faults = {fault.file: fault.what for fault in verify_files(URL, open_manifest(URL))}
    assert set(faults) == {"pages/page_id/c/0", "panels/panel_id/c/0", "notes.txt"}
    assert faults["panels/panel_id/c/0"] == "cannot be read (it is not there)"


def test_what_was_given_up_is_removed(database: Database, memory: fsspec.AbstractFileSystem) -> None:
    for machine, process, seconds_ago in (
        (platform.node(), 999_999_999, 1.0),
        ("another", os.getppid(), GIVEN_UP_SECONDS + 60),
    ):
        leave_behind(memory, machine, process, seconds_ago)
        with pytest.raises(SnapshotError, match="is not finished") as unfinished:
            open_manifest(URL)
        assert unfinished.value.code == "snapshot-unfinished"
        export_snapshot(database, URL, SnapshotRequest())
        assert list(verify_files(URL, open_manifest(URL))) == []
        memory.rm("/library.zarr", recursive=True)


def test_what_is_another_s_is_left_alone(database: Database, memory: fsspec.AbstractFileSystem) -> None:
    for machine, process in ((platform.node(), os.getppid()), ("another", 1)):
        leave_behind(memory, machine, process, 5.0)
        with pytest.raises(SnapshotError, match=f"process {process} of {machine} is writing") as refused:
            export_snapshot(database, URL, SnapshotRequest())
        assert refused.value.code == "snapshot-target-busy"
    memory.rm_file(f"/library.zarr/{MARK}")
    with pytest.raises(SnapshotError, match="is no snapshot"):
        export_snapshot(database, URL, SnapshotRequest())
    assert memory.cat_file("/library.zarr/pages/page_id/c/7") == b"half"


def test_a_run_that_fails_leaves_nothing_but_what_another_has_taken_over(
    database: Database, memory: fsspec.AbstractFileSystem, tmp_path: Path
) -> None:
    ingest([library(tmp_path / "books", books=1, pages=1)], database, PlantedProfile(), SilentProgress())

    def give_up(done: int, all_: int) -> None:
        written = memory.find("/library.zarr")
        assert f"/library.zarr/{MARK}" in written
        assert not [path for path in written if path.endswith(".json") and not path.endswith(MARK)]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_snapshot(database, URL, SnapshotRequest(), give_up)
    assert memory.find("/library.zarr") == []

    def taken_over(done: int, all_: int) -> None:
        leave_behind(memory, "another", 1, 0.0)

    with pytest.raises(SnapshotError, match="another export has taken") as lost:
        export_snapshot(database, URL, SnapshotRequest(), taken_over)
    assert lost.value.code == "snapshot-target-busy"
    assert memory.exists("/library.zarr/pages/page_id/c/7")


def test_two_at_once(database: Database, memory: fsspec.AbstractFileSystem, tmp_path: Path) -> None:
    ingest([library(tmp_path / "books", books=1, pages=1)], database, PlantedProfile(), SilentProgress())
    folder = tmp_path / "s.zarr"

    def another_there(done: int, all_: int) -> None:
        with pytest.raises(SnapshotError, match="is writing to memory"):
            export_snapshot(database, URL, SnapshotRequest())

    def another_here(done: int, all_: int) -> None:
        if done == 1:
            export_snapshot(database, folder, SnapshotRequest())
            assert folder.exists()

    export_snapshot(database, URL, SnapshotRequest(), another_there)
    export_snapshot(database, folder, SnapshotRequest(), another_here)
    for target in (URL, folder):
        assert list(verify_files(target, open_manifest(target))) == []
    assert {path.name for path in tmp_path.iterdir()} == {"books", "s.zarr"}


def test_urls(tmp_path: Path) -> None:
    assert place_of("library.zarr") == Folder(Path("library.zarr"))
    assert place_of("file:///tmp/a b.zarr/") == Folder(Path("/tmp/a b.zarr"))
    remote = place_of("memory://a/b.zarr/")
    assert isinstance(remote, Remote)
    assert (remote.name, remote.root) == ("memory://a/b.zarr", "/a/b.zarr")
    assert Remote("sftp://me:secret@host/a", None, "/a").name == "sftp://host/a"
    fsspec.register_implementation("nowhere", "no_such_driver.Files", clobber=True, errtxt="install nowhere")
    for url, words in (("nowhere://a", "nowhere:// here: install nowhere"), ("s4://a", "not known: s4")):
        with pytest.raises(SnapshotError, match=words) as missing:
            place_of(url)
        assert missing.value.code == "snapshot-driver-missing"
