"""The arrays of `pages/`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from warehouse.database.connection import Connection
from warehouse.database.snapshot_session import SnapshotModel, page_words
from warehouse.snapshots.layout import BLOCK_ROWS, TEXT_ROWS, GroupSpec
from warehouse.snapshots.plan import PagePlan
from warehouse.snapshots.since import EarlierSnapshot
from warehouse.snapshots.store_writer import StoreWriter, shards
from warehouse.snapshots.vector_tasks import vector_tasks

_WORDS = ("manifest_path", "source", "series", "volume", "issue", "title", "language", "page_type")
_AS_READ = ("page_id", "book_id", "page_num", "width", "height", "year", "is_narrative", "low_information")


def write_page_numbers(writer: StoreWriter, plan: PagePlan) -> None:
    """What is known of pages from the plan."""
    columns = {name: plan.rows[name] for name in _AS_READ} | {
        "panel_start": plan.starts[:-1],
        "panel_count": plan.rows["panels"],
        "is_canonical": plan.canonical == plan.page_ids,
        "canonical_page_id": plan.canonical,
    }
    for name, values in columns.items():
        for first, end in shards(len(values), BLOCK_ROWS):
            writer.write(f"pages/{name}", first, values[first:end])


def page_tasks(
    writer: StoreWriter,
    plan: PagePlan,
    group: GroupSpec,
    models: Mapping[str, SnapshotModel],
    earlier: EarlierSnapshot | None,
) -> list[Callable[[Connection], None]]:
    """The words and the vectors of pages."""
    words = [partial(_write_words, writer, plan, shard) for shard in shards(len(plan.rows), TEXT_ROWS)]
    return [*words, *vector_tasks(writer, group, plan.page_ids, models, earlier)]


def _write_words(writer: StoreWriter, plan: PagePlan, shard: tuple[int, int], connection: Connection) -> None:
    first, end = shard
    rows = page_words(connection, plan.page_ids[first:end])
    for name, values in zip(_WORDS, zip(*rows, strict=True), strict=True):
        writer.write(f"pages/{name}", first, np.asarray(values, np.dtypes.StringDType()))
    writer.write("pages/split", first, plan.split[first:end].astype(np.dtypes.StringDType()))
