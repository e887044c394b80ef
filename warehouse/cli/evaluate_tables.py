"""Figures of accuracy as tables: all books, groups of them, and each."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from warehouse.evaluation.truth import TrueBook

Page = TypeVar("Page")
ALL = "all"


def echo_summaries(
    measured: Sequence[tuple[TrueBook, Sequence[Page]]],
    summed: Callable[[Sequence[Page]], Any],
    as_json: bool,
) -> None:
    """Print what `summed` makes of the pages of each book, of each group of several books, and of all.

    summed: returns a frozen dataclass, whose fields are the columns.  Books without any page are left out.
    """
    from warehouse.cli.output import echo_json, echo_table

    told = [(book, pages) for book, pages in measured if pages]
    grouped: dict[str, list[Sequence[Page]]] = {}
    for book, pages in told:
        grouped.setdefault(book.group, []).append(pages)
    books = {book.name: summed(pages) for book, pages in told}
    groups = {name: summed(_joined(parts)) for name, parts in grouped.items() if len(parts) > 1}
    overall = summed(_joined([pages for _, pages in told]))
    if as_json:
        echo_json({"overall": overall, "groups": groups, "books": books})
        return
    headings = ["", *(field.name.replace("_", " ") for field in dataclasses.fields(overall))]
    rows = [("", ALL, overall), *(("group ", *item) for item in groups.items())]
    rows += [("", *item) for item in books.items()]
    echo_table(headings, [(mark + name, *_cells(summary)) for mark, name, summary in rows])


def _joined(parts: Sequence[Sequence[Page]]) -> list[Page]:
    return [page for pages in parts for page in pages]


def _cells(summary: Any) -> list[object]:
    """The values of a row; NaN is shown as nothing."""
    values = (getattr(summary, field.name) for field in dataclasses.fields(summary))
    return [None if value != value else value for value in values]
