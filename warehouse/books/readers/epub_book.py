"""Comics as EPUB: one picture a page document, in the order of the spine."""

from __future__ import annotations

from pathlib import Path

from warehouse.books.formats import CONTAINER
from warehouse.books.limits import Limits
from warehouse.books.readers.epub_package import (
    EpubPackage,
    SpineItem,
    package_name,
    parse_package,
    pictures_shown,
    resolve,
)
from warehouse.books.readers.epub_text import ShownText, page_texts, texts_shown
from warehouse.books.readers.open_book import OpenBook, Sidecars
from warehouse.books.readers.zip_book import read_sidecar
from warehouse.books.zip_archive import ZipArchive
from warehouse.errors import BookError, PageError

TEXT_LETTERS_PER_PAGE = 400


class EpubBook(OpenBook):
    """An EPUB whose pages are pictures; one that is a text is refused with 'epub-text'."""

    format = "epub"

    def __init__(self, path: Path, limits: Limits):
        self.path, self.limits = path, limits
        self._archive = ZipArchive(path, limits)
        try:
            self._files = {entry.filename: entry for entry in self._archive.files}
            package = self._package()
            self.entries = self._picture_names(package)
            self._refuse_encrypted()
        except BookError:
            self.close()
            raise
        self._spine = package.spine
        self.reading_direction = package.direction
        self.document = package.info
        self.warnings = self._archive.warnings
        names = [entry.filename for entry in self._archive.files]
        self.sidecars = Sidecars(names, lambda place: read_sidecar(self._archive, place))

    def page_bytes(self, seq: int) -> bytes:
        name = self.entries[seq]
        if name not in self._files:
            raise PageError(f"{self.path} has no {name!r}, which its pages show", code="entry-unreadable")
        return self._archive.read(self._files[name], self.limits.entry_bytes)

    def page_texts(self) -> dict[int, tuple[str, ...]]:
        shown: list[ShownText] = []
        for item in self._spine:
            if item.is_image:
                shown.append(ShownText())
            else:
                shown += self._texts_of(item)
        return page_texts(shown)

    def close(self) -> None:
        self._archive.close()

    def _package(self) -> EpubPackage:
        name = package_name(self._part(CONTAINER))
        return parse_package(self._part(name), name)

    def _part(self, name: str) -> bytes:
        """A part the EPUB cannot do without."""
        if name not in self._files:
            raise BookError(
                f"the EPUB {self.path} lacks {name!r}", code="epub-broken", remedy="get the book again"
            )
        try:
            return self._archive.read(self._files[name], self.limits.metadata_bytes)
        except PageError as fault:
            raise BookError(str(fault), code="epub-broken") from fault

    def _picture_names(self, package: EpubPackage) -> tuple[str, ...]:
        """The pictures in reading sequence; documents without one (a colophon) are passed over."""
        names: list[str] = []
        letters = 0
        for item in package.spine:
            shown, count = ([item.name], 0) if item.is_image else self._shown(item)
            names += dict.fromkeys(shown)
            letters += count
        if len(names) > self.limits.entries:
            raise BookError(
                f"{len(names)} pages in {self.path}, at most {self.limits.entries} are read",
                code="archive-too-large",
            )
        if not package.fixed_layout and letters > TEXT_LETTERS_PER_PAGE * max(1, len(names)):
            raise BookError(
                f"the EPUB is a text, not a comic with fixed layout: {self.path}",
                code="epub-text",
                remedy="only picture books are read",
            )
        if not names:
            raise BookError(f"no pictures in {self.path}", code="no-pages")
        return tuple(names)

    def _shown(self, item: SpineItem) -> tuple[list[str], int]:
        """The entry names of the pictures a page document shows, and its letters of text."""
        links, letters = pictures_shown(self._part(item.name).decode("utf-8", "replace"))
        return [resolve(item.name, link) for link in links], letters

    def _texts_of(self, item: SpineItem) -> list[ShownText]:
        """The text of each picture of a page document; of one shown twice all that is said of it."""
        document = self._part(item.name).decode("utf-8", "replace")
        of: dict[str, ShownText] = {}
        for link, text in zip(pictures_shown(document)[0], texts_shown(document), strict=True):
            known = of.setdefault(resolve(item.name, link), text)
            if known is not text:
                known.pieces += text.pieces
        return list(of.values())

    def _refuse_encrypted(self) -> None:
        self._archive.require_readable([self._files[name] for name in self.entries if name in self._files])
        listing = self._files.get("META-INF/encryption.xml")
        if listing is None:
            return
        encrypted = self._part(listing.filename)
        if any(name.encode() in encrypted for name in self.entries):
            raise BookError(
                f"the pages of the EPUB are encrypted: {self.path}",
                code="archive-encrypted",
                remedy="get it without DRM",
            )
