"""Settings of the embedded server: by memory and cores, written once, and in force."""

from __future__ import annotations

from pathlib import Path

from warehouse.database.connection import Connection
from warehouse.database.server_settings import settings_of, write_settings

GIB = 2**30


def test_an_eighth_of_the_memory_is_shared() -> None:
    assert settings_of(16 * GIB, 8)["shared_buffers"] == "2048MB"


def test_bounds_hold_on_small_and_large_machines() -> None:
    small, large = settings_of(GIB // 2, 1), settings_of(4096 * GIB, 256)
    assert (small["shared_buffers"], large["shared_buffers"]) == ("128MB", "8192MB")
    assert (small["max_parallel_workers_per_gather"], large["max_parallel_workers_per_gather"]) == ("1", "8")


def test_postgresql_conf_takes_the_settings_in_once(tmp_path: Path) -> None:
    main = tmp_path / "postgresql.conf"
    main.write_text("port = 5432")
    write_settings(tmp_path)
    write_settings(tmp_path)
    assert main.read_text() == "port = 5432\n\ninclude_if_exists = 'warehouse.conf'\n"
    assert "jit = 'off'\n" in (tmp_path / "warehouse.conf").read_text()


def test_the_embedded_server_runs_with_them(connection: Connection) -> None:
    row = connection.execute(
        "select current_setting('jit'), current_setting('random_page_cost'), sourcefile"
        " from pg_settings where name = 'shared_buffers'"
    ).fetchone()
    assert row is not None
    assert row[:2] == ("off", "1.1")
    assert row[2].endswith("/warehouse.conf")
