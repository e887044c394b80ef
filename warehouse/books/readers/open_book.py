"""What every opened book offers, whatever its format."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from warehouse.books.document import DocumentInfo
from warehouse.books.entries import is_junk, name_parts
from warehouse.books.images import NormalisedPage, normalise, upright_size
from warehouse.books.limits import Limits
from warehouse.books.looking import PageLook, look
from warehouse.contracts import Direction

SIDECAR_NAMES = frozenset(
    [
        "comicinfo.xml", "metroninfo.xml", "comet.xml", "comicbox.json", "comicbox.yaml", "comicbox-cli.yaml",
        "comicbookinfo.json", "comic-book-info.json", "metadata.opf", "series.json",
    ]
)  # fmt: skip


def is_sidecar_name(name: str) -> bool:
    """Whether an entry of this name is a metadata file, and not junk."""
    parts = name_parts(name)
    return bool(parts) and parts[-1].lower() in SIDECAR_NAMES and not is_junk(name)


@dataclass(frozen=True, slots=True)
class BookWarning:
    """Something of the book that could not be read although the rest can: the book becomes 'partial'."""

    code: str
    message: str


class Sidecars(Mapping[str, bytes]):
    """Metadata files of a book by lower-case name; each is read when asked for and not kept.

    Of several files of one name the one nearest the root counts.  Reading raises BookError
    'metadata-refused' (too large) or PageError 'entry-unreadable'.
    """

    def __init__(self, names: list[str], read: Callable[[int], bytes]):
        self._places: dict[str, int] = {}
        self._read = read
        depth: dict[str, int] = {}
        for place, name in enumerate(names):
            if not is_sidecar_name(name):
                continue
            parts = name_parts(name)
            key = parts[-1].lower()
            if key not in depth or len(parts) < depth[key]:
                depth[key], self._places[key] = len(parts), place

    def __getitem__(self, name: str) -> bytes:
        return self._read(self._places[name.lower()])

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._places  # without reading it

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class OpenBook(ABC):
    """A book opened for reading; a context manager.

    format: 'zip' | 'rar' | '7z' | 'tar' | 'folder' | 'image' | 'pdf' | 'epub'.
    entries: name of each page in reading sequence, so that `entries[seq]` names page `seq` (0-based); names
    may repeat and are never paths.
    reading_direction: what the container itself says, None if it does not.
    document: metadata of the container itself, None if it has none.
    comment: the archive's comment, at most 64 KiB; ComicBookInfo lives there.
    warnings: what of the book is lost, known since it was opened; pages that fail later are not among them.
    Pages are read at random and one at a time; nothing of them is kept.
    """

    format: str
    path: Path
    limits: Limits
    entries: tuple[str, ...]
    sidecars: Mapping[str, bytes]
    reading_direction: Direction | None = None
    document: DocumentInfo | None = None
    comment: bytes = b""
    warnings: tuple[BookWarning, ...] = ()

    @abstractmethod
    def page_bytes(self, seq: int) -> bytes:
        """The page as a picture file, as it lies in the book.  Raises PageError, IndexError past the end."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the file; closing twice is harmless."""

    def page_texts(self) -> Mapping[int, tuple[str, ...]]:
        """The text of pages that the book itself has, by seq, in reading order; most books have none."""
        return {}

    def page_pixels(self, seq: int) -> NormalisedPage:
        """The page decoded and upright.  Raises PageError; IndexError beyond the book."""
        return normalise(self.page_bytes(seq), self.limits)

    def look(self, seq: int) -> PageLook:
        """What the page looks like, without its pixels.  Raises PageError; IndexError beyond the book."""
        return look(self.page_bytes(seq), self.limits)

    def page_size(self, seq: int) -> tuple[int, int]:
        """Width and height of the upright page in pixels, without decoding it.  Raises PageError."""
        return upright_size(self.page_bytes(seq), self.limits)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
