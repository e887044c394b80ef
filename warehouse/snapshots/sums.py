"""A Zarr store that notes the checksum of everything written into it."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass

from zarr.abc.store import Store
from zarr.core.buffer import Buffer
from zarr.storage import WrapperStore


@dataclass(frozen=True, slots=True)
class FileSum:
    """One file of a store: its size, and the SHA-256 of its bytes."""

    bytes: int
    sha256: str


class SummedStore(WrapperStore[Store]):
    """Writes into another store.  files: what was written, by key.

    Every chunk is written once: a second writer of one shard would lose what the first one wrote.
    """

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.files: dict[str, FileSum] = {}

    async def set(self, key: str, value: Buffer) -> None:
        if key in self.files and not key.endswith("zarr.json"):
            raise RuntimeError(f"shard {key} was written twice")
        data = value.to_bytes()
        sha256 = await asyncio.to_thread(lambda: hashlib.sha256(data).hexdigest())
        self.files[key] = FileSum(len(data), sha256)
        await super().set(key, value)
