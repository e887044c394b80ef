"""A Zarr store that notes the checksum of everything written, and shows nothing before all is there."""

from __future__ import annotations

import asyncio
import hashlib
import json
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from zarr.abc.store import ByteRequest, Store
from zarr.core.buffer import Buffer, BufferPrototype, default_buffer_prototype
from zarr.core.sync import sync
from zarr.storage import WrapperStore

METADATA = "zarr.json"


@dataclass(frozen=True, slots=True)
class FileSum:
    """One file of a store: its size, and the SHA-256 of its bytes."""

    bytes: int
    sha256: str


class SummedStore(WrapperStore[Store]):
    """Writes into another store.  files: what was written, by key.

    Every chunk is written once: a second writer of one shard would lose what the first one wrote.
    Metadata stays here until `finish`: nobody finds an array whose chunks are not all there.
    """

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.files: dict[str, FileSum] = {}
        self._metadata: dict[str, bytes] = {}

    async def get(
        self, key: str, prototype: BufferPrototype, byte_range: ByteRequest | None = None
    ) -> Buffer | None:
        if key in self._metadata:
            return prototype.buffer.from_bytes(self._metadata[key])
        return await super().get(key, prototype, byte_range)

    async def exists(self, key: str) -> bool:
        return key in self._metadata or await super().exists(key)

    async def set(self, key: str, value: Buffer) -> None:
        if key.rpartition("/")[2] == METADATA:
            self._metadata[key] = value.to_bytes()
            return
        await self._write(key, value, await asyncio.to_thread(sum_of, value.as_numpy_array()))

    def put(self, key: str, data: NDArray[np.uint8], file: FileSum | None = None) -> None:
        """Write a file in one piece, summed by the thread that asks for it, unless its sum is known."""
        buffer = default_buffer_prototype().buffer.from_array_like(data)
        sync(self._write(key, buffer, file or sum_of(data)))

    def metadata(self, path: str) -> dict[str, Any]:
        """That of an array or a group."""
        return json.loads(self._metadata[f"{path}/{METADATA}"])

    async def set_if_not_exists(self, key: str, value: Buffer) -> None:
        if not await self.exists(key):
            await self.set(key, value)

    def finish(self) -> None:
        """Write the metadata: of arrays, then of groups with that of all inside them, the root last."""
        consolidated = _consolidated({key: json.loads(data) for key, data in self._metadata.items()})
        for key in sorted(consolidated, key=lambda key: (-key.count("/"), key)):
            data = json.dumps(consolidated[key], indent=1).encode()
            self.put(key, np.frombuffer(data, np.uint8))

    async def _write(self, key: str, value: Buffer, file: FileSum) -> None:
        if key in self.files:
            raise RuntimeError(f"{key} was written twice")
        self.files[key] = file
        await super().set(key, value)


def sum_of(data: NDArray[np.generic]) -> FileSum:
    """The size and checksum of these bytes."""
    return FileSum(data.nbytes, hashlib.sha256(data.data).hexdigest())


def _consolidated(metadata: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Every group's metadata with that of all that lies in it, so that nobody has to list it."""
    done = dict(metadata)
    for key, document in metadata.items():
        if document["node_type"] == "group":
            place = key.removesuffix(METADATA)
            inside = {
                other.removeprefix(place).removesuffix(f"/{METADATA}"): _listed(found)
                for other, found in sorted(metadata.items())
                if other.startswith(place) and other != key
            }
            done[key] = document | {"consolidated_metadata": _inline(inside)}
    return done


def _listed(document: dict[str, Any]) -> dict[str, Any]:
    return document | {"consolidated_metadata": _inline({})} if document["node_type"] == "group" else document


def _inline(metadata: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "inline", "must_understand": False, "metadata": metadata}
