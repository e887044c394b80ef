"""`warehouse train`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from warehouse.cli.train_panels import panels

if TYPE_CHECKING:
    from models.page_type_training import LabelledPage
    from warehouse.database.connection import Connection


@click.group()
def train() -> None:
    """Fit the models that can be fitted here."""


train.add_command(panels)


@train.command("page-types")
@click.argument("truth", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--output", type=click.Path(path_type=Path), help="Write the weights to this JSON file.")
def page_types(truth: tuple[Path, ...], output: Path | None) -> None:
    """Fit the page type predictor to pages whose types people told, in books that have been ingested.

    TRUTH are JSON files, or folders of them, that name a book's file and the type of its pages. What is
    printed is the agreement on series held out, each in turn.

    \b
    Example:
      warehouse train page-types samples --output models/page_type_weights.json
    """
    from models.page_type_predictor import TYPES
    from models.page_type_training import as_json, fit, held_out
    from warehouse.cli.output import echo_table
    from warehouse.cli.session import reading
    from warehouse.errors import QueryError

    with reading() as connection:
        pages = [page for page in labelled_pages(connection, truth) if page.page_type in TYPES]
    if len({page.series for page in pages}) < 2:
        raise QueryError(
            "labelled pages of at least two series are needed",
            code="too-few-labels",
            remedy="ingest the books that the truth files name, then try again",
        )
    predicted = held_out(pages)
    echo_table(
        ("type", "pages", "predicted", "right", "F1"), _figures([p.page_type for p in pages], predicted)
    )
    if output is not None:
        output.write_text(as_json(fit(pages)), "utf-8")
        click.echo(f"written: {output}")


def labelled_pages(connection: Connection, truth: tuple[Path, ...]) -> Iterator[LabelledPage]:
    """The ingested pages that truth files tell the type of; books are matched by file name."""
    from models.page_type_predictor import usual_words
    from models.page_type_training import LabelledPage
    from warehouse.database.queries import books_of_file, stored_lines, stored_pages, stored_panels
    from warehouse.evaluation.page_types import SAME_TYPE
    from warehouse.evaluation.truth import load_truth
    from warehouse.stages.page_types import page_evidence

    for path in _truth_files(truth):
        book = load_truth(path)
        types = {page.seq: page.page_type for page in book.pages if page.page_type}
        for book_id, series in books_of_file(connection, path.parent.name, book.file):
            pages = stored_pages(connection, book_id)
            panels, lines = stored_panels(connection, book_id), stored_lines(connection, book_id)
            evidence = [
                page_evidence(page, len(pages), panels.get(page.id, []), lines.get(page.id, []))
                for page in pages
            ]
            usual = usual_words(evidence) if evidence else 0.0
            for page in evidence:
                name = types.get(page.seq)
                if name and not page.low_information:
                    yield LabelledPage(page, usual, SAME_TYPE.get(name, name), series)


def _truth_files(paths: tuple[Path, ...]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(path.rglob("*.json")) if path.is_dir() else [path]


def _figures(true: list[str], predicted: list[str]) -> list[tuple[object, ...]]:
    told, said = Counter(true), Counter(predicted)
    right = Counter(name for name, other in zip(true, predicted, strict=True) if name == other)
    rows: list[tuple[object, ...]] = [
        (name, told[name], said[name], right[name], 2 * right[name] / (told[name] + said[name]))
        for name in sorted(told, key=lambda name: -told[name])
    ]
    rows.append(("all", len(true), len(predicted), sum(right.values()), sum(right.values()) / len(true)))
    return rows
