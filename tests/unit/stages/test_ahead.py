"""Results come in order, little is held, errors come out."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator

import pytest

from warehouse.stages.ahead import mapped_ahead


def test_results_are_in_order_and_little_is_read_ahead() -> None:
    taken: list[int] = []
    first_may_go = threading.Event()

    def items() -> Iterator[int]:
        for item in range(20):
            taken.append(item)
            if item == 2:
                first_may_go.set()
            yield item

    def work(item: int) -> int:
        if item == 0:
            assert first_may_go.wait(10), "later items are not worked on meanwhile"
        return item * item

    for place, (item, result) in enumerate(mapped_ahead(work, items(), threads=2)):
        assert (item, result) == (place, place * place)
        assert len(taken) <= place + 3


def test_an_error_comes_out_at_its_place() -> None:
    results = mapped_ahead(lambda item: 1 / (item - 3), range(9), threads=2)
    assert [item for item, _ in itertools.islice(results, 3)] == [0, 1, 2]
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_nothing() -> None:
    assert list(mapped_ahead(lambda item: item, [], threads=2)) == []
