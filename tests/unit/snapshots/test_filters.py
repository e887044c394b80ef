"""What --filter takes, and what it says of anything else."""

from __future__ import annotations

import pytest

from warehouse.errors import QueryError
from warehouse.snapshots.request import PageFilter, page_filter


def test_conditions() -> None:
    assert page_filter(()) == PageFilter()
    asked = ("series=Moon Fox", "series=Tin Owl", "year=1940:1949", "page-type=story, cover")
    assert page_filter(asked) == PageFilter(("Moon Fox", "Tin Owl"), 1940, 1949, ("story", "cover"))
    assert page_filter(("year=1950",)) == PageFilter((), 1950, 1950)
    assert page_filter(("year=1950:",)) == PageFilter((), 1950, None)
    assert page_filter(("year=:1950",)) == PageFilter((), None, 1950)


@pytest.mark.parametrize(
    "condition", ["", "year", "year=", "year=:", "year=then", "publisher=Ace", "series="]
)
def test_refused(condition: str) -> None:
    with pytest.raises(QueryError, match="page-type=TYPE") as refused:
        page_filter((condition,))
    assert refused.value.code == "filter-unknown"
