"""Answers for people fit the terminal, answers for machines are JSON."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from pgvector import HalfVector, SparseVector

from warehouse.cli.output import cell, cut, echo_table, fitted, plain


def test_vectors_are_summed_up() -> None:
    assert plain(HalfVector([3, 4])) == "halfvec(2) |v|=5.000"
    assert plain(SparseVector({0: 3, 2: 4}, 5)) == "sparsevec(5) |v|=5.000"


def test_everything_becomes_json() -> None:
    assert json.dumps(plain({"a": Decimal("1.50"), "b": (1, None), "c": float("nan"), "d": b"xy"})) == (
        '{"a": 1.5, "b": [1, null], "c": null, "d": "<2 bytes>"}'
    )


def test_wide_columns_give_way() -> None:
    assert fitted([5, 100, 10], 60) == [5, 45, 10]
    assert fitted([50, 100], 60) == [30, 30]
    assert fitted([5, 6], 60) == [5, 6]


def test_wide_characters_count_twice() -> None:
    assert cut("ハルコさん", 10) == "ハルコさん"
    assert cut("ハルコさん", 7) == "ハルコ…"


def test_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    echo_table(("book", "pages"), [("a\nb", 12), ("c", None)])
    assert capsys.readouterr().out.splitlines() == [
        "book   pages",
        "────   ─────",
        "a b       12",
        "c          –",
    ]


def test_null_can_have_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    echo_table(("number", "text"), [(None, ""), (2, None)], null="NULL")
    assert capsys.readouterr().out.splitlines()[2:] == ["  NULL", "     2   NULL"]


def test_small_numbers_are_not_nothing() -> None:
    assert [cell(number) for number in (0.0, 0.25, -0.00012, float("nan"))] == [
        "0.000",
        "0.250",
        "-1.2e-04",
        "nan",
    ]
