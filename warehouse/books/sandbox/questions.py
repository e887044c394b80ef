"""What a child answers with, besides the dataclasses of the books room.

Requests are ('open', path, limits), ('metadata',), ('texts',), ('look', seq), ('pixels', seq) and ('close',).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Opened:
    """A book that could be opened: its format, and the names of its pages in reading sequence."""

    format: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PixelsHeader:
    """Comes before a frame of height x width x 3 bytes; see `images.NormalisedPage`."""

    width: int
    height: int
    source_mode: str
    md5: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """An error.  kind: 'book' | 'page' | 'any' (whichever was asked for)."""

    kind: str
    code: str
    message: str
