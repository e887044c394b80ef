"""Ingest speed beside the bare model calls on the same pages, in the same run, and peak memory.

python tests/benchmarks/ingest.py [--books DIR] [--pages N] [--json FILE]

For each book in turn: the whole ingest, then the text reader alone and the visual backbone alone on the same
pictures, already decoded.  Models are loaded and warm before the clock starts.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import resource
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from models.profiles import load_profile
from models.text_reader import RapidOcrReader
from warehouse.books.reading import open_book
from warehouse.books.sources import find_books
from warehouse.cli.progress import SilentProgress
from warehouse.config import Settings, load_settings
from warehouse.contracts import Profile, TextReader
from warehouse.database.connection import Connection, Database, open_database
from warehouse.database.queries import stored_pages, stored_panels
from warehouse.database.upgrade import ensure_current
from warehouse.errors import BookError
from warehouse.ingest import ingest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data" / "books"


@dataclass
class Figures:
    """Seconds over all books measured."""

    pages: int = 0
    whole: float = 0.0
    reader: float = 0.0
    backbone: float = 0.0
    stages: Counter[str] = field(default_factory=Counter)

    @property
    def bare(self) -> float:
        return self.reader + self.backbone


def main() -> None:
    arguments = parse()
    threads = load_settings().threads
    profile = load_profile("offline", threads)
    reader = RapidOcrReader(threads, pages_at_once=1)  # bare: one page after the other, all cores on each
    warm(profile, reader)
    figures = Figures()
    with tempfile.TemporaryDirectory() as home:
        database = open_database(Settings(home=Path(home)))
        ensure_current(database)
        for source in find_books([arguments.books]):
            if figures.pages >= arguments.pages:
                break
            measure(source.path, database, profile, reader, figures)
    report(figures, arguments)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    default = SHARED if SHARED.is_dir() else ROOT / "samples"
    parser.add_argument("--books", type=Path, default=default, help="books to ingest (default: real ones)")
    parser.add_argument(
        "--pages", type=int, default=60, help="stop after the book that reaches so many pages"
    )
    parser.add_argument("--json", type=Path, help="write the figures there too")
    return parser.parse_args()


def warm(profile: Profile, reader: TextReader) -> None:
    page = np.full((600, 400, 3), 255, np.uint8)
    profile.text_reader.read(page)
    reader.read(page)
    profile.backbone.encode([page])
    profile.sentences.encode(["warm"])
    profile.panel_detector.detect(page)
    assert profile.panel_encoder.identity
    assert profile.strip_encoder.identity


def measure(path: Path, database: Database, profile: Profile, reader: TextReader, figures: Figures) -> None:
    start = time.perf_counter()
    summary = ingest([path], database, profile, SilentProgress())
    whole = time.perf_counter() - start
    if summary.outcomes["failed"]:
        return
    with database.connect(autocommit=True) as connection:
        [book_id] = summary.book_ids
        for stage, seconds in connection.execute(
            "select stage, seconds from work where book_id = %s", (book_id,)
        ):
            figures.stages[stage] += seconds
        bare_calls(path, connection, book_id, profile, reader, figures)
    figures.whole += whole


def bare_calls(
    path: Path,
    connection: Connection,
    book_id: int,
    profile: Profile,
    reader: TextReader,
    figures: Figures,
) -> None:
    """The text reader once a page; the backbone on whole pages and on the panels of narrative pages."""
    panels = stored_panels(connection, book_id)
    pictures: list[np.ndarray] = []
    with open_book(path) as book:
        for page in stored_pages(connection, book_id):
            try:
                pixels = book.page_pixels(page.seq).pixels
            except BookError:
                continue
            figures.pages += 1
            if not page.low_information:
                figures.reader += timed(lambda pixels=pixels: reader.read(pixels))
            pictures.append(pixels)
            if page.is_narrative:
                boxes = [panel.box for panel in panels.get(page.id, [])]
                pictures.extend(pixels[box.y : box.bottom, box.x : box.right] for box in boxes)
            if len(pictures) >= 16:
                figures.backbone += timed(lambda batch=tuple(pictures): profile.backbone.encode(batch))
                pictures.clear()
    if pictures:
        figures.backbone += timed(lambda: profile.backbone.encode(pictures))


def timed(call) -> float:  # type: ignore[no-untyped-def]
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def report(figures: Figures, arguments: argparse.Namespace) -> None:
    pages = max(figures.pages, 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    versions = {name: importlib.metadata.version(name) for name in ("torch", "rapidocr", "timm")}
    print(f"machine: {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(", ".join(f"{name} {version}" for name, version in versions.items()))
    print(f"pages: {figures.pages}")
    print(f"whole ingest: {figures.whole:.1f} s, {figures.pages / figures.whole:.2f} pages/s")
    for stage, seconds in sorted(figures.stages.items(), key=lambda item: -item[1]):
        print(f"  {stage:<14} {seconds / pages:.3f} s a page")
    print(f"bare text reader: {figures.reader / pages:.3f} s a page")
    print(f"bare backbone:    {figures.backbone / pages:.3f} s a page")
    print(f"whole / bare: {figures.whole / figures.bare:.3f} (bar: at most 1.25)")
    print(f"peak memory: {peak:.2f} GiB (bar: at most 2.5)")
    if arguments.json:
        found = {
            "pages": figures.pages,
            "whole_seconds": figures.whole,
            "bare_seconds": figures.bare,
            "ratio": figures.whole / figures.bare,
            "peak_gib": peak,
            "stages": dict(figures.stages),
        }
        arguments.json.write_text(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
