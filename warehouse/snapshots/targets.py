"""A new snapshot in any place: whole there in the end, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from zarr.abc.store import Store

from warehouse.snapshots.folder_store import FolderStore
from warehouse.snapshots.local_target import unfinished
from warehouse.snapshots.manifest import NAME
from warehouse.snapshots.places import Folder, Place
from warehouse.snapshots.remote_target import uploading


@dataclass(frozen=True, slots=True)
class NewSnapshot:
    """store: takes chunks and metadata.  seal: takes the bytes of the manifest, after all else is written."""

    store: Store
    seal: Callable[[bytes], object]


@contextmanager
def new_snapshot(place: Place) -> Iterator[NewSnapshot]:
    """A store to write a snapshot into; nothing is left of it when the block ends in an error.

    Raises SnapshotError.
    """
    if isinstance(place, Folder):
        with unfinished(place.path) as folder:
            yield NewSnapshot(FolderStore(folder), (folder / NAME).write_bytes)
    else:
        with uploading(place) as upload:
            yield NewSnapshot(upload.store, upload.seal)
