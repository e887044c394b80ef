"""What a vector was made from, as one 128-bit value."""

from __future__ import annotations

import hashlib
from uuid import UUID


def input_hash(*parts: object) -> UUID:
    """BLAKE2b over the parts' text, each set apart by its length, so that no two lists of parts collide."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = str(part).encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    return UUID(bytes=digest.digest())
