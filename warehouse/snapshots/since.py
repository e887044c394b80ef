"""Shards of an earlier snapshot whose rows are unchanged: copied, not read from the database again.

A shard is copied when the database says, at the new snapshot's instant, that its rows are the same owners in
the same order and that none of their vectors has come, gone or been written since; and when the file still
has the bytes that the old manifest tells.
"""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from dataclasses import asdict
from typing import Any

import numpy as np
import zarr
from numpy.typing import NDArray
from zarr.core.buffer import Buffer, default_buffer_prototype
from zarr.storage import MemoryStore

from warehouse.database.connection import Connection
from warehouse.database.snapshot_session import Moment, SnapshotModel
from warehouse.database.snapshot_versions import are_panels_unchanged, is_continuation, unchanged_vectors
from warehouse.snapshots.layout import ArraySpec
from warehouse.snapshots.manifest import Manifest, Since
from warehouse.snapshots.padding import Runs
from warehouse.snapshots.places import Place
from warehouse.snapshots.store_writer import StoreWriter
from warehouse.snapshots.sums import METADATA, sum_of

Ids = NDArray[np.int64]
Shard = tuple[int, int]
"""First row, and the one behind the last."""

OWNERS = {"pages": "pages/page_id", "panels": "panels/panel_id", "strips": "strips/strip_id"}


class EarlierSnapshot:
    """A snapshot that shards can be copied from; what cannot be copied is read from the database.

    place, manifest: of the earlier one.  held: the instant of the new one, in the same database.
    """

    def __init__(self, place: Place, manifest: Manifest, held: Moment, connection: Connection) -> None:
        self._place, self._manifest, self._held = place, manifest, held
        self._before = manifest.taken.transaction or 0
        self._note = _why_not(manifest, held, connection)
        self._arrays: dict[str, NDArray[Any] | None] = {}
        self._encoded: dict[str, dict[str, Any]] = {}
        self._unchanged: dict[str, list[Shard]] = defaultdict(list)
        self._files = self._bytes = 0
        self._damaged: set[str] = set()
        self._one = threading.RLock()

    @property
    def told(self) -> Since:
        """What was copied."""
        damaged = tuple(sorted(self._damaged))
        content = self._manifest.content_sha256
        return Since(self._place.name, content, self._files, self._bytes, damaged, self._note)

    def copied_vectors(
        self,
        connection: Connection,
        writer: StoreWriter,
        group: str,
        spec: ArraySpec,
        model: SnapshotModel,
        ids: Ids,
        shard: Shard,
    ) -> NDArray[np.bool_] | None:
        """Copy a shard of vectors; (n,) which rows have one.  None where it has to be read.

        ids: of all the group's rows.
        """
        assert spec.table is not None
        first, end = shard
        path = f"{group}/{spec.name}"
        same = self._are_rows(OWNERS[group], ids[first:end], first, spec)
        if not same or self._manifest.models.get(model.kind) != asdict(model):
            return None
        present = unchanged_vectors(connection, self._held, spec.table, model, ids[first:end], self._before)
        if present is None or not self._are_rows(f"{path}_mask", present, first, spec):
            return None
        with self._one:
            self._unchanged[path].append(shard)
        return present if self._copy(writer, path, first) else None

    def copied_words(
        self, connection: Connection, writer: StoreWriter, spec: ArraySpec, ids: Ids, shard: Shard
    ) -> bool:
        """Copy a shard of the panels' texts, if it can be."""
        first, end = shard
        return (
            self._are_rows(OWNERS["panels"], ids[first:end], first, spec)
            and are_panels_unchanged(connection, self._held, ids[first:end], self._before)
            and self._copy(writer, f"panels/{spec.name}", first)
        )

    def copied_runs(self, writer: StoreWriter, group: str, spec: ArraySpec, runs: Runs, first: int) -> bool:
        """Copy a shard of padded vectors, if it can be.  runs: those of the shard."""
        of = {"strips": "strips", "padded": "pages"}[group]
        low, high = runs.span
        spans = self._unchanged["panels/panel_embeddings"]
        return (
            sum(max(min(end, high) - max(start, low), 0) for start, end in spans) == high - low
            and self._are_rows(f"{of}/panel_start", runs.starts, first, spec)
            and self._are_rows(f"{of}/panel_count", runs.panels, first, spec)
            and self._copy(writer, f"{group}/{spec.name}", first)
        )

    def _are_rows(self, path: str, rows: NDArray[Any], first: int, spec: ArraySpec) -> bool:
        """Whether the earlier snapshot has these rows, and no others, where a shard of `spec` begins."""
        if self._note is not None:
            return False
        held = self._array(path)
        return held is not None and np.array_equal(held[first : first + spec.shard_rows], rows)

    def _array(self, path: str) -> NDArray[Any] | None:
        """A whole array of the earlier snapshot; None where it has none, or a damaged one."""
        with self._one:
            if path not in self._arrays:
                self._arrays[path] = self._read_array(path)
            return self._arrays[path]

    def _read_array(self, path: str) -> NDArray[Any] | None:
        store: dict[str, Buffer] = {}
        for name in self._manifest.files:
            if name.startswith(f"{path}/"):
                data = self._read(name)
                if data is None:
                    return None
                store[name] = default_buffer_prototype().buffer.from_bytes(data)
        return np.asarray(zarr.open_array(MemoryStore(store), path=path, mode="r")[:]) if store else None

    def _read(self, name: str) -> bytes | None:
        """A file of the earlier snapshot; None, and noted, where it is not as it was written."""
        try:
            with self._place.opened(name) as file:
                data = file.read()
        except OSError:
            data = b""
        if sum_of(np.frombuffer(data, np.uint8)) == self._manifest.files[name]:
            return data
        with self._one:
            self._damaged.add(name)
        return None

    def _copy(self, writer: StoreWriter, path: str, first: int) -> bool:
        """Copy the file of a shard, or of a chunk where that is one."""
        if not self._is_encoded_alike(writer, path):
            return False
        key = writer.key(path, first)
        data = self._read(key) if key in self._manifest.files else None
        if data is None:
            return False
        writer.write_bytes(key, data, self._manifest.files[key])
        with self._one:
            self._files += 1
            self._bytes += len(data)
        return True

    def _is_encoded_alike(self, writer: StoreWriter, path: str) -> bool:
        """Whether the earlier array is cut and encoded as the new one is."""
        with self._one:
            if path not in self._encoded:
                name = f"{path}/{METADATA}"
                data = self._read(name) if name in self._manifest.files else None
                self._encoded[path] = json.loads(data) if data is not None else {}
            return self._encoded[path] | {"shape": None} == writer.metadata(path) | {"shape": None}


def _why_not(manifest: Manifest, held: Moment, connection: Connection) -> str | None:
    taken = manifest.taken
    if taken.transaction is None:
        return "it does not say of which transactions it is"
    if taken.database != held.database:
        return "it is of another database"
    if not is_continuation(
        connection, held, content_sha256=manifest.content_sha256, taken_at=taken.at,
        wal_position=taken.wal_position, before=taken.transaction,
    ):  # fmt: skip
        return "this database has no record of it"
    return None
