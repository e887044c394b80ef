"""Text of a book's pages in JSON files beside it, as vision-language models write it; it goes before OCR.

docs/sidecars.md says of what form the files are and where they lie.  A page that they say words of has these
alone; the others are read.  So is a page whose JSON is not as it should be: half a page is worse than none.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from warehouse.books.json_documents import Fields, parse_json
from warehouse.books.limits import USUAL_LIMITS, Limits
from warehouse.books.neighbours import neighbour
from warehouse.books.sidecars.page_documents import SaidPage, said_page
from warehouse.books.sidecars.page_names import PageNames
from warehouse.books.sidecars.places import SidecarPlace, json_files, sidecar_places
from warehouse.books.sidecars.said import SaidPanel
from warehouse.errors import BookError

_TEXT_FIELDS = re.compile(
    rb'"(?:text_content|speakers|dialogue|narration|sfx|panel_coords|box_2d)"\s*:', re.IGNORECASE
)
"""By which a file is one of text whatever it is called."""

_MOST_PAGES = 20_000
_REMEDY = "those pages are read by OCR; mend the file, then ingest with --refresh (docs/sidecars.md)"


@dataclass(frozen=True, slots=True)
class TextSidecar:
    """What the files say, by seq.  sha256: of what was read, None without a file.  problem: what is wrong."""

    pages: Mapping[int, tuple[SaidPanel, ...]] = field(default_factory=dict)
    sha256: str | None = None
    problem: BookError | None = None


def read_text_sidecar(
    book: Path, entries: Mapping[int, str], folder: Path | None = None, limits: Limits = USUAL_LIMITS
) -> TextSidecar:
    """Read what lies beside a book; what cannot be read is a problem, and never an error.

    entries: names of the pages by seq.  folder: where a person says that the files of all books lie.
    """
    for place in sidecar_places(book, entries, folder):
        reading = _Reading(entries, limits)
        if place.pages is not None:
            reading.read_joined(place.pages)
        elif place.path.is_dir():
            reading.read_folder(place)
        else:
            reading.read_file(place)
        if reading.files:
            return reading.found()
    return TextSidecar()


class _Reading:
    """Reads one place."""

    def __init__(self, entries: Mapping[int, str], limits: Limits) -> None:
        self.files = 0
        self._names, self._seqs, self._limits = PageNames(entries), sorted(entries), limits
        self._pages: dict[int, tuple[SaidPanel, ...]] = {}
        self._faults: list[BookError] = []
        self._hash = hashlib.sha256()

    def found(self) -> TextSidecar:
        problem = None
        if self._faults:
            more = f" (and {len(self._faults) - 1} more such)" if len(self._faults) > 1 else ""
            first = self._faults[0]
            problem = BookError(f"{first}{more}", code=first.code, remedy=_REMEDY)
        return TextSidecar(self._pages, self._hash.hexdigest(), problem)

    def read_file(self, place: SidecarPlace) -> None:
        """A file of the whole book."""
        document = self._document(place.path, named=place.named)
        if document is not None:
            for where, name, page in _pages_of(document):
                self._keep(page, self._page_of(page, name), f"{place.path}{where}")
            if not self._pages and not self._faults:
                self._refuse("sidecar-unmatched", f"{place.path} has text of no page of the book")

    def read_folder(self, place: SidecarPlace) -> None:
        """A file a page."""
        files = json_files(place.path, self._limits)
        for name, path in files:
            seq = self._names.page_of(name)
            if seq is None and not place.named:
                continue
            document = self._document(path, named=place.named)
            if document is not None:
                page = said_page(document)
                known = seq if seq is not None or page.image is None else self._names.page_of(page.image)
                self._keep(page, known, str(path))
        if place.named and files and not self._pages and not self._faults:
            self._refuse("sidecar-unmatched", f"{place.path} has text of no page of the book")

    def read_joined(self, pages: Mapping[int, tuple[Path, ...]]) -> None:
        """A file a page, in a folder with those of other books."""
        for seq, paths in pages.items():
            for path in paths:
                document = self._document(path, named=True)
                if document is not None:
                    self._keep(said_page(document), seq, str(path))
                    break

    def _document(self, path: Path, *, named: bool) -> Fields | None:
        """What a file holds; None where there is none, or none with text.  Keeps what is wrong with it."""
        try:
            data = neighbour(path, self._limits)
        except BookError as fault:
            self.files += 1
            self._hash.update(str(fault).encode("utf-8", "replace"))
            self._refuse("sidecar-unreadable", str(fault))
            return None
        if data is None or not (named or _TEXT_FIELDS.search(data)):
            return None
        self.files += 1
        self._hash.update(path.name.encode("utf-8", "replace") + hashlib.sha256(data).digest())
        try:
            return parse_json(data, str(path), self._limits)
        except BookError as fault:
            self._refuse("sidecar-broken", str(fault))
            return None

    def _page_of(self, page: SaidPage, name: str | int | None) -> int | None:
        if isinstance(name, int):
            return name if name in self._seqs else None
        for said in (name, page.image):
            seq = None if said is None else self._names.page_of(said)
            if seq is not None:
                return seq
        return self._seqs[0] if name is None and len(self._seqs) == 1 else None

    def _keep(self, page: SaidPage, seq: int | None, where: str) -> None:
        if page.complaints:
            self._refuse("sidecar-broken", f"{where}: {'; '.join(page.complaints[:3])}")
        elif seq is not None and page.has_words:
            self._pages.setdefault(seq, page.panels)

    def _refuse(self, code: str, text: str) -> None:
        self._faults.append(BookError(text, code=code))


def _pages_of(document: Fields) -> Iterator[tuple[str, str | int | None, SaidPage]]:
    """The pages of a file: where in it, by which name or seq, and what each says.

    They are a list or an object `pages`, all that the file holds by their names, or the file is one page.
    """
    if document.has("panels"):
        yield "", None, said_page(document)
    elif document.has("pages") and not document.is_object("pages"):
        for place, page in enumerate(document.objects("pages")):
            own = page.alone()
            seq = own.whole("seq", 0, _MOST_PAGES)
            yield f", page {place}", seq if seq is not None else own.name("page", "name"), said_page(own)
        if document.complaints:
            yield "", None, SaidPage((), None, tuple(document.complaints))
    else:
        named = document.within("pages") if document.has("pages") else document
        pages = {name: named.within(name).alone() for name in named.names if named.is_object(name)}
        of_panels = {name: page for name, page in pages.items() if page.has("panels")}
        for name, page in of_panels.items():
            yield f", page {name!r}", name, said_page(page)
        if not of_panels:
            yield "", None, SaidPage((), None, ("pages is missing",))
