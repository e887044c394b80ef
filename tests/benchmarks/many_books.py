"""Ingest a tree of many small books, interrupted on the way: books a second, counts, exit codes.

python tests/benchmarks/many_books.py [--books N] [--profile planted|offline] [--interrupts N]

The tree is the same every time: CBZs of one or two drawn pages, in series of twenty-five; every fortieth is
broken, in one of five ways, and every hundredth is a copy.  It is ingested by a process of its own,
interrupted as by Ctrl-C so many times, gone on with to the end, and asked for once more when all is done.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from warehouse.config import Settings
from warehouse.database.connection import open_database
from warehouse.database.upgrade import ensure_current

ROOT = Path(__file__).resolve().parents[2]
SIZE = (300, 450)
WORDS = ("RAIN", "NIGHT", "ROBOT", "OWL", "GARDEN", "RUN", "STOP", "COMET", "LANTERN", "HARBOUR", "STORY")
SERIES_LENGTH = 25
BROKEN_EVERY = 40
COPY_EVERY = 100


@dataclass(frozen=True, slots=True)
class Outcome:
    """One run: seconds in all, seconds until the first line of progress, its last words, its exit code."""

    seconds: float
    first: float
    said: str
    code: int


def main() -> None:
    arguments = parse()
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        place.chmod(0o755)  # the embedded server may run as another user
        draw_tree(place / "books", arguments.books)
        command = COMMANDS[arguments.profile](place)
        part = arguments.books // (arguments.interrupts + 1)
        runs = [run(command, place, stop_after=part) for _ in range(arguments.interrupts)]
        for outcome in runs:
            report(f"interrupted: {outcome.seconds:.1f} s, exit code {outcome.code}, {outcome.said!r}")
        runs.append(run(command, place))
        report(f"to the end: {runs[-1].seconds:.1f} s, exit code {runs[-1].code}, {runs[-1].said!r}")
        again = run(command, place)
        report(f"once more: {again.seconds:.1f} s, exit code {again.code}, {again.said!r}")
    seconds = sum(outcome.seconds for outcome in runs)
    rate = f"{arguments.books / seconds:.2f} books/s with {len(runs)} starts"
    report(
        f"profile {arguments.profile}, {os.cpu_count()} cores: {arguments.books} books in {seconds:.1f} s,"
    )
    report(f"{rate}; the first line of progress after {runs[0].first:.1f} s")


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--books", type=int, default=1000, help="how many (default: 1000)")
    parser.add_argument("--profile", choices=["offline", "planted"], default="planted", help="which models")
    parser.add_argument("--interrupts", type=int, default=3, help="how often to interrupt (default: 3)")
    return parser.parse_args()


def real_command(place: Path) -> list[str]:
    """The program itself, with its models and its embedded database."""
    return [
        sys.executable,
        "-c",
        "from warehouse.program import main; main()",
        "ingest",
        str(place / "books"),
    ]


def planted_command(place: Path) -> list[str]:
    """The tests' program, with stand-ins for the models."""
    database = open_database(Settings(home=place / "home"))
    ensure_current(database)
    program = ROOT / "tests" / "acceptance" / "ingesting.py"
    return [sys.executable, str(program), database.url, "0", str(place / "books")]


COMMANDS: dict[str, Callable[[Path], list[str]]] = {"offline": real_command, "planted": planted_command}


def run(command: list[str], place: Path, stop_after: int | None = None) -> Outcome:
    """Run an ingest, interrupted after so many books that needed work if asked to."""
    start, first, worked, said = time.perf_counter(), 0.0, 0, ""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "WAREHOUSE_HOME": str(place / "home")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=hear_interrupts,
    )
    assert process.stderr is not None
    assert process.stdout is not None
    for line in process.stderr:
        said = line.strip()
        worked += "] ingested" in said
        first = first or time.perf_counter() - start
        if worked == stop_after:
            process.send_signal(signal.SIGINT)
            stop_after = None
    said = process.stdout.read().strip() or said
    code = process.wait()
    return Outcome(time.perf_counter() - start, first, said, code)


def hear_interrupts() -> None:
    """Background jobs are started deaf to Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def draw_tree(folder: Path, books: int) -> None:
    """The same files every time."""
    files: list[Path] = []
    for number in range(books):
        name = f"Series {number // SERIES_LENGTH:03}"
        path = folder / name / f"{name} {number % SERIES_LENGTH + 1:03}.cbz"
        path.parent.mkdir(parents=True, exist_ok=True)
        data = book(number)
        if number % COPY_EVERY == COPY_EVERY - 1:
            data = files[-2].read_bytes()
        elif number % BROKEN_EVERY == BROKEN_EVERY - 1:
            data = broken(number // BROKEN_EVERY % 5, number, data)
        path.write_bytes(data)
        files.append(path)


def book(number: int) -> bytes:
    """A CBZ of one or two pages."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for seq in range(1 + number % 2):
            archive.writestr(zipfile.ZipInfo(f"{seq}.jpg"), page(1000 * number + seq))
    return file.getvalue()


def broken(way: int, number: int, data: bytes) -> bytes:
    """Empty, noise, half a download, no pictures, or only a picture that ends too early."""
    if way < 3:
        return [b"", random.Random(number).randbytes(5000), data[: len(data) // 2]][way]  # noqa: S311
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        if way == 3:
            archive.writestr(zipfile.ZipInfo("read me.txt"), b"no pictures")
        else:
            archive.writestr(zipfile.ZipInfo("0.jpg"), page(number)[:900])
    return file.getvalue()


def page(seed: int) -> bytes:
    """Two rows of framed panels, a shape and a word in each."""
    chance = random.Random(seed)  # noqa: S311
    picture = Image.new("RGB", SIZE, "white")
    pen = ImageDraw.Draw(picture)
    for row in range(2):
        parts = chance.randint(1, 2)
        for part in range(parts):
            width, height = (SIZE[0] - 20) // parts - 6, SIZE[1] // 2 - 20
            x, y = 12 + part * (width + 6), 12 + row * (height + 10)
            shade = tuple(chance.randint(120, 250) for _ in range(3))
            pen.rectangle((x, y, x + width, y + height), fill=shade, outline="black", width=3)
            across = chance.randint(30, 60)
            pen.ellipse((x + 20, y + 60, x + 20 + across, y + 60 + across), fill="black")
            pen.text((x + 14, y + 14), chance.choice(WORDS), fill="black", font_size=22)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=80)
    return file.getvalue()


def report(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
