"""`warehouse train panels`."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from models.panel_training.examples import ReadPage
    from models.panel_training.training import Progress
    from models.panel_votes.network import PanelVoteNetwork

MANIFEST = "MANIFEST.tsv"
_FREE = ("PD", "CC0", "CC-BY-4.0")
"""How licences of books begin that weights may be made from: a name in the notice is all they ask for."""


@click.command("panels")
@click.argument(
    "folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option(
    "--pages", default=16_000, show_default=True, type=click.IntRange(1), help="How many to train on."
)
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="Same seed, same weights.")
@click.option(
    "--start",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of weights to go on from; without it, from random ones.",
)
@click.option("--threads", default=1, show_default=True, type=click.IntRange(1), help="Of torch.")
@click.option(
    "--output",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the weights; written now and then on the way.",
)
def panels(
    folders: tuple[Path, ...], pages: int, seed: int, start: Path | None, threads: int, output: Path
) -> None:
    """Train the panel detector 'trained' on pages drawn at random, filled with drawings of given books.

    FOLDERS hold CBZ files, each with a JSON file of what people know of its pages beside it, if there is
    one. Where a MANIFEST.tsv says of which split and licence they are (split, series, book, licence), only
    those of split 'train' that are in the public domain, CC0 or CC BY are taken.

    \b
    Example:
      warehouse train panels library samples --output weights
    """
    import cv2

    from models.panel_detector import OpenCvPanelDetector
    from models.panel_training.examples import source_of
    from models.panel_training.training import train_votes
    from models.panel_votes.stored import load_votes, save_votes
    from models.torch_runtime import prepare_torch

    cv2.setNumThreads(1)
    prepare_torch(threads)
    source = source_of(read_pages(folders), OpenCvPanelDetector())
    drawn = source.pictures
    click.echo(f"{len(drawn.drawings)} drawings, {len(drawn.figures)} figures, {len(source.pages)} pages")

    def report(progress: Progress, network: PanelVoteNetwork) -> None:
        click.echo(f"{progress.pages} pages: loss {progress.loss:.3f}, IoU {progress.overlap:.3f}")
        save_votes(output, network)

    train_votes(source, pages, seed, report, start=None if start is None else load_votes(start))
    click.echo(f"written: {output}")


def read_pages(folders: tuple[Path, ...]) -> Iterator[ReadPage]:
    """Every page of the books that may be trained on, with what people know of it."""
    from models.panel_training.examples import ReadPage
    from warehouse.books.reading import open_book
    from warehouse.evaluation.truth import load_truth

    for path in training_books(folders):
        beside = [path.with_suffix(ending) for ending in (".truth.json", ".json")]
        known = {page.seq: page for file in beside if file.is_file() for page in load_truth(file).pages}
        with open_book(path) as book:
            for seq in range(len(book.entries)):
                page = known.get(seq)
                yield ReadPage(
                    book.page_pixels(seq).pixels,
                    page.panels if page else None,
                    page.page_type if page else None,
                )


def training_books(folders: tuple[Path, ...]) -> list[Path]:
    """The books of these folders that weights may be made from, in the order of their names."""
    books: list[Path] = []
    for folder in folders:
        if (folder / MANIFEST).is_file():
            with (folder / MANIFEST).open(encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file, delimiter="\t"))
            named = [row for row in rows if row["split"] == "train" and row["licence"].startswith(_FREE)]
            books += sorted(folder / row["series"] / f"{row['book']}.cbz" for row in named)
        else:
            books += sorted(folder.rglob("*.cbz"))
    return books
