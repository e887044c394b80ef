"""Top 20 among the panels that pass a filter, from 0.01% to 50% of them: recall, full limit, time."""

from __future__ import annotations

import itertools

import numpy as np

from tests.benchmarks.sql.bench import LIMIT, PLAIN, Bench, half, recall
from tests.benchmarks.sql.figures import Figure, interleaved, times
from tests.benchmarks.sql.library import RARE_TYPE, SHARES

_QUERIES = 16


def measure(bench: Bench) -> list[Figure]:
    found = [figure for name in SHARES for figure in filtered(bench, "with_character", name)]
    return found + filtered(bench, "of_type", RARE_TYPE)


def filtered(bench: Bench, argument: str, value: str) -> list[Figure]:
    rows = np.array(selected(bench, argument, value)) - 1
    if not len(rows):
        return []
    ask = f"select panel_id from nearest_panels(%s, {argument} => %s, max_hits => {LIMIT})"
    vectors = bench.matrix[bench.sampled_rows(_QUERIES)]
    truth = bench.nearest_by_numpy(vectors, rows)
    answers = [bench.ids(ask, half(v), value) for v in vectors]
    share = f"{len(rows) / bench.library.panels:.2%} selected"
    recalls = [recall(found, best) for found, best in zip(answers, truth, strict=True)]
    full = sum(len(found) == truth.shape[1] for found in answers)
    queries = itertools.cycle(vectors)
    seconds = interleaved(
        bench.rounds,
        {
            "filtered": lambda: bench.ids(ask, half(next(queries)), value),
            "plain": lambda: bench.ids(PLAIN, half(next(queries))),
        },
    )
    return [
        Figure(
            f"{share}: recall",
            f"mean, minimum {min(recalls):.2f}",
            "exact",
            float(np.mean(recalls)),
            0.99,
            unit="",
        ),
        Figure(f"{share}: limit filled", f"{full} of {_QUERIES}", "", full / _QUERIES, 1, unit=""),
        times(f"{share}: time", seconds["filtered"], seconds["plain"], 2, "plain exact"),
    ]


def selected(bench: Bench, argument: str, value: str) -> list[int]:
    """Ids of the panels that pass, by a query of its own."""
    page = (
        "select p.id from page p join tag t on t.book_id = p.book_id and t.kind = 'character' and t.name = %s"
    )
    if argument == "of_type":
        page = "select p.id from page p where p.page_type = %s"
    return bench.ids(f"select id from panel where page_id in ({page}) order by id", value)
