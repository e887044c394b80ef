"""The padded view: the shape of the seeds' data set, and what it cuts off."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import xarray

from models.snapshot_dataset import SnapshotDataset
from tests.books_drawn import library
from tests.planted import PlantedProfile
from warehouse.cli.progress import SilentProgress
from warehouse.database.connection import Connection, Database
from warehouse.ingest import ingest
from warehouse.snapshots.export import export_snapshot
from warehouse.snapshots.request import SnapshotRequest
from warehouse.snapshots.verify import open_manifest, verify_files

MORE = 15
"""Panels put on the last page beside the four it has: three are beyond the sixteenth."""


def test_padded(database: Database, connection: Connection, tmp_path: Path) -> None:
    ingest([library(tmp_path / "books", books=1, pages=3)], database, PlantedProfile(), SilentProgress())
    connection.execute(
        "insert into panel (page_id, seq, x, y, w, h, score, detector, text)"
        " select max(id), 3 + n, n, n, 5, 5, 1, 'planted', 'panel ' || n from page, generate_series(1, %s) n"
        " group by n",
        [MORE],
    )
    store = tmp_path / "s.zarr"
    manifest = export_snapshot(database, store, SnapshotRequest(padded=True)).manifest
    assert manifest.counts["padded_pages_cut"] == 1
    assert manifest.counts["padded_panels_cut"] == 3
    assert manifest.options["padded"] is True
    assert list(verify_files(store, open_manifest(store))) == []

    view = xarray.open_zarr(store, group="padded")
    assert view.panel_embeddings.dims == ("page_id", "panel_id", "embedding_dim")
    assert view.panel_embeddings.shape == (3, 16, 512)
    assert view.page_embeddings.dims == ("page_id", "embedding_dim")
    assert view.panel_coordinates.dims == ("page_id", "panel_id", "coord_dim")
    for name in ("attention_weights", "reading_order", "text_content", "panel_mask"):
        assert view[name].dims == ("page_id", "panel_id")
    assert {"page_id", "panel_id", "manifest_path", "source", "series", "volume", "issue", "page_num"} <= set(
        view.coords
    )
    assert view.panel_mask.sum("panel_id").values.tolist() == [4, 4, 16]
    assert view.panel_embeddings_mask.sum("panel_id").values.tolist() == [0, 4, 4]
    assert view.panel_count.values.tolist() == [4, 4, 19]

    panels = xarray.open_zarr(store, group="panels")
    pages = xarray.open_zarr(store, group="pages")
    assert view.page_embeddings.values.tobytes() == pages.page_embeddings.values.tobytes()
    for page, start in enumerate(pages.panel_start.values):
        count = min(int(view.panel_count[page]), 16)
        for name in ("panel_embeddings", "panel_coordinates", "text_content", "attention_weights"):
            padded = view[name].values[page]
            assert np.array_equal(padded[:count], panels[name].values[start : start + count]), name
            assert not np.any(padded[count:].astype(bool)), name
        assert view.reading_order.values[page].tolist() == [*range(count), *(-1 for _ in range(16 - count))]

    trained = SnapshotDataset(store, "padded", ["panel_embeddings", "panel_mask"], shuffle=False)
    [batch] = trained
    assert batch["row"].tolist() == [1, 2]
    assert batch["panel_embeddings"].shape == (2, 16, 512)
