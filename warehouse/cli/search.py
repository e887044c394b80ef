"""`warehouse search`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from warehouse.cli.questions import Desk
    from warehouse.contracts import Vectors
    from warehouse.database.answer_rows import Filters, Hit
    from warehouse.database.question import Question

TYPED_MODES = ("hybrid", "semantic", "keyword")


@dataclass(frozen=True, slots=True)
class Found:
    """What was asked, how, and what came back."""

    hits: list[Hit]
    sql: str
    how: str


@click.command()
@click.argument("text", required=False)
@click.option(
    "--image", type=click.Path(path_type=Path), help="Search by a picture: a panel, a page, a crop."
)
@click.option("--panel", type=int, metavar="ID", help="More like this panel.")
@click.option("--page", type=int, metavar="ID", help="More like this page.")
@click.option(
    "--in", "scope", type=click.Choice(["panels", "pages", "strips"]), help="What to find. [default: panels]"
)
@click.option(
    "--mode",
    type=click.Choice([*TYPED_MODES, "visual"]),
    help="How to compare: hybrid fuses words and meaning. [default: hybrid for text, visual otherwise]",
)
@click.option(
    "--space", help="Vectors to compare by: fused, vision, feature, context, semantic, visual, page …"
)
@click.option("--series", help="Only series with these words in the name.")
@click.option("--publisher", help="Only this publisher.")
@click.option("--character", help="Only books with this character.")
@click.option("--language", help="Only this language, such as en.")
@click.option("--page-type", help="Only pages of this type, such as story or cover.")
@click.option("--year", metavar="A:B", help="Only years from A to B; either may be missing.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=10, show_default=True, help="How many hits.")
@click.option("--sheet", type=click.Path(path_type=Path), help="Draw the hits, numbered, into this PNG.")
@click.option("--show-sql", is_flag=True, help="Print the SQL that was asked.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else on stdout.")
def search(
    text: str | None,
    image: Path | None,
    panel: int | None,
    page: int | None,
    scope: str | None,
    mode: str | None,
    space: str | None,
    series: str | None,
    publisher: str | None,
    character: str | None,
    language: str | None,
    page_type: str | None,
    year: str | None,
    limit: int,
    sheet: Path | None,
    show_sql: bool,
    as_json: bool,
) -> None:
    """Find panels, pages or strips by words, by a picture, or by what is like another.

    \b
    Example:
      warehouse search "castle at night" --series "Pepper" --limit 5
      warehouse search --image crop.png --in pages
      warehouse search --panel 812 --sheet hits.png
    """
    from warehouse.cli.questions import answering
    from warehouse.database.answers import Filters

    if sum(given is not None for given in (text, image, panel, page)) != 1:
        raise click.UsageError("give a text to search for, or one of --image, --panel and --page")
    year_from, year_to = years(year)
    filters = Filters(
        series=series,
        publisher=publisher,
        page_type=page_type,
        character=character,
        language=language,
        year_from=year_from,
        year_to=year_to,
    )
    with answering() as desk:
        if text is not None:
            found = by_text(desk, text, scope or "panels", mode or "hybrid", filters, limit)
        elif image is not None:
            found = by_image(desk, image, scope or "panels", space, filters, limit)
        elif panel is not None:
            found = by_likeness(desk, panel, "panels", scope, space, filters, limit)
        else:
            assert page is not None
            found = by_likeness(desk, page, "pages", scope, space, filters, limit)
        if sheet is not None:
            _draw(desk, found.hits, sheet)
    _echo(found, show_sql, as_json)


def years(value: str | None) -> tuple[int | None, int | None]:
    """'1950:1959', '1950:', ':1959' or '1950' as (first, last)."""
    if value is None:
        return None, None
    first, colon, last = value.partition(":")
    try:
        bounds = int(first) if first else None, int(last) if last else None
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a range of years such as 1950:1959") from None
    return bounds if colon else (bounds[0], bounds[0])


def by_text(desk: Desk, text: str, scope: str, mode: str, filters: Filters, limit: int) -> Found:
    """Full text, meaning, or both."""
    from warehouse.database.answers import SearchRequest, search_question

    if mode == "visual":
        raise click.UsageError("a text has no picture: --mode visual goes with --image, --panel or --page")
    request = SearchRequest(text, scope=scope, mode=mode, filters=filters, max_hits=limit)
    return _found(desk, search_question(request), f"{mode} search for {text!r}")


def by_image(desk: Desk, image: Path, scope: str, space: str | None, filters: Filters, limit: int) -> Found:
    """By backbone features, until a trained panel encoder is live; then by its vision vectors."""
    from warehouse.database.answers import NearestRequest, nearest_question

    if scope == "strips":
        raise click.UsageError("a picture is compared with panels or pages, not with strips")
    if space is None:
        space = "visual" if scope == "pages" else ("vision" if desk.trained("vision") else "feature")
    desk.note_untrained(space)
    request = NearestRequest(_image_vector(desk, image, space), scope, space, filters, max_hits=limit)
    return _found(desk, nearest_question(request), f"nearest to {image} by {space!r} vectors")


def by_likeness(
    desk: Desk, id_: int, kind: str, scope: str | None, space: str | None, filters: Filters, limit: int
) -> Found:
    """More like a row that is there already."""
    from warehouse.database.answers import SimilarRequest, similar, similar_question

    if scope not in (None, kind):
        raise click.UsageError(f"{kind} are compared with {kind}")
    if space is None:
        wanted, stand_in = ("fused", "feature") if kind == "panels" else ("page", "visual")
        space = wanted if desk.trained(wanted) else stand_in
    desk.note_untrained(space)
    request = SimilarRequest(id_, kind, space, filters, max_hits=limit)
    similar(desk.connection, request)
    return _found(desk, similar_question(request), f"like {kind[:-1]} {id_} by {space!r} vectors")


def _found(desk: Desk, question: Question[Hit], how: str) -> Found:
    return Found(desk.ask(lambda: question.answer(desk.connection)), question.sql(desk.connection), how)


def _image_vector(desk: Desk, image: Path, space: str) -> Vectors:
    import numpy as np

    from warehouse.books.images import normalise
    from warehouse.contracts import SENTENCE_DIM, PanelInputs
    from warehouse.errors import QueryError

    try:
        pixels = normalise(image.read_bytes()).pixels
    except OSError as error:
        raise QueryError(f"{image} cannot be read ({error.strerror})", code="image-unreadable") from error
    features = desk.profile.backbone.encode([pixels])
    if space in ("feature", "visual"):
        return features[0]
    inputs = PanelInputs(
        features,
        np.zeros((1, SENTENCE_DIM), np.float32),
        np.zeros((1, 7), np.float32),
        np.asarray([[True, False, False]]),
    )
    vectors = desk.profile.panel_encoder.encode(inputs)
    if space == "vision":
        return vectors.vision[0]
    if space in ("fused", "page"):
        return vectors.fused[0]
    raise QueryError(
        f"a picture alone cannot be compared by {space!r} vectors",
        code="space-unknown",
        remedy="choose feature, vision or fused for panels, visual or page for pages",
    )


def _draw(desk: Desk, hits: list[Hit], path: Path) -> None:
    from warehouse.contact_sheet import draw_sheet
    from warehouse.database.queries import thumbnails

    draw_sheet(hits, thumbnails(desk.connection, [hit.page_id for hit in hits]), path)
    click.echo(f"drawn: {path}", err=True)


def _echo(found: Found, show_sql: bool, as_json: bool) -> None:
    from warehouse.cli.output import echo_json

    if as_json:
        answer: dict[str, object] = {"how": found.how, "exact": True, "hits": found.hits}
        if show_sql:
            answer["sql"] = found.sql
        echo_json(answer)
        return
    echo_hits(found.hits)
    if show_sql:
        click.echo(f"\n{found.sql}")


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
