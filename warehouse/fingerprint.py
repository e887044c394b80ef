"""What a vector was made from, as one 128-bit value."""

from __future__ import annotations

import hashlib
from uuid import UUID

SPACES = " \t\n\r\f\v"
"""Text of nothing else has no vector."""


def input_hash(*parts: object) -> UUID:
    """The first half of the SHA-256 of the parts' text, each set apart by its length in bytes.

    No two lists of parts collide.  sql/functions/input_hash.sql computes the same, and the view vector_inputs
    says which parts: so a vector whose input has changed is found by a query.
    """
    data = b"".join(_part(str(part).encode()) for part in parts)
    return UUID(bytes=hashlib.sha256(data).digest()[:16])


def _part(data: bytes) -> bytes:
    return b"%d:%s" % (len(data), data)
