"""Which snapshots lie in a place, without asking a database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from warehouse.errors import SnapshotError
from warehouse.snapshots.manifest import Manifest
from warehouse.snapshots.places import place_of
from warehouse.snapshots.verify import open_manifest


@dataclass(frozen=True, slots=True)
class Found:
    """manifest: None for what is there but cannot be used; error: why, and what to do."""

    target: str
    manifest: Manifest | None
    error: str | None


def snapshots_in(target: str) -> Iterator[Found]:
    """The snapshot at a path or URL, or those that lie directly in it, by name.  Raises SnapshotError."""
    here = _found(target)
    if here is not None:
        yield here
        return
    start = target if target.endswith("/") else f"{target}/"
    for name in place_of(target).folders():
        found = _found(f"{start}{name}")
        if found is not None:
            yield found


def _found(target: str) -> Found | None:
    try:
        return Found(place_of(target).name, open_manifest(target), None)
    except SnapshotError as error:
        return None if error.code == "snapshot-missing" else Found(place_of(target).name, None, str(error))
