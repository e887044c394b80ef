"""A snapshot made from an earlier one is the same to the byte as one that was read from the database."""

from __future__ import annotations

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
from warehouse.snapshots.export import export_snapshot
from warehouse.snapshots.manifest import Since
from warehouse.snapshots.recording import export_and_record
from warehouse.snapshots.request import SnapshotRequest
from warehouse.snapshots.verify import open_manifest, verify_files

REQUEST = SnapshotRequest(padded=True)
PAGES, PANELS_EACH = 520, 16
"""Planted: 8,320 panels, more than a shard."""
PLANTED = (
    "insert into book (path, status) values ('/planted', 'ready')",
    "insert into page (book_id, seq, entry)"
    " select b.id, n, n::text from book b, generate_series(1, {pages}) n where b.path = '/planted'",
    "insert into panel (page_id, seq, x, y, w, h, score, detector, text)"
    " select p.id, n, n, n, 9, 9, 1, 'planted', 'said ' || n from page p"
    " join book b on b.id = p.book_id, generate_series(0, {panels} - 1) n where b.path = '/planted'"
    " order by p.id, n",
    "insert into strip (page_id, seq, first_panel, last_panel)"
    " select p.id, 0, 0, {panels} - 1 from page p join book b on b.id = p.book_id where b.path = '/planted'",
    "insert into panel_embedding (panel_id, model_id, input_hash, v)"
    " select n.id, m.id, gen_random_uuid(), array_fill(n.id % 1000, array[512])::real[]::halfvec"
    " from panel n join model m on m.kind = 'panel_encoder' where n.detector = 'planted'",
)


@pytest.fixture
def filled(database: Database, connection: Connection, tmp_path: Path) -> Database:
    ingest([library(tmp_path / "books", books=1, pages=2)], database, PlantedProfile(), SilentProgress())
    for statement in PLANTED:
        connection.execute(statement.format(pages=PAGES, panels=PANELS_EACH))
    return database


def made_since(database: Database, old: Path, new: Path) -> Since:
    """Export since `old`, and see that it is what an export without that is."""
    exported = export_snapshot(database, new, REQUEST, since=old)
    fresh = export_snapshot(database, new.with_name("fresh.zarr"), REQUEST)
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
    assert shards["panels/panel_embeddings"] == 2
    everything = made_since(filled, old, new)
    assert everything.note is None
    assert everything.damaged == ()
    assert everything.files == sum(shards.values())
    assert everything.bytes > 8 * 2**20

    # one vector is another, one is gone, and a book comes behind all
    connection.execute(
        "update panel_text set v = array_fill(8, array[512])::real[]::halfvec"
        " where panel_id = (select min(panel_id) from panel_text)"
    )
    connection.execute("delete from panel_vision where panel_id = (select min(panel_id) from panel_vision)")
    ingest(
        [cbz(tmp_path / "Late Wolf 001.cbz", {"1.png": picture(77), "2.png": picture(78)})],
        filled, PlantedProfile(), SilentProgress(),
    )  # fmt: skip
    some = made_since(filled, old, new)
    assert 3 <= some.files < everything.files / 2

    # a book goes: all behind it moves up
    connection.execute("delete from book where id = (select min(id) from book)")
    made_since(filled, old, new)


def test_a_transaction_open_at_the_time_counts(
    filled: Database, connection: Connection, tmp_path: Path
) -> None:
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
    whole = export_and_record(filled, old, REQUEST).manifest
    shard = old / "panels/panel_embeddings/c/0/0"
    data = bytearray(shard.read_bytes())
    data[100] ^= 1
    shard.write_bytes(data)
    since = made_since(filled, old, new)
    assert since.damaged == ("panels/panel_embeddings/c/0/0",)
    assert since.files == sum(shards_of(old).values()) - 1

    connection.execute("delete from snapshot")
    assert made_since(filled, old, new).note == "this database has no record of it"
    assert open_manifest(new).content_sha256 == whole.content_sha256
    with pytest.raises(SnapshotError) as missing:
        export_snapshot(filled, new, REQUEST, since=tmp_path / "nothing.zarr")
    assert missing.value.code == "snapshot-missing"


def test_transactions_are_counted_past_a_round() -> None:
    next_ = 3 * 2**32 + 10
    versions = np.array([9, 10, 2**32 - 1], np.int64)
    assert _transactions(versions, next_).tolist() == [3 * 2**32 + 9, 2 * 2**32 + 10, 3 * 2**32 - 1]
