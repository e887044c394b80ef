"""A folder of pictures as one book."""

from __future__ import annotations

import os
from pathlib import Path

from warehouse.books.entries import is_junk_part, is_page_name, reading_key
from warehouse.books.limits import Limits
from warehouse.books.readers.open_book import OpenBook, Sidecars
from warehouse.errors import BookError, PageError


class FolderBook(OpenBook):
    """The pictures lying directly in a folder, in natural order.  Sub-folders are books of their own."""

    format = "folder"

    def __init__(self, path: Path, limits: Limits):
        self.path, self.limits = path, limits
        names = _file_names(path)
        if len(names) > limits.entries:
            raise BookError(
                f"{len(names)} files in {path}, at most {limits.entries} are read", code="archive-too-large"
            )
        self._pages = sorted((name for name in names if is_page_name(name)), key=reading_key)
        if not self._pages:
            raise BookError(f"no pictures in {path}", code="no-pages")
        self.entries = tuple(_printable(name) for name in self._pages)
        self.sidecars = Sidecars(names, lambda place: self._sidecar(names[place]))

    def page_bytes(self, seq: int) -> bytes:
        name = self._pages[seq]
        data = _read_file(self.path / name, self.limits.entry_bytes)
        if data is None:
            raise PageError(
                f"{_printable(name)!r} in {self.path} has more than {self.limits.entry_bytes} bytes",
                code="image-too-large",
            )
        return data

    def close(self) -> None:
        """Nothing is kept open."""

    def _sidecar(self, name: str) -> bytes:
        try:
            data = _read_file(self.path / name, self.limits.metadata_bytes)
        except PageError as fault:
            raise BookError(str(fault), code="metadata-unreadable") from fault
        if data is None:
            raise BookError(
                f"{name} in {self.path} has more than {self.limits.metadata_bytes} bytes",
                code="metadata-refused",
            )
        return data


def _file_names(path: Path) -> list[str]:
    try:
        return [name for name in os.listdir(path) if not is_junk_part(name) and (path / name).is_file()]
    except OSError as fault:
        raise BookError(f"cannot read {path}: {fault}", code="path-unreadable") from fault


def _read_file(path: Path, at_most: int) -> bytes | None:
    """The bytes of a file, None if there are more than at_most."""
    try:
        with open(path, "rb") as file:
            data = file.read(at_most + 1)
    except OSError as fault:
        raise PageError(f"cannot read {path}: {fault}", code="entry-unreadable") from fault
    return data if len(data) <= at_most else None


def _printable(name: str) -> str:
    """File names are bytes; those that are no UTF-8 get replacement characters."""
    return os.fsencode(name).decode("utf-8", "replace")
