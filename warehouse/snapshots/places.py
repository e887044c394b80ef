"""Where a snapshot lies or is to lie: a folder, or a URL of any file system that fsspec knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Literal

import fsspec
from fsspec.implementations.local import LocalFileSystem

from warehouse.errors import SnapshotError, WarehouseError

_PROTOCOL = re.compile(r"([a-z][a-z0-9+.-]*)(://|::)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of this machine."""

    path: Path

    @property
    def name(self) -> str:
        return str(self.path.absolute())

    def opened(self, file: str) -> BinaryIO:
        """One file for reading.  Raises OSError."""
        return open(self.path / file, "rb")

    def files(self) -> Iterator[str]:
        """The names of all files in it."""
        for path in sorted(self.path.rglob("*")):
            if not path.is_dir():
                yield path.relative_to(self.path).as_posix()

    def folders(self) -> list[str]:
        """The names of the folders directly in it, but for hidden ones: an export's, before it is whole."""
        found = self.path.iterdir() if self.path.is_dir() else ()
        return sorted(path.name for path in found if path.is_dir() and not path.name.startswith("."))


@dataclass(frozen=True, slots=True)
class Remote:
    """Names that begin alike in an object store, or a folder elsewhere.  root: as the driver names it."""

    url: str
    system: Any
    root: str

    @property
    def name(self) -> str:
        """The URL without passwords."""
        return _public(self.url)

    def opened(self, file: str) -> BinaryIO:
        """One file for reading.  Raises OSError, or SnapshotError if the place cannot be used."""
        with driver_errors(self.name, "read"):
            return BytesIO(self.system.cat_file(self.path(file)))

    def files(self) -> Iterator[str]:
        """The names of all files in it."""
        start = f"{self.root}/"
        yield from (path.removeprefix(start) for path in self.paths() if path not in (start, self.root))

    def paths(self) -> list[str]:
        """All that lies there, as the driver names it: the one file, if the place is one."""
        with driver_errors(self.name, "read"), suppress(FileNotFoundError):
            self.system.invalidate_cache()
            return sorted(self.system.find(self.root))
        return []

    def folders(self) -> list[str]:
        """The names of what looks like a folder directly in it."""
        with driver_errors(self.name, "read"), suppress(FileNotFoundError):
            self.system.invalidate_cache()
            found = self.system.ls(self.root, detail=True)
            return sorted(
                entry["name"].rstrip("/").rpartition("/")[2]
                for entry in found
                if entry["type"] == "directory"
            )
        return []

    def path(self, file: str) -> str:
        """A file's name as the driver takes it."""
        return f"{self.root}/{file}"


Place = Folder | Remote


def place_of(target: str | Path) -> Place:
    """The place that a path or a URL names; `file://` is a folder.  Raises SnapshotError."""
    match = _PROTOCOL.match(str(target)) if isinstance(target, str) else None
    if match is None:
        return Folder(Path(target))
    url, protocol = match[0] + str(target)[match.end() :].rstrip("/"), match[1].lower()
    if protocol in LocalFileSystem.protocol:
        return Folder(Path(LocalFileSystem._strip_protocol(url)))
    with driver_errors(_public(url), "read"):
        system, root = _driver(url, protocol)
    return Remote(url, system, root.rstrip("/"))


@contextmanager
def driver_errors(name: str, done: Literal["read", "written"]) -> Iterator[None]:
    """Say in one line what a driver could not do.  That a file to be read is not there stays an OSError."""
    try:
        yield
    except WarehouseError:
        raise
    except Exception as error:  # every driver has errors of its own, of no common kind
        if done == "read" and isinstance(error, FileNotFoundError):
            raise
        said = str(error).strip().splitlines() or [type(error).__name__]
        raise SnapshotError(
            f"{name} cannot be {done} ({said[0]})",
            code=f"snapshot-not-{done}",
            remedy="see that the place is there and that you may use it",
        ) from error


def _driver(url: str, protocol: str) -> tuple[Any, str]:
    try:
        return fsspec.url_to_fs(url)
    except ImportError as error:
        raise SnapshotError(
            f"there is no driver for {protocol}:// here", code="snapshot-driver-missing", remedy=str(error)
        ) from error
    except ValueError as error:
        raise SnapshotError(
            f"{_public(url)} cannot be used ({error})",
            code="snapshot-driver-missing",
            remedy="name a folder, or a URL that fsspec knows: s3://, gs://, az://, sftp:// and others",
        ) from error


def _public(url: str) -> str:
    """Without a password."""
    return re.sub(r"//[^/@]*@", "//", url)
