"""Update of a column of 10,000 pages, beside the same with the vector in the row and indexed by HNSW."""

from __future__ import annotations

from tests.benchmarks.sql.bench import Bench
from tests.benchmarks.sql.figures import Figure, faster, interleaved

_PAGES = 10_000
_WIDE = 100_000
"""Rows of the peer: fewer than there are pages, in its favour."""
_ROUNDS = 2


def measure(bench: Bench) -> list[Figure]:
    connection = bench.connection
    connection.execute(
        "create table page_wide as select p.id, p.book_id, p.seq, p.entry, p.width, p.height, p.page_type,"
        " p.words, p.text, e.v from page p join page_embedding e on e.page_id = p.id where p.id <= %s",
        (_WIDE,),
    )
    connection.execute("alter table page_wide add primary key (id)")
    connection.execute("set maintenance_work_mem = '512MB'")
    connection.execute("create index on page_wide using hnsw (v halfvec_cosine_ops)")
    connection.execute("reset maintenance_work_mem")

    def update(table: str) -> None:
        connection.execute(f"update {table} set words = words + 1 where id <= {_PAGES}")

    def cleaned() -> None:
        connection.execute("vacuum page")

    seconds = interleaved(
        _ROUNDS,
        {"cleaned": cleaned, "apart": lambda: update("page"), "inline": lambda: update("page_wide")},
    )
    connection.execute("drop table page_wide")
    name = f"update of metadata of {_PAGES:,} pages"
    return [faster(name, seconds["apart"], seconds["inline"], 50, "vector in the row, HNSW")]
