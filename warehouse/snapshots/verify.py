"""Is a snapshot what was written: every file against its checksum, and the counts against a database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from warehouse.errors import SnapshotError
from warehouse.records import SnapshotRecord
from warehouse.snapshots.manifest import NAME, Manifest, read_manifest
from warehouse.snapshots.places import Place, Remote, place_of
from warehouse.snapshots.remote_target import MARK, writer_at

AT_ONCE = 8 * 2**20


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was written.  file: its name inside the store."""

    file: str
    what: str


def open_manifest(target: str | Path) -> Manifest:
    """The manifest of the snapshot at a path or URL.  Raises SnapshotError."""
    place = place_of(target)
    try:
        with place.opened(NAME) as file:
            return read_manifest(file.read(), str(target))
    except OSError as error:
        raise _missing(place) from error


def verify_files(target: str | Path, manifest: Manifest) -> Iterator[Fault]:
    """Read every file again: missing, cut, changed, and files that were never written."""
    place = place_of(target)
    for name, file in manifest.files.items():
        try:
            size, sha256 = _sum(place, name)
        except OSError as error:
            yield Fault(name, f"cannot be read ({error.strerror or 'it is not there'})")
            continue
        if size != file.bytes:
            yield Fault(name, f"has {size:,} bytes, not {file.bytes:,}")
        elif sha256 != file.sha256:
            yield Fault(name, "has other bytes than were written")
    written = {*manifest.files, NAME, MARK}
    for name in place.files():
        if name not in written:
            yield Fault(name, "was not written by the export")


def verify_record(manifest: Manifest, records: Sequence[SnapshotRecord]) -> Iterator[Fault]:
    """Hold the counts against what the database kept when it was exported; nothing where it kept nothing."""
    taken = datetime.fromisoformat(manifest.taken.at)
    for record in records:
        if record.taken_at == taken and record.wal_position == manifest.taken.wal_position:
            kept = {"pages": record.pages, "panels": record.panels, "strips": record.strips}
            for name, count in kept.items():
                if manifest.counts[name] != count:
                    what = f"counts {manifest.counts[name]:,} {name}, the database kept {count:,}"
                    yield Fault(NAME, what)
            if record.content_sha256 != manifest.content_sha256:
                yield Fault(NAME, "tells of other contents than the database kept")


def _sum(place: Place, name: str) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with place.opened(name) as file:
        while part := file.read(AT_ONCE):
            digest.update(part)
            size += len(part)
    return size, digest.hexdigest()


def _missing(place: Place) -> SnapshotError:
    if isinstance(place, Remote) and (writer := writer_at(place)) is not None:
        return SnapshotError(
            f"{place.name} is not finished: process {writer.process} of {writer.machine} began it",
            code="snapshot-unfinished",
            remedy="wait for it, or export to the same URL again, which removes what was given up",
        )
    return SnapshotError(
        f"{place.name} is no snapshot (no {NAME} in it)",
        code="snapshot-missing",
        remedy="name the folder or URL that 'warehouse snapshot export' wrote",
    )
