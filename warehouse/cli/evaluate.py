"""`warehouse evaluate`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from warehouse.cli.demo import SAMPLES
from warehouse.cli.detector import detector_option
from warehouse.cli.evaluate_tables import echo_summaries

if TYPE_CHECKING:
    from warehouse.contracts import Profile
    from warehouse.evaluation.detections import PageDetections
    from warehouse.evaluation.truth import TrueBook

WORST = 20


@click.group()
def evaluate() -> None:
    """Figures against what people say is on the pages: panels, their order, text and page types.

    The truth is a JSON file a book (docs/accuracy.md says of what form); no database is needed. Times are of
    one core.

    \b
    Example:
      warehouse evaluate panels --truth truth --books books --draw worst
    """


def with_truth(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say which truth is meant."""
    options = (
        click.option(
            "--truth",
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            default=SAMPLES,
            help="Folder of annotations; without it, those of the sample library.",
        ),
        click.option(
            "--books",
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            help="Folder of the books; without it, 'books' beside the annotations, else their own folder.",
        ),
        click.option("--only", default="", metavar="NAME", help="Only books with this in their name."),
        detector_option,
        click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def with_drawing(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say where pages are drawn, and how many."""
    options = (
        click.option(
            "--draw",
            type=click.Path(file_okay=False, path_type=Path),
            help="Folder to draw the worst pages into: truth green, prediction red, numbered in order.",
        ),
        click.option(
            "--worst", default=WORST, show_default=True, type=click.IntRange(1), help="How many to draw."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@evaluate.command()
@with_truth
@with_drawing
def panels(
    truth: Path,
    books: Path | None,
    only: str,
    detector: str | None,
    as_json: bool,
    draw: Path | None,
    worst: int,
) -> None:
    """Panels against boxes people drew, matched one to one at IoU 0.5, and COCO's average precision.

    whole: pages with every panel found and none too many. bare: covers, advertisements, pages of text;
    stray: panels found on those, a page; most: on one page. seconds: a page.

    \b
    Example:
      warehouse evaluate panels --truth truth --books books --only haruko --draw worst --worst 5
    """
    from warehouse.evaluation.summaries import summed_panels

    annotated = _annotated(truth, books, only)
    measured = _detections(annotated, detector)
    echo_summaries(measured, summed_panels, as_json)
    if draw is not None:
        pages = [page for _, pages in measured for page in pages]
        _draw(draw, annotated, sorted(pages, key=lambda page: -page.errors)[:worst])


@evaluate.command()
@with_truth
@with_drawing
def order(
    truth: Path,
    books: Path | None,
    only: str,
    detector: str | None,
    as_json: bool,
    draw: Path | None,
    worst: int,
) -> None:
    """Reading order: of the panels found and matched, and of the boxes people drew (true ...).

    right: pairs of panels in the order people read them. tau: Kendall's, mean over pages.
    whole: pages with all in order.

    \b
    Example:
      warehouse evaluate order --truth truth --books books
    """
    from warehouse.evaluation.summaries import summed_order

    annotated = _annotated(truth, books, only)
    measured = _detections(annotated, detector)
    echo_summaries(measured, summed_order, as_json)
    if draw is not None:
        pages = [page for _, pages in measured for page in pages if page.is_judged]
        _draw(draw, annotated, sorted(pages, key=lambda page: -page.pairs_wrong)[:worst])


@evaluate.command()
@with_truth
@with_drawing
def text(
    truth: Path,
    books: Path | None,
    only: str,
    detector: str | None,
    as_json: bool,
    draw: Path | None,
    worst: int,
) -> None:
    """Text in the boxes people drew; letters and digits only.

    right: boxes of which at least 90 % is. in true, in found: share of the texts with a known panel (placed)
    that are given that one, among the panels people drew and among those found. seconds: a page.

    \b
    Example:
      warehouse evaluate text --truth truth --books books --only pepper
    """
    from warehouse.evaluation.drawing import Drawing, write_drawings
    from warehouse.evaluation.readings import read_book
    from warehouse.evaluation.summaries import summed_text

    profile = _profile(detector)
    annotated = _annotated(truth, books, only)
    measured = [
        (book, list(read_book(book, path, profile.text_reader, profile.panel_detector)))
        for book, path in _told(annotated)
    ]
    echo_summaries(measured, summed_text, as_json)
    if draw is not None:
        paths = {book.name: path for book, path in annotated}
        read = sorted((page for _, pages in measured for page in pages), key=lambda p: -p.figures().edits)
        write_drawings(
            draw,
            [
                Drawing(p.book.name, paths[p.book.name], p.page.seq, p.true_boxes, p.line_boxes)
                for p in read[:worst]
            ],
        )


@evaluate.command("page-types")
@with_truth
def page_types(truth: Path, books: Path | None, only: str, detector: str | None, as_json: bool) -> None:
    """Predicted page types, beside calling the first page a cover and all others story (as usual).

    bare: pages that are no story; flagged: share of them not taken for one: panels found on such pages have
    no vectors and are in no answer.

    \b
    Example:
      warehouse evaluate page-types --truth truth --books books
    """
    from warehouse.evaluation.page_types import judge_page_types, predicted_types
    from warehouse.evaluation.summaries import summed_page_types

    profile = _profile(detector)
    measured = [
        (book, [judge_page_types(book, predicted_types(profile, path))])
        for book, path in _told(_annotated(truth, books, only))
        if any(page.page_type for page in book.pages)
    ]
    echo_summaries(measured, summed_page_types, as_json)


def _profile(detector: str | None) -> Profile:
    """The models of the settings, on one core, with this panel detector."""
    import cv2

    from models.profiles import load_profile
    from warehouse.config import load_settings

    cv2.setNumThreads(1)
    settings = load_settings()
    return load_profile(settings.profile, 1, detector or settings.detector)


def _annotated(truth: Path, books: Path | None, only: str) -> list[tuple[TrueBook, Path]]:
    from warehouse.evaluation.truth import annotated_books

    return annotated_books(truth, books, only)


def _told(annotated: Sequence[tuple[TrueBook, Path]]) -> Iterator[tuple[TrueBook, Path]]:
    """The same, telling which book is being measured."""
    for place, (book, path) in enumerate(annotated, start=1):
        click.echo(f"{place}/{len(annotated)} {book.name}", err=True)
        yield book, path


def _detections(
    annotated: Sequence[tuple[TrueBook, Path]], name: str | None
) -> list[tuple[TrueBook, list[PageDetections]]]:
    from warehouse.evaluation.detections import detect_book

    detector = _profile(name).panel_detector
    return [(book, list(detect_book(book, path, detector))) for book, path in _told(annotated)]


def _draw(folder: Path, annotated: Sequence[tuple[TrueBook, Path]], pages: Sequence[PageDetections]) -> None:
    from warehouse.evaluation.drawing import Drawing, write_drawings

    paths = {book.name: path for book, path in annotated}
    write_drawings(
        folder,
        [Drawing(p.book.name, paths[p.book.name], p.page.seq, p.page.panels or (), p.boxes) for p in pages],
    )
