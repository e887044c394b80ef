"""`warehouse snapshot`, as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.books_drawn import library
from tests.planted import PlantedProfile
from warehouse.cli import cli
from warehouse.cli.progress import SilentProgress
from warehouse.database.connection import Connection, Database
from warehouse.errors import ModelError, QueryError, SnapshotError
from warehouse.ingest import ingest


@pytest.fixture
def filled(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    ingest([library(tmp_path / "books", books=2, pages=2)], database, PlantedProfile(), SilentProgress())
    monkeypatch.setenv("WAREHOUSE_DATABASE_URL", database.url)
    return database


def snapshot(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["snapshot", *map(str, arguments)])


def test_export_list_verify(filled: Database, connection: Connection, tmp_path: Path) -> None:
    assert "no snapshots yet" in snapshot("list").output
    store = tmp_path / "s.zarr"
    exported = snapshot("export", store, "--filter", "page-type=story", "--features")
    assert exported.exit_code == 0, exported.output
    assert "2 books, 2 pages, 8 panels, 2 strips" in exported.output
    assert "panel_encoder" in exported.output
    assert "not trained" in exported.output
    assert "the splits cannot be 80, 10 and 10 %" in exported.output
    assert "2 groups, the largest with 50% of the pages" in exported.output

    [row] = json.loads(snapshot("list", "--json").output)
    assert (row["pages"], row["panels"], row["target"]) == (2, 8, str(store))
    assert row["options"]["pages"]["page_types"] == ["story"]
    assert str(store) in snapshot("list").output

    sound = snapshot("verify", store, "--database")
    assert sound.exit_code == 0
    assert "pages: 2 here, 4 in the database now" in sound.output
    assert "is sound" in sound.output
    assert json.loads(snapshot("verify", store, "--json").output)["sound"] is True
    connection.execute("update snapshot set panels = 9")
    assert (
        "manifest.json counts 8 panels, the database kept 9" in snapshot("verify", store, "--database").output
    )
    connection.execute("update snapshot set panels = 8")

    again = snapshot(
        "export", tmp_path / "t.zarr", "--since", store, "--filter", "page-type=story", "--features"
    )
    assert f" MiB, are unchanged since {store}" in again.output
    since = json.loads((tmp_path / "t.zarr/manifest.json").read_text())["taken"]["since"]
    assert since["files"] > 5
    assert len(json.loads(snapshot("list", "--json").output)) == 2

    here = snapshot("list", tmp_path)
    assert [line.split()[-1] for line in here.output.splitlines()] == [str(store), str(tmp_path / "t.zarr")]
    assert "2 pages, 8 panels, 2 strips" in here.output

    (store / "panels/panel_id/c/0").unlink()
    unsound = snapshot("verify", store)
    assert unsound.exit_code == 1
    assert "panels/panel_id/c/0 cannot be read" in unsound.output


def test_what_cannot_be(filled: Database, tmp_path: Path) -> None:
    for arguments, error, words in (
        (("verify", tmp_path), SnapshotError, "no manifest.json"),
        (("export", tmp_path), SnapshotError, "is there already and is no snapshot"),
        (("export", tmp_path / "s.zarr", "--filter", "colour=red"), QueryError, "is not one"),
        (("export", tmp_path / "s.zarr", "--model", "99"), ModelError, "no vectors of model 99"),
    ):
        refused = snapshot(*arguments)
        assert isinstance(refused.exception, error)
        assert words in str(refused.exception)
    assert "no snapshots yet" in snapshot("list").output
    assert not (tmp_path / "s.zarr").exists()
