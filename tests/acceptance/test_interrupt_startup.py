"""Ctrl-C while the embedded database is being made or started: it is there, whole, the next time."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

from tests.runs import hear
from warehouse.database.embedded import start_embedded

PROGRAM = [sys.executable, "-c", "from warehouse.program import main; main()", "status", "--json"]
SAID = "interrupted: run the same command again to go on"


def begun(home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        PROGRAM,
        env={**os.environ, "WAREHOUSE_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=hear,
    )


def test_a_first_start_may_be_interrupted(tmp_path: Path) -> None:
    moments = random.Random(3)  # noqa: S311 - any moment will do
    for _ in range(5):
        run = begun(tmp_path / "home")
        try:
            run.wait(timeout=0.5 + 2 * moments.random())
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to everybody
        _, errors = run.communicate(timeout=60)
        assert (run.returncode, errors.strip()) in [(130, SAID), (0, "")]
    run = begun(tmp_path / "home")
    shown, errors = run.communicate(timeout=120)
    assert run.returncode == 0, errors
    assert json.loads(shown)["books"] == {}


def test_what_a_half_made_database_left_is_cleared(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("18\n")
    (tmp_path / "postgres.unfinished").touch()
    assert start_embedded(tmp_path).startswith("postgresql://")
    assert not (tmp_path / "postgres.unfinished").exists()


def test_users_that_were_killed_do_not_keep_the_server(tmp_path: Path) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    (tmp_path / "postgres").mkdir()
    start_embedded(tmp_path)
    users = tmp_path / "postgres" / ".handle_pids.json"
    program = (
        "import sys; from pathlib import Path; from warehouse.database.embedded import start_embedded;"
        "start_embedded(Path(sys.argv[1]))"
    )
    users.write_text(json.dumps([*json.loads(users.read_text()), gone.pid]))
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True)
    assert json.loads(users.read_text()) == [os.getpid()]
