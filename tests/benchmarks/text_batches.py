"""Lines recognised one by one, and so many at once, by the same network in the same run.

python -m tests.benchmarks.text_batches [BOOK] [--pages N] [--rounds N]

The lines are as wide as those of the book (default: the sample library's first), and what is on them does
not matter to the time; a batch takes lines of like width and fills the shorter ones up.
"""

from __future__ import annotations

import math
import statistics
import time

import numpy as np

from models.text_reader import RapidOcrReader
from models.text_sessions import load_session
from tests.benchmarks.book_pages import book_arguments
from warehouse.contracts import Pixels
from warehouse.geometry import Box

MODEL, ROWS = "PP-OCRv6_rec_small.onnx", 48
BATCHES = (1, 2, 4, 8, 16)


def main() -> None:
    """Measure and print: processor time on one core, over that of lines one by one."""
    arguments = book_arguments(__doc__, pages=4)
    widths = _widths(arguments.pixels())
    taken: dict[int, list[float]] = {size: [] for size in BATCHES}
    session = load_session(MODEL, threads=1)
    name = session.get_inputs()[0].name
    for _ in range(arguments.rounds):
        for size in BATCHES:
            started = time.process_time()
            for first in range(0, len(widths), size):
                batch = widths[first : first + size]
                session.run(None, {name: np.zeros((len(batch), 3, ROWS, max(batch)), np.float32)})
            taken[size].append(time.process_time() - started)
    alone = statistics.median(taken[1])
    print(f"{len(widths)} lines, {1000 * alone / len(widths):.1f} ms a line one by one")
    for size in BATCHES[1:]:
        print(f"{size} at once: {statistics.median(taken[size]) / alone:.2f} of that")


def _widths(pages: list[Pixels]) -> list[int]:
    """Columns of the network's input for every line of the pages, narrowest first."""
    reader = RapidOcrReader(1)
    return sorted(_columns(line.box) for page in pages for line in reader.read(page))


def _columns(box: Box) -> int:
    short, long = sorted((box.w, box.h))
    return max(16, math.ceil(ROWS * long / max(1, short)))


if __name__ == "__main__":
    main()
