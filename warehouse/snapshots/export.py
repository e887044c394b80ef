"""The database at one instant into a Zarr store: plan, write shard by shard, describe."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

import numpy as np

from warehouse.database.connection import Connection, Database
from warehouse.database.snapshot_session import Moment, SnapshotModel, moment, reading_at, snapshot_models
from warehouse.snapshots.layout import snapshot_groups
from warehouse.snapshots.manifest import Manifest, make_manifest, manifest_bytes
from warehouse.snapshots.padded_arrays import write_padded_view
from warehouse.snapshots.padded_layout import padded_group
from warehouse.snapshots.page_arrays import page_tasks, write_page_numbers
from warehouse.snapshots.panel_arrays import panel_tasks, write_panel_numbers
from warehouse.snapshots.places import place_of
from warehouse.snapshots.plan import PagePlan, plan_pages
from warehouse.snapshots.request import SnapshotRequest
from warehouse.snapshots.since import EarlierSnapshot
from warehouse.snapshots.store_writer import StoreWriter
from warehouse.snapshots.strip_arrays import read_strips, write_padded, write_strip_numbers
from warehouse.snapshots.sums import SummedStore
from warehouse.snapshots.targets import new_snapshot
from warehouse.snapshots.vector_tasks import vector_tasks
from warehouse.snapshots.verify import open_manifest

READERS = 3
"""Connections that read at once: two cores are busy while one of three waits for the disk."""

Task = Callable[[Connection], None]
Progress = Callable[[int, int], None]
"""Called with the shards written, and all there are."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and how long that took."""

    target: str
    manifest: Manifest
    seconds: float


def export_snapshot(
    database: Database,
    target: str | Path,
    request: SnapshotRequest,
    progress: Progress = lambda done, all_: None,
    since: str | Path | None = None,
) -> Exported:
    """Write what the database holds now into a new store at `target`, whole or not at all.

    target: a folder, or a URL of any file system that fsspec knows.  since: an earlier snapshot, whose shards
    are copied where the database says that they are unchanged; without it the new one has the same bytes.
    Raises SnapshotError, DatabaseError and QueryError.
    """
    start = time.perf_counter()
    place = place_of(target)
    old = open_manifest(since) if since is not None else None
    with new_snapshot(place) as new, moment(database) as (connection, held):
        models = snapshot_models(connection, request.models)
        plan = plan_pages(connection, request)
        store = SummedStore(new.store)
        earlier = EarlierSnapshot(place_of(since), old, held, connection) if since and old else None
        counts = _write(database, held, store, plan, models, request, progress, earlier)
        store.finish()
        told = earlier.told if earlier else None
        manifest = make_manifest(held, request, models, counts, store.files, told)
        new.seal(manifest_bytes(manifest))
    return Exported(place.name, manifest, time.perf_counter() - start)


def _write(
    database: Database,
    held: Moment,
    store: SummedStore,
    plan: PagePlan,
    models: Mapping[str, SnapshotModel],
    request: SnapshotRequest,
    progress: Progress,
    earlier: EarlierSnapshot | None,
) -> dict[str, int]:
    writer = StoreWriter(store)
    pages, panels, strips = snapshot_groups(models, request)
    with ExitStack() as open_:
        readers = [open_.enter_context(reading_at(database, held)) for _ in range(READERS)]
        cut = read_strips(readers[0], plan)
        for group, rows in ((pages, len(plan.rows)), (panels, plan.panels), (strips, len(cut.ids))):
            writer.add(group, rows)
        write_page_numbers(writer, plan)
        panel_ids = write_panel_numbers(writer, readers[0], plan)
        write_strip_numbers(writer, cut)
        tasks = [
            *page_tasks(writer, plan, pages, models, earlier),
            *panel_tasks(writer, panel_ids, panels, models, earlier),
            *vector_tasks(writer, strips, cut.ids, models, earlier),
        ]
        _run(tasks, readers, progress)
    if "panel_encoder" in models:
        write_padded(writer, cut, strips, earlier)
    beyond: dict[str, int] = {}
    if request.padded:
        padded = padded_group(pages, models, request.dtype)
        writer.add(padded, len(plan.rows))
        beyond = write_padded_view(writer, plan, padded, earlier)
    writer.finish()
    splits = Counter(plan.split.tolist())
    _, together = np.unique(plan.groups, return_counts=True)
    return {
        "pages": len(plan.rows),
        "panels": plan.panels,
        "strips": len(cut.ids),
        "books": len(np.unique(plan.rows["book_id"])),
        **{f"pages_{split}": splits[split] for split in ("train", "validation", "test")},
        "split_groups": len(together),
        "split_largest_group_pages": int(together.max(initial=0)),
        **beyond,
    }


def _run(tasks: list[Task], readers: list[Connection], progress: Progress) -> None:
    """Every task on one of the readers, several at a time; the first that fails ends it."""
    free: SimpleQueue[Connection] = SimpleQueue()
    for reader in readers:
        free.put(reader)

    def run(task: Task) -> None:
        reader = free.get()
        try:
            task(reader)
        finally:
            free.put(reader)

    with ThreadPoolExecutor(len(readers)) as pool:
        try:
            for done, _ in enumerate(_in_turn(pool, run, tasks), 1):
                progress(done, len(tasks))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _in_turn(pool: ThreadPoolExecutor, run: Callable[[Task], None], tasks: list[Task]) -> Iterator[None]:
    yield from pool.map(run, tasks)
