"""Grouping duplicate pages: the curve over the size of the library, beside other ways to find near hashes.

python -m tests.benchmarks.duplicates [--pages 10000 40000 100000 340000] [--max-distance 4]
                                      [--slowest 340000] [--json FILE]

For each size a planted library (see planted_library.py) in an embedded PostgreSQL, with a text of 600
characters a page.  Measured: `refresh` (read the hashes, group them, write the groups) and the two
questions of `warehouse dupes`.  Peers, in the same run on the same hashes, have to find every pair of
distinct hashes within the distance: all pairs in NumPy (packed popcount in blocks), a join on equal
bands in SQL, a join on four bands and their neighbours in SQL, and an HNSW index asked for the 40
nearest of each.  Each stops at the size it can bear.  Last, grouping alone with 50,000 pages more that
are alike in one way or another.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import platform
import resource
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from tests.benchmarks.planted_library import (
    Hashes,
    PlantedLibrary,
    fresh_hashes,
    planted_library,
    saved_again,
)
from warehouse.config import Settings
from warehouse.database.connection import Connection, open_database
from warehouse.database.duplicate_answers import (
    MAX_DISTANCE,
    DuplicateRequest,
    duplicate_books_question,
    duplicate_pages_question,
)
from warehouse.database.upgrade import ensure_current
from warehouse.duplicates.grouping import AT_ONCE, PageHashes, group_pages
from warehouse.duplicates.hamming_index import HammingIndex
from warehouse.duplicates.refreshing import refresh_groups

LARGEST = {"all pairs, NumPy": 340_000, "4 bands, SQL": 340_000, "equal bands, SQL": 340_000, "HNSW": 10_000}
"""Up to which size each peer is run: beyond, it takes many minutes."""


def main() -> None:
    arguments = parse()
    print(
        f"machine: {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}", end=", "
    )
    print(f"NumPy {np.__version__}, load {os.getloadavg()[0]:.1f}")
    found: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as home:
        database = open_database(Settings(home=Path(home)))
        ensure_current(database)
        with database.connect(autocommit=True) as connection:
            print(versions(connection))
            for pages in arguments.pages:
                found.append(measure(connection, pages, arguments))
    report_skew(arguments.max_distance)
    print(f"peak memory of this process: {peak():.0f} MiB")
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=2))


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    sizes = [10_000, 40_000, 100_000, 340_000]
    parser.add_argument("--pages", type=int, nargs="+", default=sizes, help="sizes of the library")
    parser.add_argument("--max-distance", type=int, default=MAX_DISTANCE, help="bits")
    parser.add_argument("--slowest", type=int, default=max(sizes), help="no peer beyond this size")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    return parser.parse_args()


def versions(connection: Connection) -> str:
    row = connection.execute(
        "select current_setting('server_version'), extversion from pg_extension where extname = 'vector'"
    ).fetchone()
    assert row is not None
    return f"PostgreSQL {row[0]}, pgvector {row[1]}"


def measure(connection: Connection, pages: int, arguments: argparse.Namespace) -> dict[str, object]:
    library = planted_library(pages)
    plant(connection, library)
    distance = arguments.max_distance
    before = peak()
    refresh = timed(lambda: refresh_groups(connection, distance))
    grown = peak() - before
    request = DuplicateRequest(distance)
    seconds = {
        "refresh": refresh,
        "question pages": timed(lambda: duplicate_pages_question(request).answer(connection)),
        "question books": timed(lambda: duplicate_books_question(request).answer(connection)),
    }
    hashes = np.unique(library.hashes)
    pairs: dict[str, int] = {}
    peers: dict[str, Callable[[], int]] = {
        "multi-index, NumPy": lambda: multi_index(hashes, distance),
        "all pairs, NumPy": lambda: all_pairs(hashes, distance),
        "4 bands, SQL": lambda: four_bands(connection, hashes, distance),
        "equal bands, SQL": lambda: equal_bands(connection, hashes, distance),
        "HNSW": lambda: hnsw(connection, hashes, distance),
    }
    connection.execute("set work_mem = '256MB'")
    for name, peer in peers.items():
        if name not in LARGEST or pages <= min(LARGEST[name], arguments.slowest):
            start = time.perf_counter()
            pairs[name] = peer()
            seconds[name] = time.perf_counter() - start
    connection.execute("reset work_mem")
    report(len(library.hashes), len(hashes), seconds, pairs, grown)
    return {"pages": len(library.hashes), "seconds": seconds, "pairs": pairs, "grown_mib": grown}


def report(pages: int, distinct: int, seconds: dict[str, float], pairs: dict[str, int], grown: float) -> None:
    print(f"\n{pages:,} pages, {distinct:,} distinct hashes, {pairs['multi-index, NumPy']:,} near pairs")
    for name in ("refresh", "question pages", "question books"):
        print(f"  {name:<20} {seconds[name]:8.2f} s")
    print(f"  (refresh took {grown:.0f} MiB more than there was before it)")
    own = seconds["multi-index, NumPy"]
    for name, count in pairs.items():
        share = count / pairs["multi-index, NumPy"]
        print(f"  {name:<20} {seconds[name]:8.2f} s  {seconds[name] / own:7.1f} x  {share:.1%} of pairs")


def report_skew(distance: int) -> None:
    """What many alike pages cost, beside as many that have nothing in common."""
    rng = np.random.default_rng(4)
    library, count = planted_library(100_000).hashes, 50_000
    one = np.repeat(fresh_hashes(1, rng), count)
    added = {
        "other pages": fresh_hashes(count, rng),
        "one page": one,
        "2 to 4 bits from one page": saved_again(one, np.full(count, 2), rng),
        "6 to 12 bits from one page": saved_again(one, np.full(count, 6), rng),
        "16 bits of 64 in common": (fresh_hashes(count, rng) & ~np.uint64(0xFFFF)) | np.uint64(0x0F35),
    }
    print(f"\ngrouping {len(library):,} pages and {count:,} more:")
    for name, more in added.items():
        hashes = np.concatenate([library, more])
        pages = PageHashes(np.arange(len(hashes)), hashes, np.full(len(hashes), 2 / 3))
        seconds = timed(partial(group_pages, pages, distance))
        print(f"  {name:<28} {seconds:8.2f} s")


def plant(connection: Connection, library: PlantedLibrary) -> None:
    """Replace what is in the database; one book status, one size of page."""
    connection.execute("truncate book cascade")
    books = int(library.books.max()) + 1
    connection.execute(
        "insert into book (path, status) select '/' || n || '.cbz', 'ready' from generate_series(1, %s) n",
        (books,),
    )
    row = connection.execute("select min(id) from book").fetchone()
    assert row is not None
    text = "words on the page " * 33
    rows = zip(
        (library.books + row[0]).tolist(),
        library.seqs.tolist(),
        library.hashes.tolist(),
        library.bytes.tolist(),
        strict=True,
    )
    with (
        connection.cursor() as cursor,
        cursor.copy("copy page (book_id, seq, entry, width, height, md5, phash, text) from stdin") as copy,
    ):
        for book, seq, hash_, content in rows:
            md5 = f"{content % (1 << 128):032x}"
            copy.write_row((book, seq, "", 1000, 1500, md5, f"{hash_:064b}", text))
    connection.execute("vacuum analyze page")


def multi_index(hashes: Hashes, distance: int) -> int:
    """Every pair by the index that `refresh` groups with."""
    index = HammingIndex(hashes, distance)
    count = 0
    for start in range(0, len(hashes), AT_ONCE):
        query, found, _ = index.near(hashes[start : start + AT_ONCE], start)
        count += int(np.count_nonzero(found > query + start))
    return count


def all_pairs(hashes: Hashes, distance: int) -> int:
    """Packed popcount in blocks that fit the cache."""
    count = 0
    rows, block = 32, 4096
    for row in range(0, len(hashes), rows):
        some = hashes[row : row + rows, None]
        for start in range(row + rows, len(hashes), block):
            near = np.bitwise_count(some ^ hashes[None, start : start + block]) <= distance
            count += int(np.count_nonzero(near))
        inside = np.bitwise_count(some ^ hashes[None, row : row + rows]) <= distance
        count += (int(np.count_nonzero(inside)) - len(some)) // 2
    return count


def four_bands(connection: Connection, hashes: Hashes, distance: int) -> int:
    """The same index as a hash join: each band and its neighbours at most distance // 4 bits off."""
    if distance // 4 > 1:
        return 0
    bands(connection, hashes, [(1 + 16 * n, 16) for n in range(4)])
    flips = "select v, b, id, h from band" + (
        " union all select v # (1 << flip), b, id, h from band, generate_series(0, 15) flip"
        if distance >= 4
        else ""
    )
    return joined(connection, flips, distance)


def equal_bands(connection: Connection, hashes: Hashes, distance: int) -> int:
    """One band more than bits may differ: one of them is equal."""
    cuts = np.linspace(0, 64, distance + 2).astype(int)
    bands(connection, hashes, [(1 + int(a), int(b - a)) for a, b in itertools.pairwise(cuts)])
    return joined(connection, "select v, b, id, h from band", distance)


def bands(connection: Connection, hashes: Hashes, cuts: list[tuple[int, int]]) -> None:
    copy_hashes(connection, hashes)
    connection.execute("drop table if exists band")
    connection.execute("create unlogged table band (b smallint, v integer, id integer, h bit(64))")
    for number, (start, length) in enumerate(cuts):
        connection.execute(
            "insert into band select %s, lpad(substring(h from %s for %s)::text, 32, '0')::bit(32)::integer,"
            " id, h from planted_hash",
            (number, start, length),
        )
    connection.execute("analyze band")


def joined(connection: Connection, probes: str, distance: int) -> int:
    """Pairs with a band in common, then exactly; distinct, since several bands may find one."""
    row = connection.execute(
        "select count(*) from (select distinct a.id, b.id from"
        f" ({probes}) a join band b on a.b = b.b and a.v = b.v and a.id < b.id"
        " where (a.h <~> b.h) <= %s) near".encode(),
        (distance,),
    ).fetchone()
    assert row is not None
    return int(row[0])


def hnsw(connection: Connection, hashes: Hashes, distance: int) -> int:
    """The index's build counts; ef_search 100."""
    copy_hashes(connection, hashes)
    connection.execute("create index on planted_hash using hnsw (h bit_hamming_ops)")
    connection.execute("set hnsw.ef_search = 100")
    row = connection.execute(
        "select count(*) from planted_hash a, lateral ("
        "select b.id, a.h <~> b.h as distance from planted_hash b order by a.h <~> b.h limit 40"
        ") b where b.distance <= %s and a.id < b.id",
        (distance,),
    ).fetchone()
    assert row is not None
    return int(row[0])


def copy_hashes(connection: Connection, hashes: Hashes) -> None:
    connection.execute("drop table if exists planted_hash")
    connection.execute("create unlogged table planted_hash (id integer, h bit(64))")
    with connection.cursor() as cursor, cursor.copy("copy planted_hash from stdin") as copy:
        for place, hash_ in enumerate(hashes.tolist()):
            copy.write_row((place, f"{hash_:064b}"))
    connection.execute("analyze planted_hash")


def timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
