"""Numbers other catalogues know a book by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from warehouse.books.comicinfo import ComicInfo
from warehouse.books.document import DocumentInfo

_COMICVINE_PAGE = re.compile(r"comicvine\.gamespot\.com/.*4000-(\d+)")
_METRON_PAGE = re.compile(r"metron\.cloud/issue/([\w-]+)")
_COMICVINE_NOTE = re.compile(r"\[CVDB(\d+)\]")
_URN = re.compile(r"urn:(comicvine|metron|gcd|isbn):(?:issue:)?([\w-]+)", re.IGNORECASE)


def book_identifiers(info: ComicInfo, document: DocumentInfo) -> tuple[tuple[str, str], ...]:
    """(source, value), each once: 'gtin', 'comicvine', 'metron', 'web', 'isbn', 'uuid' and so on."""
    return tuple(dict.fromkeys((*_from_comicinfo(info), *document.identifiers)))


def _from_comicinfo(info: ComicInfo) -> Iterator[tuple[str, str]]:
    for value in info.gtin:
        urn = _URN.fullmatch(value)
        yield (urn[1].lower(), urn[2]) if urn else ("gtin", value)
    for address in info.web:
        for source, pattern in (("comicvine", _COMICVINE_PAGE), ("metron", _METRON_PAGE)):
            if match := pattern.search(address):
                yield source, match[1]
        yield "web", address
    if match := _COMICVINE_NOTE.search(info.notes or ""):
        yield "comicvine", match[1]
