"""A Zarr store in a folder, whose large files are on the disk as soon as they are written.

An export is often larger than the system's cache: it should not push the database out of there, and the disk
should not stand idle until the end.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from zarr.core.buffer import Buffer
from zarr.storage import LocalStore

LARGE = 2**20
"""Bytes; what is smaller is synced with the folder."""


class FolderStore(LocalStore):
    """For a folder that nobody reads yet, where each file is written once."""

    async def set(self, key: str, value: Buffer) -> None:
        await asyncio.to_thread(_write, self.root / key, memoryview(value.as_buffer_like()))


def _write(path: Path, data: memoryview) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)
        if data.nbytes >= LARGE:
            file.flush()
            os.fsync(file.fileno())
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
