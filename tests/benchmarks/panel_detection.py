"""Processor time of the panel detector on one core, pages of 1000 x 1500 pixels, beside JPEG decoding.

python -m tests.benchmarks.panel_detection [BOOK] [--pages N] [--rounds N]

BOOK: any book; without one, the sample library's first.  The peer, in the same run, is decoding the same
page from a JPEG (Pillow), which no program that looks at pages can do without.
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
from PIL import Image

from models.panel_detector import OpenCvPanelDetector
from tests.benchmarks.book_pages import book_arguments
from warehouse.contracts import Pixels

WIDTH, HEIGHT = 1000, 1500
BAR = 0.10
"""Seconds a page."""


def main() -> None:
    """Measure and print; exit status 1 where the bar is missed."""
    arguments = book_arguments(__doc__, pages=24)
    cv2.setNumThreads(1)
    detector = OpenCvPanelDetector()
    found, decoded = [], []
    for page in _resized(arguments.pixels()):
        jpeg = io.BytesIO()
        Image.fromarray(page).save(jpeg, "JPEG", quality=90)
        found.append(min(_taken(detector.detect, page) for _ in range(arguments.rounds)))
        decoded.append(min(_taken(_decode, jpeg) for _ in range(arguments.rounds)))
    mean = statistics.mean(found)
    print(
        f"{len(found)} pages of {WIDTH} x {HEIGHT}: {mean:.3f} s of processor time a page"
        f" (median {statistics.median(found):.3f}, most {max(found):.3f}; bar: {BAR}),"
        f" {mean / statistics.mean(decoded):.1f} times decoding its JPEG"
    )
    sys.exit(0 if mean <= BAR else 1)


def _resized(pages: list[Pixels]) -> list[Pixels]:
    return [
        np.asarray(cv2.resize(page, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA), np.uint8)
        for page in pages
    ]


def _decode(jpeg: io.BytesIO) -> Pixels:
    return np.asarray(Image.open(jpeg), np.uint8)


def _taken(work: Callable[[Any], object], on: object) -> float:
    started = time.process_time()
    work(on)
    return time.process_time() - started


if __name__ == "__main__":
    main()
