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


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A file of a difficult name."""
    path = tmp_path / os.fsdecode(b"-o \xff.rar")
    path.write_bytes(b"a book")
    return path


def program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_output_is_cut_by_the_sizes_asked_for(fake_unar: Path, book: Path) -> None:
    program(fake_unar, 'printf "%s|" "$@" >&2; printf abcdefgh')
    with UnarStream(book, [0, 5]) as stream:
        assert b"".join(stream.blocks(3)) == b"abc"
        assert b"".join(stream.blocks(4)) == b"defg"
        assert b"".join(stream.blocks(9)) == b"h"


def test_no_name_of_a_file_is_an_option(fake_unar: Path, book: Path) -> None:
    program(fake_unar, 'printf "%s;" "$@"; cat "$6"')
    with UnarStream(book, [3, 8]) as stream:
        said = b"".join(stream.blocks(10_000)).decode().split(";")
    assert said[:5] == ["-quiet", "-no-recursion", "-output-directory", "-", "-indexes"]
    assert said[5].startswith("/dev/fd/")
    assert said[6:] == ["3", "8", "a book"]


def test_a_silent_one_is_given_up_and_killed_with_its_children(
    fake_unar: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unar_stream, "IDLE_SECONDS", 0.3)
    program(fake_unar, "sleep 600 & echo $!; wait")
    start = time.monotonic()
    with UnarStream(book, [0]) as stream:
        child = int(b"".join(stream.blocks(100)))
        assert is_running(child)
    deadline = time.monotonic() + 10
    while is_running(child) and time.monotonic() < deadline:
        os.sched_yield()
    assert not is_running(child)
    assert time.monotonic() - start < 10


def test_without_unar_its_package_is_named(
    tmp_path: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BookError, match="make system-deps") as caught:
        UnarStream(book, [0])
    assert caught.value.code == "reader-missing"
