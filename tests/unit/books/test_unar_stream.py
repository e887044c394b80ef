"""unar is ended, whatever it does."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest

from warehouse.books.readers import unar_stream
from warehouse.books.readers.unar_stream import UnarStream
from warehouse.errors import BookError


@pytest.fixture
def fake_unar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program called unar, to be written by the test."""
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    return tmp_path / "unar"


def program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_output_is_cut_by_the_sizes_asked_for(fake_unar: Path) -> None:
    program(fake_unar, 'printf "%s|" "$@" >&2; printf abcdefgh')
    with UnarStream(Path("a.rar"), [0, 5]) as stream:
        assert b"".join(stream.blocks(3)) == b"abc"
        assert b"".join(stream.blocks(4)) == b"defg"
        assert b"".join(stream.blocks(9)) == b"h"


def test_paths_are_absolute(fake_unar: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(fake_unar.parent)
    program(fake_unar, 'printf "%s" "$*"')
    with UnarStream(Path("-o.rar"), [3]) as stream:
        said = b"".join(stream.blocks(10_000)).decode()
    assert said == f"-quiet -no-recursion -output-directory - -indexes {fake_unar.parent}/-o.rar 3"


def test_a_silent_one_is_given_up_and_killed_with_its_children(
    fake_unar: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unar_stream, "IDLE_SECONDS", 0.3)
    program(fake_unar, "sleep 600 & echo $!; wait")
    start = time.monotonic()
    with UnarStream(Path("a.rar"), [0]) as stream:
        child = int(b"".join(stream.blocks(100)))
        assert is_running(child)
    deadline = time.monotonic() + 10
    while is_running(child) and time.monotonic() < deadline:
        os.sched_yield()
    assert not is_running(child)
    assert time.monotonic() - start < 10


def test_without_unar_its_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BookError, match="make system-deps") as caught:
        UnarStream(Path("a.rar"), [0])
    assert caught.value.code == "reader-missing"
