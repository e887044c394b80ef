"""Hits of a search as a table for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from warehouse.database.answer_rows import Hit


def exact(hits: list[Hit]) -> bool:
    """Whether every candidate was compared, not only those an index came up with."""
    return all(hit.exact for hit in hits)


def echo_hits(hits: list[Hit]) -> None:
    """Hits as a table, numbered, the text last; of a typed query with its rank by words and by meaning."""
    from warehouse.cli.output import echo_table

    if not hits:
        click.echo("no hits: try other words, --mode semantic, or fewer filters")
        return
    typed = any(hit.reciprocal_rank is not None for hit in hits)
    rows: list[list[object]] = []
    for place, hit in enumerate(hits, 1):
        where = f"p. {hit.page_seq + 1}"
        if hit.panel_seq is not None:
            where += f", panel {hit.panel_seq + 1}"
        elif hit.first_panel is not None and hit.last_panel is not None:
            where += f", panels {hit.first_panel + 1}–{hit.last_panel + 1}"
        book = f"{hit.series or hit.title or hit.book_id} {hit.number or ''}".strip()
        id_ = hit.panel_id or hit.strip_id or hit.page_id
        ranks = [hit.keyword_rank, hit.semantic_rank] if typed else []
        rows.append([place, book, where, id_, *ranks, hit.distance, hit.text])
    headings = ["#", "book", "where", "id", *(["words", "meaning"] if typed else []), "distance", "text"]
    echo_table(headings, rows)
