"""Issue numbers as quantities."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.books.issue_numbers import number_sort


@pytest.mark.parametrize(
    ("number", "quantity"),
    [
        ("1", "1"), ("007", "7"), ("½", "0.5"), ("1½", "1.5"), ("-½", "-0.5"), ("1/2", "0.5"),
        ("⅓", "0.3333"),
        ("1.MU", "1"), ("-1", "-1"), ("10.5", "10.5"), ("1,5", "1.5"), ("Annual 1", "1"), ("B01", "1"),
        ("0.0.1", "0"), ("5-6", "5"), ("10a", "10"), ("１２", "12"), ("1000000", "1000000"),
    ],
)  # fmt: skip
def test_numbers_found(number: str, quantity: str) -> None:
    assert number_sort(number) == Decimal(quantity)


@pytest.mark.parametrize("number", [None, "", "  ", "MU", "Annual", "-", "n/a"])
def test_no_number(number: str | None) -> None:
    assert number_sort(number) is None


def test_sorts_as_people_do() -> None:
    numbers = ["10", "1", "½", "-1", "2.5", "2", "1.MU"]
    quantities = {number: number_sort(number) or Decimal(0) for number in numbers}
    assert sorted(numbers, key=quantities.__getitem__) == ["-1", "½", "1", "1.MU", "2", "2.5", "10"]


@given(st.text(max_size=60))
def test_any_text_is_survived(text: str) -> None:
    quantity = number_sort(text)
    assert quantity is None or quantity.is_finite()
