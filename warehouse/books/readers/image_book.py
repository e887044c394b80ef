"""A single picture file as a book of one page."""

from __future__ import annotations

from pathlib import Path

from warehouse.books.limits import Limits
from warehouse.books.readers.open_book import OpenBook
from warehouse.errors import BookError, PageError


class ImageBook(OpenBook):
    """One picture, one page.  One that cannot be read is a book that cannot be read, with the page's code."""

    format = "image"

    def __init__(self, path: Path, limits: Limits):
        self.path, self.limits = path, limits
        self.entries = (path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"),)
        self.sidecars = {}
        try:
            self.page_size(0)
        except PageError as fault:
            raise BookError(f"the picture {path} cannot be read: {fault}", code=fault.code) from fault

    def page_bytes(self, seq: int) -> bytes:
        self.entries[seq]  # beyond the book: IndexError, as in every other format
        try:
            with open(self.path, "rb") as file:
                data = file.read(self.limits.entry_bytes + 1)
        except OSError as fault:
            raise PageError(f"cannot read {self.path}: {fault}", code="entry-unreadable") from fault
        if len(data) > self.limits.entry_bytes:
            raise PageError(
                f"{self.path} has more than {self.limits.entry_bytes} bytes", code="image-too-large"
            )
        return data

    def close(self) -> None:
        """Nothing is kept open."""
