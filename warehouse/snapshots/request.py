"""What a snapshot is asked to hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from warehouse.errors import QueryError

Dtype = Literal["float16", "float32"]


@dataclass(frozen=True, slots=True)
class PageFilter:
    """Which pages: of any of these series (names as whole words), years (inclusive) and page types."""

    series: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    page_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SnapshotRequest:
    """models: ids of models in the stead of the live ones.  canonical_only: one page of every picture.

    features: backbone features of panels too.  padded: the view of the seeds' dataset too.
    seed: of the splits.
    """

    pages: PageFilter = field(default_factory=PageFilter)
    models: tuple[int, ...] = ()
    canonical_only: bool = False
    features: bool = False
    padded: bool = False
    dtype: Dtype = "float16"
    seed: int = 0


def page_filter(conditions: tuple[str, ...]) -> PageFilter:
    """'series=Pepper', 'year=1990:1999', 'page-type=story,cover' as a filter.  Raises QueryError."""
    series: list[str] = []
    types: list[str] = []
    years: tuple[int | None, int | None] = (None, None)
    for condition in conditions:
        name, _, value = condition.partition("=")
        match name.strip(), value.strip():
            case "series", words if words:
                series.append(words)
            case "page-type" | "page_type", names if names:
                types += [part.strip() for part in names.split(",") if part.strip()]
            case "year", span if span:
                years = _years(condition, span)
            case _:
                raise _refused(condition)
    return PageFilter(tuple(series), *years, tuple(types))


def _years(condition: str, span: str) -> tuple[int | None, int | None]:
    first, colon, last = (part.strip() for part in span.partition(":"))
    if not all(part == "" or part.isdecimal() for part in (first, last)) or not (first or last):
        raise _refused(condition)
    start = int(first) if first else None
    return start, (int(last) if last else None) if colon else start


def _refused(condition: str) -> QueryError:
    return QueryError(
        f"--filter {condition!r} is not one",
        code="filter-unknown",
        remedy="write series=WORDS, year=YEAR, year=FROM:TO or page-type=TYPE,TYPE",
    )
