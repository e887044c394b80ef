"""`warehouse demo`."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from warehouse.cli.hits import echo_hits
from warehouse.cli.ingest import counts_line, run_ingest
from warehouse.cli.questions import Desk, answering
from warehouse.cli.search import Limits, by_image, by_text

if TYPE_CHECKING:
    from warehouse.database.showpieces import PanelPlace

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
SAMPLE_QUERY = "a robot in the rain"
HITS = 5


@click.command()
@click.argument("books", nargs=-1, type=click.Path(path_type=Path))
def demo(books: tuple[Path, ...]) -> None:
    """Ingest a library (the samples, if none is given) and ask it something: by words, picture and concept.

    The SQL behind each answer is printed with it. A second run skips what is done.

    \b
    Example:
      warehouse demo ~/Comics
    """
    summary = run_ingest(books or (SAMPLES,))
    click.echo(counts_line(summary))
    for problem in summary.problems:
        click.echo(f"  {problem.path}: {problem.error} [{problem.error_code}]")
    own = not books or [path.resolve() for path in books] == [SAMPLES]
    with answering() as desk:
        _overview(desk)
        _text_search(desk, SAMPLE_QUERY if own else None)
        _image_search(desk)
        _comparison(desk)
    click.echo(
        '\nYour turn:\n  warehouse search "…"\n  warehouse concept compare "…" "…"\n  warehouse sql "…"'
    )
    click.get_current_context().exit(summary.exit_code)


def _overview(desk: Desk) -> None:
    from warehouse.cli.output import echo_table
    from warehouse.database.answers import LIBRARY

    _heading("What is in the warehouse")
    echo_table(
        ("series", "books", "pages", "story pages", "panels", "words", "failed books", "years"),
        [
            (
                row.series,
                row.books,
                row.pages,
                row.narrative_pages,
                row.panels,
                row.words,
                row.failed_books,
                _span(row.first_year, row.last_year),
            )
            for row in LIBRARY.answer(desk.connection)
        ],
    )
    _sql(LIBRARY.sql(desk.connection))


def _text_search(desk: Desk, query: str | None) -> None:
    from warehouse.database.showpieces import telling_word

    query = query or telling_word(desk.connection)
    if query is None:
        click.echo("\nNo text was read in this library, so there is no text search to show.")
        return
    _heading(f'Search by words: warehouse search "{query}"')
    found = by_text(desk, query, "panels", "hybrid", _no_limits())
    echo_hits(found.hits)
    _sql(found.sql)


def _image_search(desk: Desk) -> None:
    from warehouse.database.showpieces import showpiece_panel

    panel = showpiece_panel(desk.connection)
    if panel is None:
        click.echo("\nNo panels were found in this library, so there is no image search to show.")
        return
    with tempfile.TemporaryDirectory() as folder:
        crop = Path(folder) / "crop.png"
        _save_crop(panel, crop)
        _heading("Search by picture: warehouse search --image crop.png")
        book = f"{panel.series or panel.path} {panel.number or ''}".strip()
        click.echo(f"crop.png is cut from {book}, page {panel.page_seq + 1}\n")
        found = by_image(desk, crop, "panels", None, _no_limits())
    echo_hits(found.hits)
    _sql(found.sql)


def _comparison(desk: Desk) -> None:
    from warehouse.cli.concept import chosen_options
    from warehouse.cli.concept_tables import echo_pairs
    from warehouse.database.answers import compare_question
    from warehouse.database.showpieces import largest_series

    names = largest_series(desk.connection)
    if len(names) < 2:
        click.echo("\nThere is one series only, so there are no two concepts to compare.")
        return
    quoted = " ".join(f'"{name}"' for name in names)
    _heading(f"Concepts: warehouse concept compare {quoted}")
    question = compare_question(names, chosen_options(desk, None))
    echo_pairs(question.answer(desk.connection))
    _sql(question.sql(desk.connection))


def _save_crop(panel: PanelPlace, path: Path) -> None:
    from PIL import Image

    from warehouse.books.sandbox.sandboxed_book import open_sandboxed

    with open_sandboxed(panel.path) as book:
        pixels = book.page_pixels(panel.page_seq).pixels
    box = panel.box
    Image.fromarray(pixels[box.y : box.bottom, box.x : box.right]).save(path)


def _no_limits() -> Limits:
    from warehouse.database.answers import Filters

    return Limits(Filters(), None, HITS)


def _heading(text: str) -> None:
    click.echo(f"\n── {text}\n")


def _sql(text: str) -> None:
    """The SQL, with long vectors cut."""
    import re

    short = re.sub(r"'\[([^,\]]*,[^,\]]*),[^\]]*\]'", r"'[\1,…]'", text)
    click.echo("\n" + "\n".join(f"    {line}" for line in short.splitlines()))


def _span(first: int | None, last: int | None) -> str | None:
    return None if first is None else str(first) if first == last else f"{first}–{last}"
