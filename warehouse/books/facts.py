"""The facts of a book that a person can correct, and the correction itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from warehouse.books.metadata import BookMetadata, start_year_of
from warehouse.contracts import Direction

PERSON = "person"
"""The source of what a person said."""

FIELDS = {
    "series": "series_name",
    "number": "number",
    "volume": "volume",
    "title": "title",
    "year": "year",
    "month": "month",
    "publisher": "publisher",
    "language": "language",
    "direction": "direction",
    "format": "format",
}
"""Names on the command line to names in `BookFacts`, table `book_edit` and `book.metadata -> 'sources'`."""


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What is known of a book; None where nobody says.  sources: where each value came from.

    number: as printed.  publisher: of the series.  format: of the publication, such as 'Annual'.
    direction_confidence: 0 to 1, 1 where a source or a person says so.
    """

    series_name: str | None = None
    number: str | None = None
    volume: int | None = None
    series_start_year: int | None = None
    title: str | None = None
    year: int | None = None
    month: int | None = None
    publisher: str | None = None
    language: str | None = None
    direction: Direction = "ltr"
    direction_confidence: float | None = None
    format: str | None = None
    sources: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """The facts as they are kept beside a person's edits, for going back to them."""
        return asdict(self) | {"sources": dict(self.sources)}


@dataclass(frozen=True, slots=True)
class ToldFacts:
    """What is known of a book, and what was found in it before a person corrected that."""

    facts: BookFacts
    found: BookFacts


def facts_of(metadata: BookMetadata) -> BookFacts:
    """What the book and what lies beside it say."""
    names = [known.name for known in fields(BookFacts)]
    return BookFacts(**{name: getattr(metadata, name) for name in names})


def facts_from_json(kept: Mapping[str, Any]) -> BookFacts:
    """The facts that `as_json` kept."""
    return BookFacts(**kept)


def with_edits(facts: BookFacts, edits: Mapping[str, Any]) -> BookFacts:
    """The facts as a person corrected them.  edits: values by field of `BookFacts`; others count not."""
    known = {name: value for name, value in edits.items() if name in FIELDS.values()}
    sources = {**facts.sources, **dict.fromkeys(known, PERSON)}
    edited = replace(facts, **known, sources=sources)
    if "direction" in known:
        edited = replace(edited, direction_confidence=1.0)
    if "volume" in known:
        edited = replace(edited, series_start_year=start_year_of(edited.volume))
    return edited
