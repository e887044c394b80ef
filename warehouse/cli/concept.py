"""`warehouse concept`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from warehouse.cli.questions import Desk
    from warehouse.database.answer_rows import ConceptOptions

space_option = click.option(
    "--space",
    help="Vectors to average: page, visual, semantic, panel, vision, text, context, strip, …;"
    " 'warehouse concept spaces' tells of all. [default: page]",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else on stdout.")
sql_option = click.option("--show-sql", is_flag=True, help="Print the SQL that was asked.")


@click.group()
def concept() -> None:
    """Concepts: sets of pages, averaged and compared. A series, a character, a word, or one you define."""


@concept.command()
@click.argument("name")
@click.option("--text", help="Pages whose text matches, as in a web search: zombie OR undead.")
@click.option("--series", multiple=True, help="Books of this series; may be repeated.")
@click.option("--character", multiple=True, help="Books with this character; may be repeated.")
@click.option("--genre", multiple=True, help="Books of this genre; may be repeated.")
@click.option("--title", multiple=True, help="Books whose title has these words; may be repeated.")
@click.option("--story-arc", multiple=True, help="Books of this story arc; may be repeated.")
def define(
    name: str,
    text: str | None,
    series: tuple[str, ...],
    character: tuple[str, ...],
    genre: tuple[str, ...],
    title: tuple[str, ...],
    story_arc: tuple[str, ...],
) -> None:
    """Give a set of pages a name; defining it again replaces it.

    \b
    Example:
      warehouse concept define "Zombies" --text "zombie OR undead" --series "Marvel Zombies"
    """
    from warehouse.cli.session import reading
    from warehouse.database.answers import ConceptDefinition, concept_pages
    from warehouse.database.store.concepts import define_concept

    if not (text or series or character or genre or title or story_arc):
        raise click.UsageError(
            "say what belongs to it: --text, --series, --character, --genre, --title or --story-arc"
        )
    definition = ConceptDefinition(
        name, text, list(series), list(character), list(genre), list(title), list(story_arc)
    )
    with reading() as connection:
        define_concept(connection, definition)
        count = len(concept_pages(connection, name))
    click.echo(f"{name}: {count} pages")


@concept.command("list")
@json_option
def list_concepts(as_json: bool) -> None:
    """The concepts that have been defined.

    \b
    Example:
      warehouse concept list
    """
    from warehouse.cli.output import echo_json, echo_table
    from warehouse.cli.session import reading
    from warehouse.database.answers import defined_concepts

    with reading() as connection:
        found = defined_concepts(connection)
    if as_json:
        echo_json(found)
    elif not found:
        click.echo("none defined; any series, character or word can be used as it is")
    else:
        echo_table(
            ("concept", "text", "series", "characters", "genres", "titles", "story arcs"),
            [
                (
                    c.name,
                    c.text_query,
                    *map(", ".join, (c.series, c.characters, c.genres, c.titles, c.story_arcs)),
                )
                for c in found
            ],
        )


@concept.command()
@json_option
def spaces(as_json: bool) -> None:
    """The spaces in which concepts can be averaged, for --space.

    \b
    Example:
      warehouse concept spaces
    """
    from warehouse.cli.output import echo_json, echo_table
    from warehouse.cli.session import reading
    from warehouse.database.answers import SPACES

    with reading() as connection:
        found = SPACES.answer(connection)
    if as_json:
        echo_json(found)
    else:
        echo_table(
            ("space", "averages", "sees", ""), [(s.space, s.averaged, s.modality, s.about) for s in found]
        )


@concept.command()
@click.argument("name")
@json_option
def show(name: str, as_json: bool) -> None:
    """The pages of a concept, and how each came in.

    \b
    Example:
      warehouse concept show "Vampirella"
    """
    from warehouse.cli.output import echo_json, echo_table
    from warehouse.cli.session import reading
    from warehouse.database.answers import concept_pages

    with reading() as connection:
        found = concept_pages(connection, name)
    if as_json:
        echo_json(found)
    elif not found:
        click.echo(f"no page matches {name!r}: name a series, a character or a word of the books")
    else:
        echo_table(
            ("page", "series", "number", "seq", "matched by"),
            [(p.page_id, p.series, p.number, p.page_seq, ", ".join(p.matched)) for p in found],
        )


@concept.command()
@click.argument("names", nargs=-1, required=True)
@space_option
@sql_option
@json_option
def compare(names: tuple[str, ...], space: str | None, show_sql: bool, as_json: bool) -> None:
    """How alike concepts are, each pair: averaged book by book, the library's own mean taken off.

    \b
    Example:
      warehouse concept compare "Red Sonja" "Conan" "Batman"
    """
    from warehouse.cli.concept_tables import echo_pairs
    from warehouse.cli.output import echo_json
    from warehouse.cli.questions import answering
    from warehouse.database.answers import compare_question

    with answering() as desk:
        options = chosen_options(desk, space)
        question = compare_question(names, options)
        pairs = question.answer(desk.connection)
        sql = question.sql(desk.connection)
    if as_json:
        echo_json({"space": options.space, "pairs": pairs, **({"sql": sql} if show_sql else {})})
        return
    echo_pairs(pairs)
    if show_sql:
        click.echo(f"\n{sql}")


@concept.command()
@click.argument("name")
@click.option(
    "--kind",
    type=click.Choice(["pages", "panels", "series", "concepts"]),
    default="pages",
    show_default=True,
    help="What to find.",
)
@click.option("--limit", type=click.IntRange(1, 10_000), default=10, show_default=True, help="How many.")
@space_option
@json_option
def neighbors(name: str, kind: str, limit: int, space: str | None, as_json: bool) -> None:
    """What is most like a concept: pages, panels, series or other concepts.

    \b
    Example:
      warehouse concept neighbors "Dracula" --kind series
    """
    from warehouse.cli.concept_tables import echo_neighbours
    from warehouse.cli.output import echo_json
    from warehouse.cli.questions import answering
    from warehouse.database.answers import concept_neighbours

    with answering() as desk:
        options = chosen_options(desk, space)
        found = concept_neighbours(desk.connection, name, kind=kind, max_hits=limit, options=options)
    if as_json:
        echo_json(found)
    else:
        echo_neighbours(kind, found)


@concept.command()
@click.argument("names", nargs=-1, required=True)
@click.option(
    "--plot",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Draw it as a heat map: a PNG, JPEG or WebP by its ending.",
)
@space_option
@json_option
def matrix(names: tuple[str, ...], plot: Path | None, space: str | None, as_json: bool) -> None:
    """Similarities of every concept with every concept.

    \b
    Example:
      warehouse concept matrix "Red Sonja" "Conan" "Batman" "Vampirella" --plot heroes.png
    """
    from warehouse.cli.concept_tables import echo_matrix, plot_matrix
    from warehouse.cli.output import echo_json
    from warehouse.cli.questions import answering
    from warehouse.database.answers import concept_matrix

    with answering() as desk:
        options = chosen_options(desk, space)
        entries = concept_matrix(desk.connection, names, options)
    if plot is not None:
        plot_matrix(entries, plot, options.space)
    if as_json:
        echo_json(entries)
        return
    echo_matrix(entries)
    if plot is not None:
        click.echo(f"drawn in {plot}")


def chosen_options(desk: Desk, space: str | None) -> ConceptOptions:
    """Compare by the space asked for, else by page vectors; untrained ones are said to be so."""
    from warehouse.database.answers import ConceptOptions

    options = ConceptOptions(space=space or "page")
    desk.note_untrained(options.space)
    return options
