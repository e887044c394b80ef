"""What an export says while it goes on."""

from __future__ import annotations

import os
import sys

import pytest

from warehouse.cli import snapshot_progress
from warehouse.cli.snapshot_progress import export_progress


def test_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    screen, terminal = os.openpty()
    monkeypatch.setenv("TERM", "xterm")
    with os.fdopen(terminal, "w") as stderr:
        monkeypatch.setattr(sys, "stderr", stderr)
        with export_progress(quiet=False) as progress:
            progress(3, 4)
            progress(4, 4)
        print("(end)", file=stderr, flush=True)
        said = b""
        while b"(end)" not in said:
            said += os.read(screen, 4096)
    os.close(screen)
    assert b"shards" in said
    assert b"4/4" in said


def test_lines_elsewhere_and_nothing_if_quiet(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(snapshot_progress, "LINE_SECONDS", 0.0)
    with export_progress(quiet=False) as progress:
        progress(1000, 2000)
    assert capsys.readouterr().err == "1,000 of 2,000 shards written\n"
    with export_progress(quiet=True) as progress:
        progress(1, 2)
    assert capsys.readouterr() == ("", "")
