"""Reading books beside bare decoding of the same pictures, in the same run.

python tests/benchmarks/reading.py [--pages N] [--rounds N]

Writes CBZs of JPEG pages of 1000 x 1500 pixels, the drawn sample pages enlarged, in colour and in grey.
"Whole" is what stage `pages` does with a book: open it in the child process, gather its metadata, unpack,
decode, hash and thumbnail every page.  "Bare" is Pillow decoding the same JPEGs in full, from memory, in
this process.
"""

from __future__ import annotations

import argparse
import io
import os
import platform
import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import PIL
from PIL import Image, ImageFilter

from warehouse.books.reading import open_book
from warehouse.books.sandbox.sandboxed_book import open_sandboxed
from warehouse.books.sources import find_books

ROOT = Path(__file__).resolve().parents[2]
SIZE = (1000, 1500)
RATIO_BAR = 1.5
SPEED_BAR = 25.0


def main() -> None:
    """Measure and print; exit status 1 where a bar is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=48)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    versions = f"Python {platform.python_version()}, Pillow {PIL.__version__}"
    print(f"{platform.machine()}, {os.cpu_count()} cores, {versions}")
    drawings = [picture for _, picture in zip(range(12), _sample_pages(), strict=False)]
    good = True
    with tempfile.TemporaryDirectory() as folder:
        for name, mode, options in (
            ("colour", "RGB", {}),
            ("colour, progressive", "RGB", {"progressive": True}),
            ("grey", "L", {}),
        ):
            jpegs = [_jpeg(drawing.convert(mode), options) for drawing in drawings]
            pages = [jpegs[place % len(jpegs)] for place in range(arguments.pages)]
            path = _write_book(Path(folder) / f"{name}.cbz", pages)
            good &= _measure(name, path, pages, arguments.rounds)
    sys.exit(0 if good else 1)


def _sample_pages() -> Iterator[Image.Image]:
    for source in find_books([ROOT / "samples"]):
        with open_book(source.path) as book:
            for seq in range(len(book.entries)):
                picture = Image.fromarray(book.page_pixels(seq).pixels).resize(SIZE, Image.Resampling.BICUBIC)
                grain = Image.effect_noise(SIZE, 24).convert("RGB").filter(ImageFilter.GaussianBlur(0.6))
                yield Image.blend(picture, grain, 0.12)  # scans are never as smooth as drawings


def _jpeg(picture: Image.Image, options: dict[str, bool]) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=85, **options)
    return file.getvalue()


def _write_book(path: Path, pages: list[bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for place, page in enumerate(pages):
            archive.writestr(f"page {place:03}.jpg", page)
    return path


def _measure(name: str, path: Path, pages: list[bytes], rounds: int) -> bool:
    _whole(path)
    pairs = [(_seconds(lambda: _whole(path)), _seconds(lambda: _bare(pages))) for _ in range(rounds)]
    ratio = statistics.median(whole / bare for whole, bare in pairs)
    speed = len(pages) / statistics.median(whole for whole, _ in pairs)
    kilobytes = sum(map(len, pages)) / len(pages) / 1024
    print(
        f"{name}: {speed:.0f} pages/s, {ratio:.2f} of bare Pillow ({len(pages)} pages of {kilobytes:.0f} KiB)"
    )
    return ratio <= RATIO_BAR and speed >= SPEED_BAR


def _whole(path: Path) -> None:
    with open_sandboxed(path) as book:
        book.metadata()
        list(book.looks())


def _bare(pages: list[bytes]) -> None:
    for page in pages:
        Image.open(io.BytesIO(page)).load()


def _seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
