"""Is a snapshot what was written: every file against its checksum, and the counts against a database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import SnapshotError
from warehouse.snapshots.manifest import NAME, Manifest, read_manifest

AT_ONCE = 8 * 2**20


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was written.  file: its name inside the store."""

    file: str
    what: str


def open_manifest(target: Path) -> Manifest:
    """The manifest of the snapshot in a folder.  Raises SnapshotError."""
    try:
        data = (target / NAME).read_bytes()
    except OSError as error:
        raise SnapshotError(
            f"{target} is no snapshot (no {NAME} in it)",
            code="snapshot-missing",
            remedy="name the folder that 'warehouse snapshot export' wrote",
        ) from error
    return read_manifest(data, str(target))


def verify_files(target: Path, manifest: Manifest) -> Iterator[Fault]:
    """Read every file again: missing, cut, changed, and files that were never written."""
    for name, file in manifest.files.items():
        path = target / name
        try:
            size, sha256 = _sum(path)
        except OSError as error:
            yield Fault(name, f"cannot be read ({error.strerror})")
            continue
        if size != file.bytes:
            yield Fault(name, f"has {size:,} bytes, not {file.bytes:,}")
        elif sha256 != file.sha256:
            yield Fault(name, "has other bytes than were written")
    written = {*manifest.files, NAME}
    for path in sorted(target.rglob("*")):
        name = path.relative_to(target).as_posix()
        if not path.is_dir() and name not in written:
            yield Fault(name, "was not written by the export")


def _sum(path: Path) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with open(path, "rb") as file:
        while part := file.read(AT_ONCE):
            digest.update(part)
            size += len(part)
    return size, digest.hexdigest()
