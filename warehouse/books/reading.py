"""Opening a book: the one door from a path to pages in order.

with open_book(path) as book:
    for seq, entry in enumerate(book.entries):
        page = book.page_pixels(seq)
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from warehouse.books.formats import COMPRESSIONS, sniff
from warehouse.books.images import NormalisedPage
from warehouse.books.limits import Limits
from warehouse.books.readers.epub_book import EpubBook
from warehouse.books.readers.folder_book import FolderBook
from warehouse.books.readers.image_book import ImageBook
from warehouse.books.readers.open_book import OpenBook, Sidecars
from warehouse.books.readers.pdf_book import PdfBook
from warehouse.books.readers.rar_book import RarBook
from warehouse.books.readers.seven_zip_book import SevenZipBook
from warehouse.books.readers.tar_book import open_tar
from warehouse.books.readers.zip_book import ZipBook
from warehouse.errors import BookError

__all__ = ["READERS", "Limits", "NormalisedPage", "OpenBook", "Sidecars", "open_book"]

READERS: dict[str, Callable[[Path, Limits], OpenBook]] = {
    "zip": ZipBook,
    "rar": RarBook,
    "7z": SevenZipBook,
    "tar": open_tar,
    "folder": FolderBook,
    "image": ImageBook,
    "pdf": PdfBook,
    "epub": EpubBook,
}
"""The reader of each format that `formats.sniff` names."""


def open_book(path: Path | str, limits: Limits | None = None) -> OpenBook:
    """Open a book by what it holds, read-only.

    Raises BookError: 'path-missing', 'path-unreadable', 'file-empty', 'not-an-archive', 'format-unsupported',
    'archive-broken', 'archive-encrypted', 'archive-multi-volume', 'archive-too-large', 'reader-missing',
    'compression-unsupported', 'spool-full', 'no-pages', 'pdf-broken', 'epub-broken', 'epub-text', or that
    of its page where the book is a single picture.
    """
    place = Path(path)
    found = sniff(place)
    reader = READERS.get(found)
    if reader is not None:
        return reader(place, limits or Limits())
    if found == "unknown":
        raise BookError(f"not a book of any known format: {place}", code="not-an-archive")
    if found in COMPRESSIONS:
        raise BookError(
            f"a {found} file that holds no tar: {place}", code="format-unsupported", remedy="unpack it first"
        )
    raise BookError(
        f"books of format {found} are not read: {place}",
        code="format-unsupported",
        remedy="convert it to CBZ",
    )
