"""CoMet XML, version 1.1 (Denvog)."""

from __future__ import annotations

from warehouse.books.credit_roles import credited
from warehouse.books.declared import (
    Declared,
    Details,
    date_parts,
    distinct,
    issue_number,
    name_of,
    names_of,
    prose,
    whole,
)
from warehouse.books.limits import Limits
from warehouse.books.xml_documents import children, first, local_name, parse_document, words
from warehouse.contracts import Direction

_ROLES = frozenset(
    ["writer", "penciller", "inker", "colorist", "letterer", "coverdesigner", "editor", "creator"]
)
_TAGS = {"genre": "genre", "character": "character"}
_DIRECTIONS: dict[str, Direction] = {"rtl": "rtl", "ltr": "ltr"}


def parse_comet(xml: bytes, limits: Limits | None = None, file: str = "CoMet.xml") -> Declared:
    """Read a CoMet document.

    Raises BookError 'metadata-refused' (DTD, entities, or too large) or 'metadata-broken' (no CoMet).
    """
    root = parse_document(xml, file, "comet", limits)
    year, month, day = date_parts(first(root, "date"))
    price = issue_number(first(root, "price"))
    cover = name_of(first(root, "coverimage"))
    return Declared(
        source="comet",
        series=name_of(first(root, "series")),
        number=issue_number(first(root, "issue")),
        volume=whole(first(root, "volume"), 0),
        title=name_of(first(root, "title")),
        year=year,
        month=month,
        day=day,
        publisher=name_of(first(root, "publisher")),
        language=name_of(first(root, "language")),
        summary=prose(first(root, "description")),
        direction=_DIRECTIONS.get((first(root, "readingdirection") or "").lower()),
        format=name_of(first(root, "format")),
        age_rating=name_of(first(root, "rating")),
        credits=credited((local_name(item), words(item)) for item in root if local_name(item) in _ROLES),
        tags=distinct(
            (kind, name)
            for element, kind in _TAGS.items()
            for item in children(root, element)
            for name in names_of(words(item).split(",", 1000))
        ),
        identifiers=distinct(
            ("comet", value) for item in children(root, "identifier") if (value := name_of(words(item)))
        ),
        cover_entry=cover,
        details=Details(
            rights=name_of(first(root, "rights")),
            declared_page_count=whole(first(root, "pages"), 1),
            prices=(("", price),) if price else (),
        ),
    )
