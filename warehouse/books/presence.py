"""Which files are still there, without waiting for disks that do not answer."""

from __future__ import annotations

import os
import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from warehouse.books.stored_paths import disk_path

PATIENCE = 5.0
"""Seconds without one answer after which a disk is given up."""
THREADS_A_DISK = 8
_MOUNTS = "/proc/self/mounts"
_STEP = 0.05


@dataclass(frozen=True, slots=True)
class Presence:
    """Paths that are gone, and those of which nobody can say: no answer in time, or no right to look."""

    gone: frozenset[str]
    unknown: frozenset[str]


@dataclass
class _Disk:
    """The paths of one file system; threads take them from the end."""

    waiting: list[str]
    gone: list[str] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)
    answered: float = 0.0
    given_up: bool = False


def look_for(
    paths: Iterable[str], patience: float = PATIENCE, stat: Callable[[str], object] = os.stat
) -> Presence:
    """Ask for every path, as `stored_path` wrote it.

    Each file system is asked by threads of its own, so that one that hangs keeps nobody else from answering;
    it is given up once it has been silent for `patience` seconds.
    """
    mounts = _mount_points()
    by_mount: defaultdict[str, list[str]] = defaultdict(list)
    for path in paths:
        by_mount[_disk_of(path, mounts)].append(path)
    disks = [_Disk(waiting, unknown=set(waiting)) for waiting in by_mount.values()]
    threads = {id(disk): _asking(disk, stat) for disk in disks}
    for disk in disks:
        for thread in threads[id(disk)]:
            while thread.is_alive() and not disk.given_up:
                thread.join(_STEP)
                disk.given_up = time.monotonic() - disk.answered > patience
    return Presence(
        frozenset(path for disk in disks for path in disk.gone),
        frozenset(path for disk in disks for path in list(disk.unknown)),
    )


def _asking(disk: _Disk, stat: Callable[[str], object]) -> list[threading.Thread]:
    disk.answered = time.monotonic()
    count = min(THREADS_A_DISK, 1 + len(disk.waiting) // 100)
    threads = [threading.Thread(target=_ask, args=(disk, stat), daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    return threads


def _ask(disk: _Disk, stat: Callable[[str], object]) -> None:
    while not disk.given_up:
        try:
            path = disk.waiting.pop()
        except IndexError:
            return
        try:
            stat(os.fspath(disk_path(path)))
        except (FileNotFoundError, NotADirectoryError):
            disk.gone.append(path)
        except OSError:
            continue
        finally:
            disk.answered = time.monotonic()
        disk.unknown.discard(path)


def _disk_of(path: str, mounts: Sequence[str]) -> str:
    """The mount point a path lies under; where they are not known, the first folders of the path."""
    for mount in mounts:
        if path.startswith(mount if mount.endswith("/") else mount + "/"):
            return mount
    return "/".join(PurePath(path).parts[:4])


def _mount_points() -> list[str]:
    """The longest first; read from the kernel, which asks no disk."""
    try:
        with open(_MOUNTS, encoding="utf-8", errors="backslashreplace") as table:
            mounts = [line.split(" ")[1] for line in table]
    except OSError:
        return []
    plain = {re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), mount) for mount in mounts}
    return sorted(plain, key=len, reverse=True)
