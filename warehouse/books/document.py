"""What a document says of itself: the package of an EPUB, the document information of a PDF."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.contracts import Direction


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """Metadata carried by the document format itself; None or empty where it says nothing.

    source: 'epub' | 'pdf' | 'calibre'.  credits: (role, person).  identifiers: (source, value).
    raw: (name, text) of the metadata itself, for keeping.
    """

    source: str
    title: str | None = None
    series: str | None = None
    number: str | None = None
    publisher: str | None = None
    language: str | None = None
    year: int | None = None
    month: int | None = None
    summary: str | None = None
    direction: Direction | None = None
    credits: tuple[tuple[str, str], ...] = ()
    keywords: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    raw: tuple[tuple[str, str], ...] = ()
