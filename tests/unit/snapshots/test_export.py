"""A snapshot holds what the database holds, to the bit, at one instant."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray
import zarr

from tests.books_drawn import cbz, library, picture
from tests.planted import PlantedProfile
from warehouse.cli.progress import SilentProgress
from warehouse.database.connection import Connection, Database
from warehouse.errors import SnapshotError
from warehouse.ingest import ingest
from warehouse.snapshots.export import export_snapshot
from warehouse.snapshots.local_target import MARK
from warehouse.snapshots.manifest import NAME
from warehouse.snapshots.recording import export_and_record
from warehouse.snapshots.request import PageFilter, SnapshotRequest
from warehouse.snapshots.verify import open_manifest, verify_files

WITH_FEATURES = SnapshotRequest(features=True)
VECTORS = (
    ("pages", "page_id", "page_embeddings", "page_embedding"),
    ("pages", "page_id", "page_semantic_embeddings", "page_semantic"),
    ("pages", "page_id", "page_visual", "page_visual"),
    ("panels", "panel_id", "panel_embeddings", "panel_embedding"),
    ("panels", "panel_id", "panel_vision", "panel_vision"),
    ("panels", "panel_id", "panel_text", "panel_text"),
    ("panels", "panel_id", "panel_semantic_embeddings", "panel_semantic"),
    ("panels", "panel_id", "contextualized_panels", "panel_context"),
    ("panels", "panel_id", "panel_features", "panel_feature"),
    ("strips", "strip_id", "strip_embeddings", "strip_embedding"),
    ("strips", "strip_id", "strip_semantic_embeddings", "strip_semantic"),
)


@pytest.fixture
def filled(database: Database, tmp_path: Path) -> Database:
    add(database, library(tmp_path / "books", books=3, pages=3))
    return database


def add(database: Database, *paths: Path) -> None:
    ingest(paths, database, PlantedProfile(), SilentProgress())


def files(store: Path) -> dict[str, bytes]:
    return {
        path.relative_to(store).as_posix(): path.read_bytes()
        for path in sorted(store.rglob("*"))
        if path.is_file()
    }


def stored(connection: Connection, table: str, owner: str) -> dict[int, Any]:
    rows = connection.execute(f"select {owner}, v from {table}").fetchall()
    return {id_: v.to_numpy().astype(np.float16) for id_, v in rows}


def test_every_vector_has_the_bits_of_the_database(
    filled: Database, connection: Connection, tmp_path: Path
) -> None:
    connection.execute("delete from panel_text where panel_id = (select min(panel_id) from panel_text)")
    export_snapshot(filled, tmp_path / "s.zarr", WITH_FEATURES)
    for group, owner, name, table in VECTORS:
        held = zarr.open_group(tmp_path / "s.zarr" / group, mode="r")
        truth = stored(connection, table, owner)
        present = held[f"{name}_mask"][:]
        assert present.sum() == len(truth) > 0, name
        for id_, has, v in zip(held[owner][:], present, held[name][:], strict=True):
            expected = truth[int(id_)] if has else np.zeros_like(v)
            assert v.view(np.uint16).tolist() == expected.view(np.uint16).tolist(), (name, id_)


def test_pages_and_panels_are_in_reading_order(
    filled: Database, connection: Connection, tmp_path: Path
) -> None:
    export_snapshot(filled, tmp_path / "s.zarr", SnapshotRequest())
    pages = zarr.open_group(tmp_path / "s.zarr/pages", mode="r")
    panels = zarr.open_group(tmp_path / "s.zarr/panels", mode="r")
    rows = connection.execute(
        "select p.id, b.path || '/' || p.entry, s.name, b.number, p.page_type from page p"
        " join book b on b.id = p.book_id join series s on s.id = b.series_id order by b.id, p.seq"
    ).fetchall()
    names = ("page_id", "manifest_path", "series", "issue", "page_type")
    assert list(zip(*(pages[name][:].tolist() for name in names), strict=True)) == rows
    rows = connection.execute(
        "select n.id, n.seq, n.x, n.y, n.w, n.h, n.text from panel n join page p on p.id = n.page_id"
        " order by p.book_id, p.seq, n.seq"
    ).fetchall()
    boxes = panels["panel_coordinates"][:].tolist()
    found = [
        (id_, order, *box, text)
        for id_, order, box, text in zip(
            panels["panel_id"][:].tolist(), panels["reading_order"][:].tolist(), boxes,
            panels["text_content"][:].tolist(), strict=True,
        )
    ]  # fmt: skip
    assert found == rows
    starts, counts = pages["panel_start"][:], pages["panel_count"][:]
    for row, page in enumerate(panels["page_row"][:].tolist()):
        assert starts[page] <= row < starts[page] + counts[page]


def test_strips_are_their_panels_padded(filled: Database, tmp_path: Path) -> None:
    export_snapshot(filled, tmp_path / "s.zarr", SnapshotRequest())
    strips = zarr.open_group(tmp_path / "s.zarr/strips", mode="r")
    panels = zarr.open_group(tmp_path / "s.zarr/panels", mode="r")["panel_embeddings"][:]
    assert strips["panel_embeddings"].shape[1:] == (16, 512)
    for start, count, padded, mask in zip(
        *(strips[name][:] for name in ("panel_start", "panel_count", "panel_embeddings", "panel_mask")),
        strict=True,
    ):
        assert mask.tolist() == [place < count for place in range(16)]
        assert padded[:count].tobytes() == panels[start : start + count].tobytes()
        assert not padded[count:].any()


def test_an_idle_database_exports_the_same_bytes_twice(filled: Database, tmp_path: Path) -> None:
    one = export_snapshot(filled, tmp_path / "one.zarr", WITH_FEATURES)
    two = export_snapshot(filled, tmp_path / "two.zarr", WITH_FEATURES)
    assert one.manifest.content_sha256 == two.manifest.content_sha256
    first, second = files(tmp_path / "one.zarr"), files(tmp_path / "two.zarr")
    manifests = [json.loads(found.pop(NAME)) for found in (first, second)]
    assert first == second
    for manifest in manifests:
        assert manifest.pop("taken")["database"]
    assert manifests[0] == manifests[1]


def test_what_comes_and_goes_meanwhile_is_not_seen(
    filled: Database, connection: Connection, tmp_path: Path
) -> None:
    before = export_snapshot(filled, tmp_path / "before.zarr", SnapshotRequest())
    other = cbz(tmp_path / "Late Wolf 001.cbz", {"1.png": picture(77), "2.png": picture(78)})

    def disturb(done: int, all_: int) -> None:
        if done == 1:
            add(filled, other)
            connection.execute("delete from book where id = (select min(id) from book)")

    during = export_snapshot(filled, tmp_path / "during.zarr", SnapshotRequest(), disturb)
    assert during.manifest.content_sha256 == before.manifest.content_sha256
    after = export_snapshot(filled, tmp_path / "after.zarr", SnapshotRequest())
    assert after.manifest.counts["pages"] == before.manifest.counts["pages"] - 3 + 2


def test_an_empty_database_is_an_empty_store(database: Database, tmp_path: Path) -> None:
    exported = export_and_record(database, tmp_path / "s.zarr", SnapshotRequest())
    assert exported.manifest.counts["pages"] == 0
    assert list(verify_files(tmp_path / "s.zarr", open_manifest(tmp_path / "s.zarr"))) == []
    assert zarr.open_group(tmp_path / "s.zarr/pages", mode="r")["page_id"].shape == (0,)


def test_filters_and_canonical_pages(filled: Database, tmp_path: Path) -> None:
    add(filled, cbz(tmp_path / "Copy Cat 001.cbz", {"1.png": picture(0), "2.png": picture(55)}))

    def pages(request: SnapshotRequest) -> Any:
        export_snapshot(filled, tmp_path / "s.zarr", request)
        return zarr.open_group(tmp_path / "s.zarr/pages", mode="r")

    assert pages(SnapshotRequest())["page_id"].shape == (11,)
    one = pages(SnapshotRequest(canonical_only=True))
    assert one["page_id"].shape == (10,)
    assert one["is_canonical"][:].all()
    fox = pages(SnapshotRequest(PageFilter(series=("moon fox",))))
    assert set(fox["series"][:].tolist()) == {"Moon Fox"}
    story = pages(SnapshotRequest(PageFilter(year_from=1990, year_to=1999, page_types=("story",))))
    assert story["page_id"].shape == (6,)
    assert pages(SnapshotRequest(PageFilter(year_from=2000)))["page_id"].shape == (0,)


def test_no_picture_is_in_two_splits(filled: Database, tmp_path: Path) -> None:
    add(filled, cbz(tmp_path / "Copy Cat 001.cbz", {"1.png": picture(0), "2.png": picture(55)}))
    for seed in range(3):
        export_snapshot(filled, tmp_path / "s.zarr", SnapshotRequest(seed=seed))
        pages = zarr.open_group(tmp_path / "s.zarr/pages", mode="r")
        of_picture = dict(zip(pages["page_id"][:].tolist(), pages["split"][:].tolist(), strict=True))
        for canonical, split in zip(pages["canonical_page_id"][:].tolist(), pages["split"][:], strict=True):
            assert of_picture[canonical] == split


def test_changed_missing_and_foreign_files_are_found(filled: Database, tmp_path: Path) -> None:
    store = tmp_path / "s.zarr"
    export_snapshot(filled, store, SnapshotRequest())
    manifest = open_manifest(store)
    assert list(verify_files(store, manifest)) == []
    chunk = store / "panels/panel_embeddings/c/0/0"
    data = bytearray(chunk.read_bytes())
    data[len(data) // 2] ^= 1
    chunk.write_bytes(data)
    (store / "pages/page_id/c/0").unlink()
    (store / "notes.txt").write_text("mine")
    assert {fault.file for fault in verify_files(store, manifest)} == {
        "panels/panel_embeddings/c/0/0",
        "pages/page_id/c/0",
        "notes.txt",
    }


def test_a_changed_manifest_is_refused(filled: Database, tmp_path: Path) -> None:
    store = tmp_path / "s.zarr"
    export_snapshot(filled, store, SnapshotRequest())
    text = (store / NAME).read_text("utf-8")
    (store / NAME).write_text(text.replace('"pages": 9', '"pages": 8'), "utf-8")
    with pytest.raises(SnapshotError, match="changed after it was written"):
        open_manifest(store)


def test_a_snapshot_is_replaced_whole_and_nothing_else_ever(filled: Database, tmp_path: Path) -> None:
    store = tmp_path / "s.zarr"
    (tmp_path / f".s.zarr{MARK}999999999").mkdir()
    for _ in range(2):
        export_snapshot(filled, store, SnapshotRequest())
        assert {path.name for path in tmp_path.iterdir()} == {"books", "s.zarr"}
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis/chapter.txt").write_text("one")
    with pytest.raises(SnapshotError, match="is no snapshot") as refused:
        export_snapshot(filled, tmp_path / "thesis", SnapshotRequest())
    assert refused.value.code == "snapshot-target-occupied"
    assert [path.name for path in (tmp_path / "thesis").iterdir()] == ["chapter.txt"]


def test_xarray_opens_it_by_name(filled: Database, tmp_path: Path) -> None:
    export_snapshot(filled, tmp_path / "s.zarr", SnapshotRequest())
    pages = xarray.open_zarr(tmp_path / "s.zarr", group="pages")
    assert pages.page_embeddings.dims == ("page_id", "page_embedding_dim")
    assert {"page_id", "series", "split", "manifest_path"} <= set(pages.coords)
    fox = pages.isel(page_id=(pages.series == "Moon Fox").values)
    assert fox.sizes["page_id"] == 3
    panels = xarray.open_zarr(tmp_path / "s.zarr", group="panels")
    assert panels.panel_coordinates.dims == ("panel_id", "coord_dim")


def test_the_root_lists_its_groups_and_nothing_else(filled: Database, tmp_path: Path) -> None:
    export_snapshot(filled, tmp_path / "s.zarr", SnapshotRequest())
    root = zarr.open_group(tmp_path / "s.zarr", mode="r")
    assert {name for name, _ in root.members()} == {"pages", "panels", "strips"}
    assert set(xarray.open_datatree(tmp_path / "s.zarr", engine="zarr").children) == {
        "pages",
        "panels",
        "strips",
    }
