"""Reading the text of pages beside RapidOCR with its defaults, in the same run, two cores each.

python -m tests.benchmarks.text_reading [BOOK] [--pages N] [--rounds N]

BOOK: any book; without one, the sample library's first.  RapidOCR reads page after page with all cores; the
reader here as stage `text` calls it, as many pages at once as it says suit it.  The machine is never quiet,
so the rounds alternate and the ratio of the medians is what counts.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import rapidocr

from models.text_reader import RapidOcrReader
from tests.benchmarks.book_pages import book_arguments
from warehouse.contracts import Pixels

RATIO_BAR = 0.71
"""A second a page where the defaults take 1.41."""


def main() -> None:
    """Measure and print; exit status 1 where the bar is missed."""
    arguments = book_arguments(__doc__, pages=12)
    pages = arguments.pixels()
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
