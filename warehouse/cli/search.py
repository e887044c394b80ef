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


@dataclass(frozen=True, slots=True)
class Limits:
    """Where to look, how far, and for how many."""

    filters: Filters
    max_distance: float | None
    hits: int


@click.command()
@click.argument("text", required=False)
@click.option(
    "--image", type=click.Path(path_type=Path), help="Search by a picture: a panel, a page, a crop."
)
@click.option(
    "--panel", "panels", type=int, multiple=True, metavar="ID", help="More like this panel; repeatable."
)
@click.option(
    "--page", "pages", type=int, multiple=True, metavar="ID", help="More like this page; repeatable."
)
@click.option(
    "--strip", "strips", type=int, multiple=True, metavar="ID", help="More like this strip; repeatable."
)
@click.option(
    "--like", "likes", type=int, multiple=True, metavar="ID", help="More like this one of what --in says."
)
@click.option(
    "--unlike", "unlikes", type=int, multiple=True, metavar="ID", help="Less like this one; repeatable."
)
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
@click.option("--min-panels", type=int, metavar="N", help="Only pages of N panels or more.")
@click.option("--max-panels", type=int, metavar="N", help="Only pages of N panels or fewer.")
@click.option("--max-distance", type=float, metavar="D", help="Leave out what is farther, 0 to 2.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=10, show_default=True, help="How many hits.")
@click.option("--sheet", type=click.Path(path_type=Path), help="Draw the hits, numbered, into this PNG.")
@click.option("--show-sql", is_flag=True, help="Print the SQL that was asked.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else on stdout.")
def search(
    text: str | None,
    image: Path | None,
    panels: tuple[int, ...],
    pages: tuple[int, ...],
    strips: tuple[int, ...],
    likes: tuple[int, ...],
    unlikes: tuple[int, ...],
    scope: str | None,
    mode: str | None,
    space: str | None,
    series: str | None,
    publisher: str | None,
    character: str | None,
    language: str | None,
    page_type: str | None,
    year: str | None,
    min_panels: int | None,
    max_panels: int | None,
    max_distance: float | None,
    limit: int,
    sheet: Path | None,
    show_sql: bool,
    as_json: bool,
) -> None:
    """Find panels, pages or strips by words, by a picture, or by what is like others.

    Of several rows the mean counts, less half the mean of those it shall not be like; they themselves are
    left out.

    \b
    Example:
      warehouse search "castle at night" --series "Pepper" --limit 5
      warehouse search --image crop.png --in pages
      warehouse search --panel 812 --sheet hits.png
      warehouse search --panel 812 --panel 90 --unlike 7 --max-distance 0.4
    """
    from warehouse.cli.questions import answering
    from warehouse.database.answers import Filters

    scope, rows = likeness(scope, {"panels": panels, "pages": pages, "strips": strips}, likes, unlikes)
    if sum((text is not None, image is not None, bool(rows or unlikes))) != 1:
        raise click.UsageError("give a text to search for, or an --image, or rows to be like by their ids")
    if mode in TYPED_MODES and text is None:
        raise click.UsageError(f"--mode {mode} goes with a text")
    year_from, year_to = years(year)
    filters = Filters(
        series=series,
        publisher=publisher,
        page_type=page_type,
        character=character,
        language=language,
        year_from=year_from,
        year_to=year_to,
        min_panels=min_panels,
        max_panels=max_panels,
    )
    limits = Limits(filters, max_distance, limit)
    with answering() as desk:
        if text is not None:
            found = by_text(desk, text, scope, mode or "hybrid", limits)
        elif image is not None:
            found = by_image(desk, image, scope, space, limits)
        else:
            found = by_likeness(desk, rows, unlikes, scope, space, limits)
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


def likeness(
    scope: str | None, given: dict[str, tuple[int, ...]], likes: tuple[int, ...], unlikes: tuple[int, ...]
) -> tuple[str, tuple[int, ...]]:
    """What to find, and the rows it shall be like: panels are compared with panels, and so on."""
    kinds = [kind for kind, ids in given.items() if ids]
    if len(kinds) > 1 or (kinds and scope not in (None, kinds[0])):
        raise click.UsageError("panels are compared with panels, pages with pages, strips with strips")
    found = scope or (kinds[0] if kinds else "panels")
    return found, (*given[found], *likes)


def by_text(desk: Desk, text: str, scope: str, mode: str, limits: Limits) -> Found:
    """Full text, meaning, or both."""
    from warehouse.database.answers import SearchRequest, search_question

    if mode == "visual":
        raise click.UsageError("a text has no picture: --mode visual goes with --image or rows to be like")
    request = SearchRequest(text, scope, mode, limits.filters, limits.max_distance, limits.hits)
    return _found(desk, search_question(request), f"{mode} search for {text!r}")


def by_image(desk: Desk, image: Path, scope: str, space: str | None, limits: Limits) -> Found:
    """By backbone features, until a trained panel encoder is live; then by its vision vectors."""
    from warehouse.database.answers import NearestRequest, nearest_question

    if scope == "strips":
        raise click.UsageError("a picture is compared with panels or pages, not with strips")
    if space is None:
        space = "visual" if scope == "pages" else ("vision" if desk.trained("vision") else "feature")
    desk.note_untrained(space)
    vector = _image_vector(desk, image, space)
    request = NearestRequest(vector, scope, space, limits.filters, limits.max_distance, limits.hits)
    return _found(desk, nearest_question(request), f"nearest to {image} by {space!r} vectors")


SPACES_OF_ROWS = {
    "panels": ("fused", "feature"),
    "pages": ("page", "visual"),
    "strips": ("strip", "semantic"),
}
"""By which vectors rows are compared: of trained models, and until there are any."""


def by_likeness(
    desk: Desk,
    likes: tuple[int, ...],
    unlikes: tuple[int, ...],
    scope: str,
    space: str | None,
    limits: Limits,
) -> Found:
    """More like rows that are there already, and less like others."""
    from warehouse.database.answers import SimilarRequest, similar, similar_question

    if space is None:
        wanted, stand_in = SPACES_OF_ROWS[scope]
        space = wanted if desk.trained(wanted) else stand_in
    desk.note_untrained(space)
    request = SimilarRequest(likes, scope, space, limits.filters, limits.max_distance, limits.hits, unlikes)
    hits = similar(desk.connection, request)
    how = " and ".join(
        f"{word} {named(scope, ids)}" for word, ids in (("like", likes), ("unlike", unlikes)) if ids
    )
    sql = similar_question(request).sql(desk.connection)
    return Found(hits, sql, f"{how} by {space!r} vectors")


def named(scope: str, ids: tuple[int, ...]) -> str:
    """'panel 7', 'panels 7, 8'."""
    return f"{scope if len(ids) > 1 else scope.removesuffix('s')} {', '.join(map(str, ids))}"


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
    from warehouse.cli.hits import echo_hits, exact
    from warehouse.cli.output import echo_json

    if as_json:
        answer: dict[str, object] = {"how": found.how, "exact": exact(found.hits), "hits": found.hits}
        if show_sql:
            answer["sql"] = found.sql
        echo_json(answer)
        return
    echo_hits(found.hits)
    if found.hits:
        how = "exact" if exact(found.hits) else "approximate, by index (see 'warehouse index check')"
        click.echo(f"{found.how}: {how}", err=True)
    if show_sql:
        click.echo(f"\n{found.sql}")
