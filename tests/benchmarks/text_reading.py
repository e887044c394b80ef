"""Reading the text of pages beside RapidOCR with its defaults, in the same run, two cores each.

python -m tests.benchmarks.text_reading [BOOK] [--pages N] [--rounds N]

BOOK: any book; without one, the sample library's first.  RapidOCR reads page after page with all cores; the
reader here as stage `text` calls it, as many pages at once as it says suit it.  The machine is never quiet,
so the rounds alternate and the ratio of the medians is what counts.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import rapidocr

from models.text_reader import RapidOcrReader
from warehouse.books.reading import open_book
from warehouse.contracts import Pixels

ROOT = Path(__file__).resolve().parents[2]
RATIO_BAR = 0.71
"""A second a page where the defaults take 1.41."""


def main() -> None:
    """Measure and print; exit status 1 where the bar is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "book", nargs="?", type=Path, default=next(iter(sorted((ROOT / "samples").rglob("*.cbz"))))
    )
    parser.add_argument("--pages", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    pages = [page for _, page in zip(range(arguments.pages), _pages(arguments.book), strict=False)]
    cores = os.cpu_count() or 1
    defaults, ours = _defaults(cores), _ours(cores)
    taken: dict[str, list[float]] = {"RapidOCR's defaults": [], "this reader": []}
    for _ in range(arguments.rounds):
        for name, read in zip(taken, (defaults, ours), strict=True):
            started = time.perf_counter()
            read(pages)
            taken[name].append((time.perf_counter() - started) / len(pages))
    for name, seconds in taken.items():
        print(
            f"{name}: {statistics.median(seconds):.2f} s a page, {cores} cores ({min(seconds):.2f} at best)"
        )
    peer, own = (statistics.median(seconds) for seconds in taken.values())
    print(f"ratio: {own / peer:.2f} (bar: {RATIO_BAR})")
    sys.exit(0 if own <= RATIO_BAR * peer else 1)


def _pages(book: Path) -> Iterator[Pixels]:
    with open_book(book) as opened:
        for seq in range(len(opened.entries)):
            yield opened.page_pixels(seq).pixels


def _defaults(cores: int) -> Callable[[list[Pixels]], None]:
    engine = rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": cores,
            "Det.model_path": str(Path(rapidocr.__file__).parent / "models" / "PP-OCRv6_det_small.onnx"),
            "Rec.model_path": str(Path(rapidocr.__file__).parent / "models" / "PP-OCRv6_rec_small.onnx"),
        }
    )

    def read(pages: list[Pixels]) -> None:
        for page in pages:
            engine(np.ascontiguousarray(page[:, :, ::-1]))

    return read


def _ours(cores: int) -> Callable[[list[Pixels]], None]:
    reader = RapidOcrReader(cores)

    def read(pages: list[Pixels]) -> None:
        with ThreadPoolExecutor(reader.pages_at_once) as pool:
            list(pool.map(reader.read, pages))

    return read


if __name__ == "__main__":
    main()
