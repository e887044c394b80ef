"""What the books without random access share: every page unpacked once, then read from the spool."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path

from warehouse.books.entries import is_page_name, reading_key
from warehouse.books.limits import Limits
from warehouse.books.readers.contents import require_pages
from warehouse.books.readers.open_book import OpenBook, Sidecars, is_sidecar_name
from warehouse.books.readers.page_spool import PageSpool
from warehouse.errors import BookError, PageError


class SpooledBook(OpenBook):
    """A book read from a spool.  A subclass unpacks in `_unpack`; keys are places in the archive's order."""

    def __init__(self, path: Path, limits: Limits):
        self.path, self.limits = path, limits
        self._spool = PageSpool(path, limits)
        try:
            names = self._unpack()
            pages = [key for key, name in names.items() if is_page_name(name)]
            require_pages(path, len(pages), names.values(), self.warnings)
        except BaseException:
            self.close()
            raise
        self._pages = sorted(pages, key=lambda key: reading_key(names[key]))
        self.entries = tuple(names[key] for key in self._pages)
        keys = list(names)
        self.sidecars = Sidecars([names[key] for key in keys], lambda place: self._sidecar(keys[place]))

    def page_bytes(self, seq: int) -> bytes:
        return self._read(self._pages[seq])

    def close(self) -> None:
        self._spool.close()

    def _read(self, key: int) -> bytes:
        return self._spool.read(key)

    @abstractmethod
    def _unpack(self) -> dict[int, str]:
        """Unpack pages and sidecars into the spool; the names of all files by key.  Raises BookError."""

    def _sidecar(self, key: int) -> bytes:
        try:
            data = self._read(key)
        except PageError as fault:
            code = "metadata-refused" if fault.code == "image-too-large" else "metadata-unreadable"
            raise BookError(str(fault), code=code) from fault
        if len(data) > self.limits.metadata_bytes:
            raise BookError(
                f"a metadata file in {self.path} has {len(data)} bytes, over {self.limits.metadata_bytes}",
                code="metadata-refused",
            )
        return data


def is_wanted(name: str) -> bool:
    """Whether an entry is unpacked: a page, or metadata."""
    return is_page_name(name) or is_sidecar_name(name)
