"""A short run of the mutation benchmark, and that it sees what it looks for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.arena import LIMITS, Arena, listed_codes
from tests.fuzz.damage import Mutant, mutant
from tests.fuzz.seeds import seeds

ROOT = Path(__file__).resolve().parents[2]


def test_sixty_damaged_books(tmp_path: Path) -> None:
    ran = subprocess.run(
        [
            sys.executable,
            ROOT / "tests/benchmarks/mutations.py",
            "--count",
            "60",
            "--shared",
            tmp_path / "none",
        ],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONWARNINGS": "error"},
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "60 mutants" in ran.stdout
    assert ran.stdout.endswith("0 violations\n")


def test_a_run_can_be_repeated() -> None:
    books = seeds()
    assert [mutant(books, 1, place) for place in range(40)] == [
        mutant(books, 1, place) for place in range(40)
    ]
    assert mutant(books, 1, 0) != mutant(books, 2, 0)


def test_what_is_looked_for_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    arena = Arena(tmp_path / "arena")
    assert arena.strays() == []
    (arena.root / "outside.jpg").write_bytes(b"x")
    (arena.root / "deep" / "working" / "canary").write_bytes(b"changed")
    assert arena.strays() == ["deep/working/canary", "outside.jpg"]

    monkeypatch.setattr("tests.fuzz.arena.open_sandboxed", _broken)
    outcome = arena.run(Mutant("zip", "none", ".cbz", b"x"))
    assert (outcome.code, len(outcome.violations)) == ("violation", 2)


def _broken(path: Path, limits: object) -> None:
    assert limits is LIMITS
    path.write_bytes(b"changed")
    raise ZeroDivisionError


def test_codes_are_found_in_the_document() -> None:
    assert {"archive-broken", "image-broken", "no-pages", "decoder-timeout"} <= listed_codes()
