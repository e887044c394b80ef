"""What is answered of concepts, printed for people and drawn."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from warehouse.cli.output import echo_table
from warehouse.database.answer_rows import ConceptPair, MatrixEntry, Neighbour


def echo_pairs(pairs: Sequence[ConceptPair]) -> None:
    """Pairs as a table, what to mind below it, and how to read it."""
    echo_table(
        ("concept", "and", "similarity", "95% interval", "percentile", "pages", "books", "shared books"),
        [
            (
                pair.left_name,
                pair.right_name,
                pair.similarity,
                interval(pair.low, pair.high),
                percentile(pair.percentile),
                f"{pair.left_pages} / {pair.right_pages}",
                f"{pair.left_books} / {pair.right_books}",
                pair.shared_books,
            )
            for pair in pairs
        ],
    )
    for pair in pairs:
        if pair.note:
            click.echo(f"{pair.left_name} and {pair.right_name}: {pair.note}")
    among = sorted({pair.percentile_among for pair in pairs if pair.percentile_among})
    if among:
        click.echo(f"percentile: share of {' or of '.join(map(_others, among))} that are less alike")


def echo_neighbours(kind: str, found: Sequence[Neighbour]) -> None:
    """Neighbours as a table: only the columns that this kind has."""
    if kind == "concepts":
        echo_table(
            ("similarity", "concept", "95% interval", "percentile", "pages", "books", "note"),
            [
                (
                    n.similarity,
                    n.label,
                    interval(n.low, n.high),
                    percentile(n.percentile),
                    n.pages,
                    n.books,
                    n.note,
                )
                for n in found
            ],
        )
    elif kind == "series":
        echo_table(
            ("similarity", "series", "pages", "books", "note"),
            [(n.similarity, n.label, n.pages, n.books, n.note) for n in found],
        )
    elif kind == "panels":
        rows = [(n.similarity, n.label, n.page_id, n.panel_id) for n in found]
        echo_table(("similarity", "panel", "page id", "panel id"), rows)
    else:
        echo_table(("similarity", "page", "page id"), [(n.similarity, n.label, n.page_id) for n in found])


def interval(low: float | None, high: float | None) -> str | None:
    """'0.12 to 0.34', or None where there is none."""
    return None if low is None or high is None else f"{low:.2f} to {high:.2f}"


def percentile(share: float | None) -> str | None:
    """'97%', or None where there is none."""
    return None if share is None else f"{share:.0f}%"


def _others(among: str) -> str:
    return (
        "pairs of defined concepts"
        if among == "defined concepts"
        else "pairs of random groups of as many books"
    )


def echo_matrix(entries: Sequence[MatrixEntry]) -> None:
    """A matrix as a table, and below it what to mind of single concepts."""
    rows = _rows(entries)
    echo_table(
        ("", "pages", "books", *(row[0].row_name for row in rows)),
        [
            (row[place].row_name, row[place].pages, row[place].books, *(entry.similarity for entry in row))
            for place, row in enumerate(rows)
        ],
    )
    for place, row in enumerate(rows):
        if row[place].note:
            click.echo(f"{row[place].row_name}: {row[place].note}")


def _rows(entries: Sequence[MatrixEntry]) -> list[Sequence[MatrixEntry]]:
    size = round(len(entries) ** 0.5)
    return [entries[row * size : (row + 1) * size] for row in range(size)]


def plot_matrix(entries: Sequence[MatrixEntry], path: Path, space: str) -> None:
    """Draw a matrix, with the number of pages and books in each label.  Raises UsageError for the path."""
    from warehouse.heat_map import draw_heat_map

    rows = _rows(entries)
    counts = [(row[place].row_name, row[place].pages, row[place].books) for place, row in enumerate(rows)]
    labels = [f"{_cut(name, 18)} ({pages} p, {books} b)" for name, pages, books in counts]
    similarities = [[entry.similarity for entry in row] for row in rows]
    try:
        draw_heat_map(labels, similarities, path, f"Cosine similarity of concepts, {space} vectors")
    except (OSError, ValueError) as error:
        raise click.UsageError(f"{path} cannot be written: {error}") from error


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 2]}.."
