"""series.json, which Mylar writes beside the books of a series."""

from __future__ import annotations

import re

from warehouse.books.declared import FIRST_YEAR, LAST_YEAR, Declared, Details, without_markup
from warehouse.books.json_documents import parse_json
from warehouse.books.limits import Limits

_NO_FORMAT = frozenset(["print", "none", "unknown", "comic"])


def parse_series_json(data: bytes, limits: Limits | None = None, file: str = "series.json") -> Declared:
    """Read a series.json: about the series, so that its year is the series' and its text is no book's.

    What has a wrong type is left out and complained of.  Raises BookError 'metadata-refused' (too large) or
    'metadata-broken' (no JSON object).
    """
    document = parse_json(data, file, limits)
    info = document.within("metadata") if document.has("metadata") else document
    comicid = re.fullmatch(r"(?:4050-)?(\w{1,20})", info.name("comicid", "cid") or "")
    booktype, imprint = info.name("booktype"), info.name("imprint")
    return Declared(
        source="series.json",
        series=info.name("name"),
        series_start_year=info.whole("year", FIRST_YEAR, LAST_YEAR),
        count=info.whole("total_issues", 1),
        volume=info.whole("volume", 0),
        publisher=info.name("publisher"),
        format=None if (booktype or "none").lower() in _NO_FORMAT else booktype,
        age_rating=info.name("age_rating"),
        tags=(("imprint", imprint),) if imprint else (),
        identifiers=(("comicvine-series", comicid[1]),) if comicid else (),
        details=Details(
            series_status=info.name("status"),
            series_summary=without_markup(
                info.prose("description_text", "description_formatted", "description")
            ),
        ),
        complaints=tuple(document.complaints),
    )
