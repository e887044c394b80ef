"""The warehouse in SQL beside its peers, in one run on generated, clustered vectors.

python -m tests.benchmarks.sql [--rows 200000] [--pages 340000] [--rounds 7] [--only NAME …] [--json FILE]

Rows are panels.  A library is planted into a throw-away embedded PostgreSQL (clusters.py, library.py); ours
and the peer are measured in turn, and medians compared.  Exit status 1 where a bar is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from dataclasses import asdict
from datetime import date
from pathlib import Path

import numpy as np

from tests.benchmarks.sql import (
    bulk_load,
    concepts,
    exact_scan,
    filtered_search,
    index_search,
    metadata_update,
)
from tests.benchmarks.sql.bench import Bench, cores, processor
from tests.benchmarks.sql.figures import Figure, line
from tests.benchmarks.sql.library import plant
from warehouse.config import Settings
from warehouse.database.connection import Connection, open_database
from warehouse.database.upgrade import ensure_current

MEASURES = {
    "exact": exact_scan.measure,
    "concepts": concepts.measure,
    "load": bulk_load.measure,
    "update": metadata_update.measure,
    "index": index_search.measure,
    "filtered": filtered_search.measure,
}
"""In this order: filters are measured as a library with an index answers them."""


def main() -> None:
    arguments = parse()
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        database = open_database(Settings(home=Path(home)))
        ensure_current(database)
        with database.connect(autocommit=True) as connection:
            about = machine(connection)
            print(*(f"{name}: {value}" for name, value in about.items()), sep="\n")
            start = time.perf_counter()
            library = plant(connection, arguments.rows, arguments.pages)
            print(
                f"planted: {library.panels:,} panels, {library.pages:,} pages, {library.books:,} books",
                end="",
            )
            print(f" in {time.perf_counter() - start:.0f} s\n", flush=True)
            bench = Bench(connection, library, arguments.rounds, cores())
            for name in arguments.only or MEASURES:
                for figure in MEASURES[name](bench):
                    figures.append(figure)
                    print(line(figure), flush=True)
    if arguments.json:
        shown = [asdict(figure) | {"met": figure.met} for figure in figures]
        arguments.json.write_text(json.dumps({"machine": about, "figures": shown}, indent=2))
    missed = [figure.what for figure in figures if figure.met is False]
    print(f"\n{len(missed)} bars missed" + "".join(f"\n  {what}" for what in missed))
    sys.exit(1 if missed else 0)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rows", type=int, default=200_000, help="panels")
    parser.add_argument("--pages", type=int, default=340_000, help="pages, at least a sixth of the panels")
    parser.add_argument("--rounds", type=int, default=7, help="of ours and the peer in turn")
    parser.add_argument("--only", nargs="+", choices=MEASURES, help="only these measures")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    return parser.parse_args()


def machine(connection: Connection) -> dict[str, str]:
    import faiss

    row = connection.execute(
        "select current_setting('server_version'), extversion, current_setting('shared_buffers'),"
        " current_setting('max_parallel_workers_per_gather') from pg_extension where extname = 'vector'"
    ).fetchone()
    assert row is not None
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "date": date.today().isoformat(),
        "machine": f"{processor()}, {cores()} cores, {memory:.0f} GiB, load {os.getloadavg()[0]:.1f}",
        "versions": f"PostgreSQL {row[0]}, pgvector {row[1]}, Python {platform.python_version()}, "
        f"NumPy {np.__version__}, faiss {faiss.__version__}",
        "server": f"shared_buffers {row[2]}, max_parallel_workers_per_gather {row[3]}",
    }


if __name__ == "__main__":
    main()
