"""A folder that appears whole: written beside, synced, then put in place by one rename.

Where a snapshot lies there already the two change places at once, and the old one is removed after that.
"""

from __future__ import annotations

import ctypes
import errno
import itertools
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.errors import SnapshotError
from warehouse.snapshots.manifest import NAME

_AT_FDCWD, _RENAME_EXCHANGE, _RENAME_SWAP = -100, 2, 2
MARK = ".unfinished-"
_NUMBERS = itertools.count(1)
_AT_WORK: set[Path] = set()
"""Folders that this process writes into now."""


@contextmanager
def unfinished(target: Path) -> Iterator[Path]:
    """A new folder beside the target to write into; it becomes the target when the block ends well.

    What earlier runs that were killed have left is removed.  Raises SnapshotError.
    """
    target = target.absolute()
    check_replaceable(target)
    _remove_leftovers(target)
    place = target.with_name(f".{target.name}{MARK}{os.getpid()}-{next(_NUMBERS)}")
    _AT_WORK.add(place)
    try:
        place.mkdir(parents=True)
        yield place
        _sync_tree(place)
        _put_in_place(place, target)
    except OSError as error:
        raise _not_written(target, error) from error
    finally:
        shutil.rmtree(place, ignore_errors=True)
        _AT_WORK.discard(place)


def check_replaceable(target: Path) -> None:
    """Refuse to put a snapshot where something else lies.  Raises SnapshotError."""
    if not os.path.lexists(target) or (target.is_dir() and not any(target.iterdir())):
        return
    if not (target / NAME).is_file():
        raise SnapshotError(
            f"{target} is there already and is no snapshot",
            code="snapshot-target-occupied",
            remedy="name a folder that does not exist yet",
        )


def _remove_leftovers(target: Path) -> None:
    for found in target.parent.glob(f".{_escaped(target.name)}{MARK}*"):
        pid = found.name.rpartition(MARK)[2].partition("-")[0]
        if found not in _AT_WORK and not (pid.isdecimal() and is_running(int(pid))):
            shutil.rmtree(found, ignore_errors=True)


def _escaped(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def is_running(pid: int) -> bool:
    """Whether another process of this machine has this number."""
    if pid == os.getpid():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _sync_tree(place: Path) -> None:
    for folder, _, names in os.walk(place):
        for name in (*names, "."):
            _sync(Path(folder, name))


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _put_in_place(place: Path, target: Path) -> None:
    if os.path.lexists(target) and (target / NAME).is_file():
        _exchange(place, target)
    else:
        os.rename(place, target)
    _sync(target.parent)


def _exchange(one: Path, other: Path) -> None:
    """Let two folders change places at once."""
    system = ctypes.CDLL(None, use_errno=True)
    paths = os.fsencode(one), os.fsencode(other)
    if hasattr(system, "renameat2"):
        failed = system.renameat2(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE)
    elif hasattr(system, "renamex_np"):
        failed = system.renamex_np(*paths, _RENAME_SWAP)
    else:
        raise OSError(errno.ENOTSUP, "this system cannot exchange two folders")
    if failed:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _not_written(target: Path, error: OSError) -> SnapshotError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return SnapshotError(
            f"{target} was not written: the disk is full",
            code="snapshot-disk-full",
            remedy="free some space or choose another place; nothing was left there",
        )
    return SnapshotError(
        f"{target} was not written ({error.strerror or error})",
        code="snapshot-not-written",
        remedy="choose another place; what was there before is as it was",
    )
