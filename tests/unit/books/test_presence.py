"""Looking for files that may be gone, on disks that may hang."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from warehouse.books import presence
from warehouse.books.presence import look_for
from warehouse.books.stored_paths import disk_path, stored_path


def test_what_is_gone_is_told_from_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / "dead link").symlink_to(tmp_path / "nothing")
    names = ["file", "folder", "dead link", "gone", "file/inside", "no folder/file"]
    found = look_for([str(tmp_path / name) for name in names])
    assert {Path(path).relative_to(tmp_path).as_posix() for path in found.gone} == {
        "dead link", "gone", "file/inside", "no folder/file"
    }  # fmt: skip
    assert not found.unknown


def test_many_paths_take_little_time(tmp_path: Path) -> None:
    start = time.monotonic()
    assert len(look_for([str(tmp_path / str(number)) for number in range(20_000)]).gone) == 20_000
    assert time.monotonic() - start < 10


def test_a_disk_that_hangs_is_given_up_and_hides_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "_mount_points", lambda: ["/dead", "/"])
    never = threading.Event()

    def stat(path: str) -> None:
        if path.startswith("/dead/"):
            never.wait()
        raise FileNotFoundError(path)

    paths = [f"/{disk}/{number}" for number in range(1000) for disk in ("dead", "live")]
    start = time.monotonic()
    found = look_for(paths, patience=0.3, stat=stat)
    assert time.monotonic() - start < 5
    never.set()
    assert found.gone == {path for path in paths if path.startswith("/live/")}
    assert found.unknown == {path for path in paths if path.startswith("/dead/")}


def test_no_right_to_look_is_not_gone() -> None:
    def stat(path: str) -> None:
        raise PermissionError(path)

    assert look_for(["/a/b"], stat=stat).unknown == {"/a/b"}


def test_where_mounts_are_unknown_the_first_folders_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "_MOUNTS", "/nowhere/mounts")
    assert look_for(["/nowhere/at/all"]).gone == {"/nowhere/at/all"}


def test_a_name_that_is_no_utf8_finds_its_way_back(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9 001.cbz")
    path.touch()
    stored = stored_path(path)
    assert stored.endswith(r"caf\udce9 001.cbz")
    assert disk_path(stored) == path
    literal = tmp_path / r"\udce9.cbz"
    literal.touch()
    assert disk_path(stored_path(literal)) == literal
