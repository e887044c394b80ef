"""The arrays of `panels/`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import numpy as np
from numpy.typing import NDArray

from warehouse.composition import composition_features
from warehouse.database.binary_copy import Records
from warehouse.database.connection import Connection
from warehouse.database.snapshot_session import SnapshotModel, panel_rows, panel_words
from warehouse.snapshots.layout import BLOCK_ROWS, ArraySpec, GroupSpec
from warehouse.snapshots.plan import PagePlan
from warehouse.snapshots.since import EarlierSnapshot
from warehouse.snapshots.store_writer import StoreWriter, shards
from warehouse.snapshots.vector_tasks import vector_tasks

Ids = NDArray[np.int64]

PAGES_AT_ONCE = 16_384


def write_panel_numbers(writer: StoreWriter, connection: Connection, plan: PagePlan) -> Ids:
    """What is known of panels besides vectors and words; returns their ids by row, (panels,)."""
    ids = np.empty(plan.panels, np.int64)
    first = 0
    for rows, page_rows in _blocks(connection, plan):
        end = first + len(rows)
        ids[first:end] = rows["panel_id"]
        for name, values in _numbers(rows, page_rows, plan).items():
            writer.write(f"panels/{name}", first, values)
        first = end
    return ids


def panel_tasks(
    writer: StoreWriter,
    ids: Ids,
    group: GroupSpec,
    models: Mapping[str, SnapshotModel],
    earlier: EarlierSnapshot | None,
) -> list[Callable[[Connection], None]]:
    """The words and the vectors of panels."""
    text = next(spec for spec in group.arrays if spec.name == "text_content")
    words = [
        partial(_write_words, writer, text, ids, shard, earlier)
        for shard in shards(len(ids), text.shard_rows)
    ]
    return [*words, *vector_tasks(writer, group, ids, models, earlier)]


def _blocks(connection: Connection, plan: PagePlan) -> Iterator[tuple[Records, Ids]]:
    """Panels and the rows of their pages, BLOCK_ROWS at a time."""
    held: list[tuple[Records, Ids]] = []
    count = 0
    for first, end in shards(len(plan.rows), PAGES_AT_ONCE):
        for rows in panel_rows(connection, plan.page_ids[first:end]):
            held.append((rows, rows["page"].astype(np.int64) - 1 + first))
            count += len(rows)
        if count >= BLOCK_ROWS:
            panels, pages = _joined(held)
            whole = count - count % BLOCK_ROWS
            for start in range(0, whole, BLOCK_ROWS):
                yield panels[start : start + BLOCK_ROWS], pages[start : start + BLOCK_ROWS]
            held, count = [(panels[whole:], pages[whole:])], count - whole
    if count:
        yield _joined(held)


def _joined(parts: list[tuple[Records, Ids]]) -> tuple[Records, Ids]:
    return np.concatenate([rows for rows, _ in parts]), np.concatenate([pages for _, pages in parts])


def _numbers(rows: Records, page_rows: Ids, plan: PagePlan) -> dict[str, NDArray[np.generic]]:
    pages = plan.rows[page_rows]
    boxes = np.stack([rows[side].astype(np.int32) for side in "xywh"], axis=1)
    return {
        "panel_id": rows["panel_id"],
        "page_row": page_rows,
        "reading_order": rows["seq"],
        "attention_weights": (1 / pages["panels"]).astype(np.float32),
        "panel_coordinates": boxes,
        "composition_features": composition_features(
            boxes, np.maximum(np.stack([pages["width"], pages["height"]], axis=1), 1)
        ),
    }


def _write_words(
    writer: StoreWriter,
    text: ArraySpec,
    ids: Ids,
    shard: tuple[int, int],
    earlier: EarlierSnapshot | None,
    connection: Connection,
) -> None:
    if earlier is not None and earlier.copied_words(connection, writer, text, ids, shard):
        return
    first, end = shard
    words = np.asarray(panel_words(connection, ids[first:end]), np.dtypes.StringDType())
    writer.write("panels/text_content", first, words)
