"""A snapshot made from an earlier one is the same to the byte as one that was read from the database."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import psycopg
import pytest

from tests.books_drawn import cbz, library, picture
from tests.planted import PlantedProfile
from warehouse.cli.progress import SilentProgress
from warehouse.database.connection import Connection, Database
from warehouse.database.snapshot_versions import _transactions
from warehouse.errors import SnapshotError
from warehouse.ingest import ingest
from warehouse.snapshots import layout
from warehouse.snapshots.export import export_snapshot
from warehouse.snapshots.manifest import NAME, Since
from warehouse.snapshots.recording import export_and_record
from warehouse.snapshots.request import SnapshotRequest
from warehouse.snapshots.verify import open_manifest, verify_files

REQUEST = SnapshotRequest(padded=True)


@pytest.fixture
def filled(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Three books of 36 panels in shards of eight."""
    for name, rows in (("SHARD_ROWS", 8), ("TEXT_ROWS", 8), ("STRIP_SHARD_ROWS", 2)):
        monkeypatch.setattr(layout, name, rows)
    ingest([library(tmp_path / "books", books=3, pages=3)], database, PlantedProfile(), SilentProgress())
    return database


def made_since(database: Database, old: Path, new: Path, request: SnapshotRequest = REQUEST) -> Since:
    """Export since `old`, and see that it is what an export without that is."""
    exported = export_snapshot(database, new, request, since=old)
    fresh = export_snapshot(database, new.with_name("fresh.zarr"), request)
    assert exported.manifest.files == fresh.manifest.files
    assert exported.manifest.content_sha256 == fresh.manifest.content_sha256
    assert list(verify_files(new, open_manifest(new))) == []
    since = open_manifest(new).taken.since
    assert since is not None
    assert since.target == str(old)
    return since


def shards_of(store: Path) -> dict[str, int]:
    """How many shards of vectors, and of the texts of panels, there are."""
    files = open_manifest(store).files
    vectors = {name.removesuffix("_mask/zarr.json") for name in files if name.endswith("_mask/zarr.json")}
    arrays = {*vectors, "panels/text_content"} - {"padded/panel", "strips/panel"}
    arrays |= {"padded/panel_embeddings", "strips/panel_embeddings"}
    return {name: sum(file.startswith(f"{name}/c/") for file in files) for name in sorted(arrays)}


def test_unchanged_shards_are_copied(filled: Database, connection: Connection, tmp_path: Path) -> None:
    old, new = tmp_path / "old.zarr", tmp_path / "new.zarr"
    export_and_record(filled, old, REQUEST)
    shards = shards_of(old)
    assert (shards["panels/panel_embeddings"], shards["strips/panel_embeddings"]) == (5, 3)
    everything = made_since(filled, old, new)
    assert everything.note is None
    assert everything.damaged == ()
    assert everything.files == sum(shards.values())
    assert everything.bytes == sum(
        file.bytes for name, file in open_manifest(old).files.items() if name.split("/c/")[0] in shards
    )

    # one vector is another, one is gone, a panel says something else, and a book comes behind all
    connection.execute(
        "update panel_text set v = array_fill(8, array[512])::real[]::halfvec"
        " where panel_id = (select min(panel_id) from panel_text)"
    )
    connection.execute("delete from panel_vision where panel_id = (select min(panel_id) from panel_vision)")
    connection.execute("update panel set text = 'BOOM' where id = (select min(id) from panel)")
    late = cbz(tmp_path / "Late Wolf 001.cbz", {"1.png": picture(77), "2.png": picture(78)})
    ingest([late], filled, PlantedProfile(), SilentProgress())
    some = made_since(filled, old, new)
    assert everything.files / 2 < some.files < everything.files - 3

    # a book goes: all behind it moves up
    connection.execute("delete from book where id = (select min(id) from book)")
    made_since(filled, old, new)


def test_a_transaction_open_at_the_time_counts(filled: Database, tmp_path: Path) -> None:
    old, new = tmp_path / "old.zarr", tmp_path / "new.zarr"
    with psycopg.connect(filled.url) as other:  # commits at the end
        other.execute(
            "update panel_embedding set v = array_fill(7, array[512])::real[]::halfvec"
            " where panel_id = (select max(panel_id) from panel_embedding)"
        )
        export_and_record(filled, old, REQUEST)
    assert made_since(filled, old, new).files > 0


def test_what_cannot_be_copied_is_read(filled: Database, connection: Connection, tmp_path: Path) -> None:
    old, new = tmp_path / "old.zarr", tmp_path / "new.zarr"
    export_and_record(filled, old, REQUEST)
    shard = old / "panels/panel_embeddings/c/0/0"
    data = bytearray(shard.read_bytes())
    data[100] ^= 1
    shard.write_bytes(data)
    (old / "panels/panel_vision/c/1/0").unlink()
    since = made_since(filled, old, new)
    assert since.damaged == ("panels/panel_embeddings/c/0/0", "panels/panel_vision/c/1/0")
    assert since.files == sum(shards_of(old).values()) - 2

    other = SnapshotRequest(dtype="float32")
    assert made_since(filled, old, new, other).files == shards_of(old)["panels/text_content"]
    elsewhere = json.loads((old / NAME).read_text("utf-8"))
    elsewhere["taken"]["database"] = "1"
    (old / NAME).write_text(json.dumps(elsewhere), "utf-8")
    assert made_since(filled, old, new).note == "it is of another database"
    export_and_record(filled, old, REQUEST)
    connection.execute("delete from snapshot")
    assert made_since(filled, old, new).note == "this database has no record of it"
    with pytest.raises(SnapshotError) as missing:
        export_snapshot(filled, new, REQUEST, since=tmp_path / "nothing.zarr")
    assert missing.value.code == "snapshot-missing"


def test_transactions_are_counted_past_a_round() -> None:
    next_ = 3 * 2**32 + 10
    versions = np.array([9, 10, 2**32 - 1], np.int64)
    assert _transactions(versions, next_).tolist() == [3 * 2**32 + 9, 2 * 2**32 + 10, 3 * 2**32 - 1]
