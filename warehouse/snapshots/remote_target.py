"""A snapshot where nothing can be renamed: a mark comes first, then the chunks, what makes it whole last.

Readers find no group before all its chunks are there, and no manifest.json before all else is.  The mark says
who writes, and is renewed meanwhile: a later run removes what another one has given up, and nothing else.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass

from zarr.abc.store import Store
from zarr.core.buffer import Buffer
from zarr.storage import FsspecStore, WrapperStore

from warehouse.errors import SnapshotError
from warehouse.snapshots.local_target import is_running
from warehouse.snapshots.manifest import NAME
from warehouse.snapshots.places import Remote, driver_errors

MARK = ".unfinished.json"
RENEWED_SECONDS = 60.0
GIVEN_UP_SECONDS = 3600.0
"""Without a sign from another machine: planning a large library takes minutes before the first chunk."""

_AT_WORK: set[str] = set()
"""Tokens of the uploads of this process that go on."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes there.  at: when he last said so, seconds since the epoch."""

    token: str
    machine: str
    process: int
    at: float

    @property
    def has_given_up(self) -> bool:
        if self.token in _AT_WORK:
            return False
        if self.machine == platform.node():
            return not is_running(self.process)
        return time.time() - self.at > GIVEN_UP_SECONDS


class Upload:
    """A snapshot on its way.  store: takes chunks and metadata."""

    def __init__(self, place: Remote) -> None:
        self._place = place
        self.token = uuid.uuid4().hex
        self._one = threading.Lock()
        with driver_errors(place.name, "written"):
            self.store: Store = _Renewing(FsspecStore.from_url(place.url), self)
        self._say()
        self._renewed = -RENEWED_SECONDS  # the first chunk looks whether another run began at the same time

    @property
    def name(self) -> str:
        return self._place.name

    def renew(self) -> None:
        """Say that this run goes on.  Raises SnapshotError where another one has taken the place over."""
        with self._one:
            if time.monotonic() - self._renewed >= RENEWED_SECONDS:
                self._check()
                self._say()

    def make_folders(self, file: str) -> None:
        """The folders above a file, where the place has any; never what the URL's own lies in."""
        *folders, _ = file.split("/")
        for depth in range(len(folders) + 1):
            path = "/".join([self._place.root, *folders[:depth]])
            with suppress(FileExistsError):
                self._place.system.mkdir(path, create_parents=False)

    def seal(self, manifest: bytes) -> None:
        """Make it whole."""
        self._check()
        self._write(NAME, manifest)
        with suppress(SnapshotError, OSError), driver_errors(self.name, "written"):  # it is whole by now
            self._place.system.rm_file(self._place.path(MARK))

    def _say(self) -> None:
        writer = Writer(self.token, platform.node(), os.getpid(), time.time())
        self._write(MARK, json.dumps(asdict(writer)).encode())
        self._renewed = time.monotonic()

    def _write(self, file: str, data: bytes) -> None:
        with driver_errors(self.name, "written"):
            try:
                self._place.system.pipe_file(self._place.path(file), data)
            except FileNotFoundError:
                self.make_folders(file)
                self._place.system.pipe_file(self._place.path(file), data)

    def _check(self) -> None:
        writer = writer_at(self._place)
        if writer is None or writer.token != self.token:
            raise SnapshotError(
                f"another export has taken {self.name} over", code="snapshot-target-busy",
                remedy="name another URL",
            )  # fmt: skip

    def abandon(self) -> None:
        """Take away what was written, unless the place is another's by now."""
        writer = writer_at(self._place)
        if writer is not None and writer.token == self.token:
            _remove(self._place)


class _Renewing(WrapperStore[Store]):
    """Renews the mark as chunks go by, and says in one line what the driver could not do."""

    def __init__(self, store: Store, upload: Upload) -> None:
        super().__init__(store)
        self._upload = upload

    async def set(self, key: str, value: Buffer) -> None:
        await asyncio.to_thread(self._upload.renew)
        with driver_errors(self._upload.name, "written"):
            try:
                await super().set(key, value)
            except FileNotFoundError:
                await asyncio.to_thread(self._upload.make_folders, key)
                await super().set(key, value)


@contextmanager
def uploading(place: Remote) -> Iterator[Upload]:
    """Write a new snapshot there, when what an earlier run has given up is removed.  Raises SnapshotError."""
    _clear(place)
    upload = Upload(place)
    _AT_WORK.add(upload.token)
    try:
        yield upload
    except BaseException:
        with suppress(SnapshotError, OSError):  # what ended the run says more; the next one removes the rest
            upload.abandon()
        raise
    finally:
        _AT_WORK.discard(upload.token)


def writer_at(place: Remote) -> Writer | None:
    """Who writes a snapshot there, or has left one unfinished."""
    with driver_errors(place.name, "read"):
        try:
            return Writer(**json.loads(place.system.cat_file(place.path(MARK))))
        except FileNotFoundError:
            return None
        except (ValueError, TypeError):  # cut off where a file is not written at once
            return Writer("", "", 0, 0.0)


def _clear(place: Remote) -> None:
    """See that nothing lies there but what can be removed."""
    with driver_errors(place.name, "read"):
        place.system.invalidate_cache()
        if place.system.exists(place.path(NAME)):
            raise SnapshotError(
                f"there is a snapshot at {place.name} already, and none can be replaced there",
                code="snapshot-target-occupied",
                remedy="write to another URL, or remove that one first",
            )
    if not place.paths():
        return
    writer = writer_at(place)
    if writer is None:
        raise SnapshotError(
            f"something lies at {place.name} already and is no snapshot",
            code="snapshot-target-occupied",
            remedy="name a URL under which there is nothing",
        )
    if not writer.has_given_up:
        raise SnapshotError(
            f"process {writer.process} of {writer.machine} is writing to {place.name}",
            code="snapshot-target-busy",
            remedy="wait for it; an hour after its last sign this command takes over",
        )
    _remove(place)


def _remove(place: Remote) -> None:
    """All that lies there, the mark last."""
    mark = place.path(MARK)
    with driver_errors(place.name, "written"):
        if found := [path for path in place.paths() if path != mark]:
            place.system.rm(found)
        place.system.rm_file(mark)
        with suppress(FileNotFoundError):  # folders that hold nothing any more, where there are folders
            place.system.rm(place.root, recursive=True)
