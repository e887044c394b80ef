"""A snapshot as PyTorch reads it: every row once an epoch, in an order of the epoch's own."""

from __future__ import annotations

from pathlib import Path

import google_crc32c
import numpy as np
import pytest
import torch
import zarr
from torch.utils.data import DataLoader

from models.snapshot_dataset import SnapshotDataset
from warehouse.errors import SnapshotError

ROWS, PAGES = 1000, 100


@pytest.fixture(params=["plain", "compressed"])
def store(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Panels of which every seventh has no vector, on pages of which every fifth is for testing."""
    chance = np.random.default_rng(1)
    root = zarr.create_group(tmp_path / "s.zarr")
    panels = root.create_group("panels")
    vectors = panels.create_array(
        "panel_embeddings", shape=(ROWS, 8), dtype="float16", chunks=(16, 8), shards=(64, 8),
        compressors=None if request.param == "plain" else "auto",
    )  # fmt: skip
    vectors[:] = chance.standard_normal((ROWS, 8)).astype(np.float16)
    for name, values in (
        ("panel_embeddings_mask", np.arange(ROWS) % 7 != 0),
        ("panel_id", np.arange(ROWS, dtype=np.int64) + 5000),
        ("page_row", np.arange(ROWS, dtype=np.int64) // 10),
    ):
        panels.create_array(name, data=values, chunks=(256,))
    splits = ["test" if page % 5 == 0 else "train" for page in range(PAGES)]
    pages = root.create_group("pages")
    pages.create_array("split", data=np.asarray(splits, np.dtypes.StringDType()))
    return tmp_path / "s.zarr"


def rows(data: SnapshotDataset, workers: int = 0) -> list[int]:
    return [
        row for part in DataLoader(data, batch_size=None, num_workers=workers) for row in part["row"].tolist()
    ]


def test_every_wanted_row_once_and_whole(store: Path) -> None:
    held = zarr.open_group(store / "panels", mode="r")
    data = SnapshotDataset(store, "panels", ("panel_embeddings", "panel_id"), split="train", batch=32)
    wanted = {row for row in range(ROWS) if row % 7 and (row // 10) % 5}
    assert len(data) == len(wanted)
    found = []
    for part in data:
        taken = part["row"]
        found += taken.tolist()
        assert len(taken) <= 32
        assert part["panel_embeddings"].dtype == torch.float16
        assert torch.equal(part["panel_id"], taken + 5000)
        expected = held["panel_embeddings"].oindex[taken.numpy()]
        assert part["panel_embeddings"].numpy().tobytes() == np.ascontiguousarray(expected).tobytes()
    assert sorted(found) == sorted(wanted)


@pytest.mark.parametrize("store", ["plain"], indirect=True)
def test_chunks_in_another_order(store: Path) -> None:
    """As another program may write them: the two first chunks of a shard have changed places."""
    truth = zarr.open_group(store / "panels", mode="r")["panel_embeddings"][:]
    shard = store / "panels/panel_embeddings/c/1/0"
    data = bytearray(shard.read_bytes())
    data[:512] = data[256:512] + data[:256]
    index = np.frombuffer(data[-68:-4], "<u8").reshape(4, 2)[[1, 0, 2, 3]].tobytes()
    data[-68:] = index + google_crc32c.value(index).to_bytes(4, "little")
    shard.write_bytes(data)
    read = SnapshotDataset(store, "panels", ("panel_embeddings",), complete=False, shuffle=False)
    found = np.concatenate([part["panel_embeddings"].numpy() for part in read])
    assert found.tobytes() == truth.tobytes()


def test_epochs_differ_and_seeds_repeat(store: Path) -> None:
    data = SnapshotDataset(store, "panels", ("panel_embeddings",), complete=False)
    first = rows(data)
    assert first == rows(data) != list(range(ROWS))
    data.set_epoch(1)
    assert sorted(rows(data)) == sorted(first) == list(range(ROWS))
    assert rows(data) != first
    ordered = SnapshotDataset(store, "panels", ("panel_embeddings",), complete=False, shuffle=False)
    assert rows(ordered) == list(range(ROWS))


def test_workers_share_the_rows(store: Path) -> None:
    data = SnapshotDataset(store, "panels", ("panel_embeddings",), complete=False)
    assert sorted(rows(data, workers=2)) == list(range(ROWS))


def test_what_is_not_there(store: Path, tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="there is no panel_text in"):
        SnapshotDataset(store, "panels", ("panel_text",))
    with pytest.raises(SnapshotError, match="no group panels"):
        SnapshotDataset(tmp_path / "none.zarr", "panels", ("panel_text",))
