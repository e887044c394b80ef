"""CBZ and any other zip of pictures."""

from __future__ import annotations

from pathlib import Path

from warehouse.books.entries import is_page_name, reading_key
from warehouse.books.limits import Limits
from warehouse.books.readers.contents import not_followed, require_pages
from warehouse.books.readers.open_book import OpenBook, Sidecars
from warehouse.books.zip_archive import ZipArchive
from warehouse.errors import BookError, PageError


class ZipBook(OpenBook):
    """A zip: its pictures in natural order of their full names."""

    format = "zip"

    def __init__(self, path: Path, limits: Limits):
        self.path, self.limits = path, limits
        self._archive = ZipArchive(path, limits)
        files = self._archive.files
        named = [entry for entry in files if is_page_name(entry.filename)]
        pages = [entry for entry in named if not entry.is_link]
        links = [entry.filename for entry in named if entry.is_link]
        self._pages = sorted(pages, key=lambda entry: reading_key(entry.filename))
        self.entries = tuple(entry.filename for entry in self._pages)
        self.sidecars = Sidecars([entry.filename for entry in files], self._sidecar)
        self.comment = self._archive.comment
        self.warnings = (*not_followed(path, links), *self._archive.warnings)
        try:
            self._archive.require_readable(self._pages)
            require_pages(path, len(pages), [entry.filename for entry in files], self.warnings)
        except BookError:
            self.close()
            raise

    def page_bytes(self, seq: int) -> bytes:
        return self._archive.read(self._pages[seq], self.limits.entry_bytes)

    def close(self) -> None:
        self._archive.close()

    def _sidecar(self, place: int) -> bytes:
        return read_sidecar(self._archive, place)


def read_sidecar(archive: ZipArchive, place: int) -> bytes:
    """The bytes of a metadata file.  Raises BookError 'metadata-refused' if it is too large."""
    try:
        return archive.read(archive.files[place], archive.limits.metadata_bytes)
    except PageError as fault:
        code = "metadata-refused" if fault.code == "image-too-large" else "metadata-unreadable"
        raise BookError(str(fault), code=code) from fault
