"""Pages as ComicInfo.xml and its kin list them: types, spreads, bookmarks."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from warehouse.books.declared import name_of, whole
from warehouse.books.page_types import declared_page_type
from warehouse.books.xml_documents import attribute, children, true

_MOST_PAGES = 100_000


@dataclass(frozen=True, slots=True)
class DeclaredPages:
    """What a list of pages says, by seq (0-based, may lie beyond the book).

    types: one of `page_types.PAGE_TYPES`, where given.  double: seqs of spreads.  bookmarks: their texts.
    """

    types: dict[int, str]
    double: frozenset[int]
    bookmarks: dict[int, str]


def declared_pages(root: Element) -> DeclaredPages:
    """Read Pages/Page elements; of two for one page the first with a type counts."""
    types: dict[int, str] = {}
    double: set[int] = set()
    bookmarks: dict[int, str] = {}
    for page in children(root, "pages", "page"):
        seq = whole(attribute(page, "image"), 0, _MOST_PAGES)
        if seq is None:
            continue
        page_type = declared_page_type(attribute(page, "type").split())
        if page_type is not None:
            types.setdefault(seq, page_type)
        if true(attribute(page, "doublepage")):
            double.add(seq)
        bookmark = name_of(attribute(page, "bookmark"))
        if bookmark is not None:
            bookmarks.setdefault(seq, bookmark)
    return DeclaredPages(types, frozenset(double), bookmarks)
