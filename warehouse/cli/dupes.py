"""`warehouse dupes`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from warehouse.database.connection import Connection
    from warehouse.database.duplicate_answers import DuplicateBook, DuplicatePage, DuplicateRequest, Grouping

SHOWN_PAGES = 10
"""Of one group in a table; --json has all."""
DRAWN_GROUPS = 50

distance_option = click.option(
    "--max-distance",
    type=click.IntRange(0, 64),
    metavar="N",
    default=4,
    show_default=True,
    help="Bits of 64 by which the perceptual hashes of the same picture may differ.",
)
series_option = click.option("--series", help="Only what touches series with these words in the name.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else on stdout.")


@click.group()
def dupes() -> None:
    """Pages that show the same picture, and books that contain one another. Nothing is ever deleted.

    Blank and nearly blank pages are never anyone's duplicate. Groups are computed anew when books have come
    in or gone since the last time. In SQL they are the view duplicates.
    """


@dupes.command()
@distance_option
@click.option("--exact", is_flag=True, help="Only pages of the very same bytes (MD5).")
@series_option
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="How many groups."
)
@click.option("--sheet", type=click.Path(path_type=Path), help="Draw the groups, a row each, into this PNG.")
@json_option
def pages(
    max_distance: int, exact: bool, series: str | None, limit: int, sheet: Path | None, as_json: bool
) -> None:
    """Groups of pages that show the same picture, the largest first.

    Every page of a group is at most N bits from its canonical page: the largest picture of the group; of
    equally large ones that of the book in the best state, then the one that came in first.

    \b
    Example:
      warehouse dupes pages --series "Pepper"
      warehouse dupes pages --max-distance 2 --sheet groups.png
    """
    from warehouse.cli.output import echo_json
    from warehouse.cli.session import reading
    from warehouse.database.duplicate_answers import DuplicateRequest, duplicate_pages_question
    from warehouse.duplicates.refreshing import refresh_groups

    request = DuplicateRequest(max_distance, same_bytes_only=exact, series=series, limit=limit)
    with reading() as connection:
        grouping = None if exact else refresh_groups(connection, max_distance)
        rows = duplicate_pages_question(request).answer(connection)
        groups = [list(group) for _, group in groupby(rows, key=lambda row: row.canonical_page_id)]
        if sheet is not None and groups:
            _draw(connection, groups[:DRAWN_GROUPS], sheet)
    if as_json:
        echo_json({"exact": exact, "grouping": grouping, "groups": groups})
    else:
        _echo_pages(groups, request, grouping)


@dupes.command()
@distance_option
@click.option(
    "--min-share",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    help="Of a book's pages that must be in the other one.",
)
@series_option
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="How many pairs."
)
@json_option
def books(max_distance: int, min_share: float, series: str | None, limit: int, as_json: bool) -> None:
    """Which book contains which.

    One line a pair: how many of a book's pages are in another one too. Blank pages don't count.

    \b
    Example:
      warehouse dupes books --min-share 0.8
    """
    from warehouse.cli.output import echo_json
    from warehouse.cli.session import reading
    from warehouse.database.duplicate_answers import DuplicateRequest, duplicate_books_question
    from warehouse.duplicates.refreshing import refresh_groups

    request = DuplicateRequest(max_distance, series=series, min_share=min_share, limit=limit)
    with reading() as connection:
        grouping = refresh_groups(connection, max_distance)
        pairs = duplicate_books_question(request).answer(connection)
    if as_json:
        echo_json({"min_share": min_share, "grouping": grouping, "pairs": pairs})
    else:
        _echo_books(pairs, request, grouping)


def _draw(connection: Connection, groups: Sequence[Sequence[DuplicatePage]], path: Path) -> None:
    from warehouse.contact_sheet import COLUMNS, draw_groups
    from warehouse.database.queries import thumbnails

    shown = [page.page_id for group in groups for page in group[:COLUMNS]]
    draw_groups(groups, thumbnails(connection, shown), path)
    click.echo(f"drawn: {path}", err=True)


def _echo_pages(
    groups: Sequence[Sequence[DuplicatePage]], request: DuplicateRequest, grouping: Grouping | None
) -> None:
    from warehouse.cli.output import echo_table

    if not groups:
        click.echo(_nothing("no two pages", request, grouping))
        return
    echo_table(
        ("group", "book", "book id", "page", "page id", "bits off", "match", "size"),
        [row for number, group in enumerate(groups, 1) for row in _rows(number, group)],
    )
    click.echo(f"\n{_summary(groups, request, grouping)}")


def _rows(number: int, group: Sequence[DuplicatePage]) -> list[list[object]]:
    rows: list[list[object]] = [
        [
            number,
            _book(page.series, page.number, page.title, page.path),
            page.book_id,
            f"p. {page.page_seq + 1}",
            page.page_id,
            page.distance,
            "canonical" if page.is_canonical else "same bytes" if page.same_bytes else "same picture",
            f"{page.width} × {page.height}",
        ]
        for page in group[:SHOWN_PAGES]
    ]
    if len(group) > SHOWN_PAGES:
        rows.append([number, f"… {len(group) - SHOWN_PAGES} more", *[None] * 6])
    return rows


def _summary(
    groups: Sequence[Sequence[DuplicatePage]], request: DuplicateRequest, grouping: Grouping | None
) -> str:
    count = "1 group" if len(groups) == 1 else f"{len(groups)} groups"
    if len(groups) == request.limit:
        count = f"the {count} with the most pages; --limit shows more"
    if grouping is None:
        return f"{count}; same bytes"
    return f"{count}; {_compared(request, grouping)}, {grouping.groups:,} groups in all"


def _echo_books(pairs: Sequence[DuplicateBook], request: DuplicateRequest, grouping: Grouping) -> None:
    if not pairs:
        click.echo(_nothing(f"no book shares {request.min_share:.0%} of its pages", request, grouping))
        return
    for pair in pairs:
        outer = _book(pair.series, pair.number, pair.title, pair.path)
        inner = _book(pair.inside_series, pair.inside_number, pair.inside_title, pair.inside_path)
        click.echo(
            f"{outer} [book {pair.book_id}] contains {pair.share:.0%} of {inner} [book {pair.inside_book_id}]"
            f" ({pair.matched} of {pair.pages} pages), {_places(pair)}"
        )
        click.echo(f"    {pair.path}\n    {pair.inside_path}")
    click.echo(f"\n{_compared(request, grouping)}")


def _places(pair: DuplicateBook) -> str:
    if pair.first_seq == pair.last_seq:
        return f"as its page {pair.first_seq + 1}"
    order = "in order" if pair.in_order == 1 else "not all in the same order"
    return f"among its pages {pair.first_seq + 1} to {pair.last_seq + 1}, {order}"


def _nothing(what: str, request: DuplicateRequest, grouping: Grouping | None) -> str:
    scope = f" in series like {request.series!r}" if request.series else ""
    if grouping is None:
        return f"{what} have the same bytes{scope}"
    if grouping.pages == 0:
        return "no pages to compare yet: bring books in with 'warehouse ingest'"
    verb = "show the same picture" if what == "no two pages" else "with another"
    return f"{what} {verb}{scope}; {_compared(request, grouping)}"


def _compared(request: DuplicateRequest, grouping: Grouping) -> str:
    when = grouping.computed_at.astimezone().strftime("%Y-%m-%d %H:%M")
    since = "; books have come in since, ask again" if grouping.stale else ""
    return f"{grouping.pages:,} pages compared {when}, at most {request.max_distance} bits apart{since}"


def _book(series: str | None, number: str | None, title: str | None, path: str) -> str:
    name = series or title or Path(path).name
    return f"{name} {number}" if number else name
