"""manifest.json: what a snapshot shows, and the checksum of everything in it."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from warehouse import __version__
from warehouse.database.snapshot_session import Moment, SnapshotModel
from warehouse.errors import SnapshotError
from warehouse.snapshots.request import SnapshotRequest
from warehouse.snapshots.sums import FileSum

NAME = "manifest.json"
FORMAT = "comic-warehouse-snapshot"
LAYOUT = 1


@dataclass(frozen=True, slots=True)
class Since:
    """What was copied from an earlier snapshot.  damaged: its files that are not as they were written.

    note: why nothing could be copied.
    """

    target: str
    content_sha256: str
    files: int
    bytes: int
    damaged: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """When, of what, and how.  All else in a manifest is equal for equal contents.

    database: the server's system identifier.  transaction: the oldest that was open, all before it were over.
    """

    at: str
    wal_position: str
    database: str
    transaction: int | None = None
    since: Since | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """options: as asked for.  models: by kind.  counts: rows of groups, pages of splits.

    arrays: SHA-256 of each, over the checksums of its files.  files: by name inside the store.
    """

    taken: Taken
    options: Mapping[str, Any]
    models: Mapping[str, Mapping[str, Any]]
    counts: Mapping[str, int]
    arrays: Mapping[str, str]
    files: Mapping[str, FileSum]
    code: str = __version__

    @property
    def content_sha256(self) -> str:
        """Over everything but when it was taken."""
        return _sha256({**_document(self), "taken": None})

    @property
    def bytes(self) -> int:
        return sum(file.bytes for file in self.files.values())


def make_manifest(
    held: Moment,
    request: SnapshotRequest,
    models: Mapping[str, SnapshotModel],
    counts: Mapping[str, int],
    files: Mapping[str, FileSum],
    since: Since | None = None,
) -> Manifest:
    """The manifest of files that were written."""
    ordered = {name: files[name] for name in sorted(files)}
    options = json.loads(json.dumps(asdict(replace(request, models=()))))
    del options["models"]
    return Manifest(
        Taken(held.at.isoformat(), held.wal_position, held.database, held.oldest_transaction, since),
        options,
        {kind: asdict(model) for kind, model in sorted(models.items())},
        dict(sorted(counts.items())),
        {path: _sha256(sums) for path, sums in _arrays(ordered)},
        ordered,
    )


def manifest_bytes(manifest: Manifest) -> bytes:
    document = _document(manifest) | {"content_sha256": manifest.content_sha256}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def read_manifest(data: bytes, where: str) -> Manifest:
    """The manifest in these bytes.  Raises SnapshotError."""
    try:
        document = json.loads(data)
        manifest = Manifest(
            _taken(document["taken"]),
            document["options"],
            document["models"],
            document["counts"],
            document["arrays"],
            {name: FileSum(**sums) for name, sums in document["files"].items()},
            document["code"],
        )
        known = document["format"] == FORMAT and document["layout"] == LAYOUT
        intact = document["content_sha256"] == manifest.content_sha256
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SnapshotError(
            f"{where}/{NAME} is no manifest of a snapshot ({error})",
            code="snapshot-damaged",
            remedy="export it again",
        ) from error
    if not known:
        raise SnapshotError(
            f"{where} is a snapshot of another layout", code="snapshot-unknown", remedy="export it again"
        )
    if not intact:
        raise SnapshotError(
            f"{where}/{NAME} was changed after it was written", code="snapshot-damaged",
            remedy="export it again",
        )  # fmt: skip
    return manifest


def _taken(document: dict[str, Any]) -> Taken:
    since = document.get("since")
    if since is not None:
        since = Since(**since | {"damaged": tuple(since["damaged"])})
    return Taken(**document | {"since": since})


def _arrays(files: Mapping[str, FileSum]) -> Iterator[tuple[str, dict[str, str]]]:
    """Every array with the checksums of its files."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for name, file in files.items():
        group, _, rest = name.partition("/")
        array, _, inside = rest.partition("/")
        if inside:
            found[f"{group}/{array}"][inside] = file.sha256
    yield from found.items()


def _document(manifest: Manifest) -> dict[str, Any]:
    return {"format": FORMAT, "layout": LAYOUT, **asdict(manifest)}


def _sha256(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
