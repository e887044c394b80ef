"""The reader of answers: typed questions over the functions and views of `sql/`.

    question = search_question(SearchRequest("castle at night"))
    question.answer(connection)     # a list of Hit
    question.sql(connection)        # the same as SQL to paste into psql

`search`, `nearest` and the rest below do both steps.  Parameters are bound, never pasted.  All raise
QueryError for what cannot be asked (code 'mode-unknown', 'space-unknown', …) and leave the connection usable.
"""

from __future__ import annotations

from collections.abc import Sequence

from warehouse.database.answer_rows import (
    ConceptDefinition,
    ConceptOptions,
    ConceptPage,
    ConceptPair,
    Filters,
    Hit,
    MatrixEntry,
    NearestRequest,
    Neighbour,
    PageTypeAgreement,
    PanelStatistics,
    PipelineRow,
    SearchRequest,
    SeriesOverview,
    SimilarRequest,
    VectorSpace,
)
from warehouse.database.connection import Connection
from warehouse.database.question import MissingQueryVector as MissingQueryVector
from warehouse.database.question import Question, call, half_vector
from warehouse.database.question import missing_vector as missing_vector
from warehouse.errors import QueryError

MOST_HITS = 100_000
LARGEST_NUMBER = 32_767
DEFAULTS = ConceptOptions()

_HAVE_VECTORS = """
select asked.id,
  exists (select from {owner} o where o.id = asked.id),
  exists (
    select from search_space(%(scope)s, %(space)s) s
    where mean_direction(s.vectors, s.owner, s.model_id, array[asked.id]) is not null)
from unnest(%(ids)s::bigint[]) with ordinality asked (id, place)
order by asked.place
"""
_FIRST_SPACE = {"panels": "fused", "pages": "page", "strips": "strip"}
SCOPES = ("panels", "pages", "strips")


def search_question(request: SearchRequest) -> Question[Hit]:
    """Panels, pages or strips for a typed query."""
    if not request.query.strip():
        raise QueryError("the query is empty", code="query-empty", remedy="type some words")
    scope = _known(request.scope, SCOPES, "scope")
    options = {"mode": request.mode, **_limits(request)}
    return call(f"search_{scope}", [request.query], options, Hit)


def nearest_question(request: NearestRequest) -> Question[Hit]:
    """Panels, pages or strips nearest to a vector."""
    scope = _known(request.scope, SCOPES, "scope")
    vector = half_vector(request.vector)
    return call(f"nearest_{scope}", [vector], {"space": request.space, **_limits(request)}, Hit)


def similar_question(request: SimilarRequest) -> Question[Hit]:
    """Panels, pages or strips like given ones and unlike others, the given ones left out."""
    scope = _known(request.scope, SCOPES, "scope")
    likes = _ids(request.likes)
    if not likes and not request.unlikes:
        raise QueryError("nothing to be like or unlike", code="likes-missing", remedy="name a row by its id")
    options: dict[str, object] = {"space": request.space, **_limits(request)}
    if len(likes) > 1:
        options["likes"] = likes
    if request.unlikes:
        options |= {"unlikes": list(request.unlikes), "unlike_weight": float(request.unlike_weight)}
    return call(f"similar_{scope}", likes if len(likes) == 1 else [], options, Hit)


def compare_question(names: Sequence[str], options: ConceptOptions = DEFAULTS) -> Question[ConceptPair]:
    """Each pair of the concepts."""
    _at_least_two(names)
    if options == DEFAULTS:
        return call("concept_compare", list(names), {}, ConceptPair)
    return call("concept_pairs", [list(names)], _averaging(options), ConceptPair)


def matrix_question(names: Sequence[str], options: ConceptOptions = DEFAULTS) -> Question[MatrixEntry]:
    """Every concept with every concept."""
    _at_least_two(names)
    return call("concept_matrix", [list(names)], _averaging(options), MatrixEntry)


def neighbours_question(
    name: str, *, kind: str = "pages", max_hits: int = 10, options: ConceptOptions = DEFAULTS
) -> Question[Neighbour]:
    """What is most like a concept.  kind: 'pages' | 'panels' | 'series' | 'concepts'."""
    _check_hits(max_hits)
    return call(
        "concept_neighbours", [name], {"max_hits": max_hits, "kind": kind, **_averaging(options)}, Neighbour
    )


def concept_pages_question(name: str, *, narrative_only: bool = True) -> Question[ConceptPage]:
    """The pages of a concept, and how each matched."""
    return call("concept_pages", [name], {"narrative_only": narrative_only}, ConceptPage)


CONCEPTS = Question(
    "select name, text_query, series, characters, genres, titles, story_arcs from concept order by name",
    {},
    ConceptDefinition,
)
SPACES = Question("select space, averaged, modality, about from search_space order by place", {}, VectorSpace)
LIBRARY = Question("select * from library_overview order by series, volume, series_id", {}, SeriesOverview)
PIPELINE = Question("select * from pipeline_status order by stage, state, error_code", {}, PipelineRow)
PAGE_TYPES = Question(
    "select * from page_type_agreement order by declared_type, pages desc, predicted_type",
    {},
    PageTypeAgreement,
)
PANELS = Question("select * from panel_statistics order by series, series_id", {}, PanelStatistics)


def search(connection: Connection, request: SearchRequest) -> list[Hit]:
    """Panels, pages or strips for a typed query, best first.  Raises MissingQueryVector."""
    return search_question(request).answer(connection)


def nearest(connection: Connection, request: NearestRequest) -> list[Hit]:
    """Panels, pages or strips nearest to a vector, nearest first."""
    return nearest_question(request).answer(connection)


def similar(connection: Connection, request: SimilarRequest) -> list[Hit]:
    """Rows like given ones and unlike others, nearest first.  Raises QueryError where one has no vector."""
    hits = similar_question(request).answer(connection)
    _require_vectors(connection, request)
    return hits


def compare_concepts(
    connection: Connection, names: Sequence[str], options: ConceptOptions = DEFAULTS
) -> list[ConceptPair]:
    """Each pair of the concepts, in the order of the names; the note of a pair says which are unknown."""
    return compare_question(names, options).answer(connection)


def concept_matrix(
    connection: Connection, names: Sequence[str], options: ConceptOptions = DEFAULTS
) -> list[MatrixEntry]:
    """Every concept with every concept, row by row."""
    return matrix_question(names, options).answer(connection)


def concept_neighbours(
    connection: Connection,
    name: str,
    *,
    kind: str = "pages",
    max_hits: int = 10,
    options: ConceptOptions = DEFAULTS,
) -> list[Neighbour]:
    """What is most like a concept, most alike first.  Raises QueryError 'concept-unknown'."""
    question = neighbours_question(name, kind=kind, max_hits=max_hits, options=options)
    found = question.answer(connection)
    if not found and not concept_pages(connection, name, narrative_only=options.narrative_only):
        raise QueryError(
            f"no page matches the concept {name!r}",
            code="concept-unknown",
            remedy="name a series, character or word of the books, or 'warehouse concept define' it",
        )
    return found


def concept_pages(connection: Connection, name: str, *, narrative_only: bool = True) -> list[ConceptPage]:
    """The pages of a concept, by book and page."""
    return concept_pages_question(name, narrative_only=narrative_only).answer(connection)


def defined_concepts(connection: Connection) -> list[ConceptDefinition]:
    """The concepts that were defined, by name."""
    return CONCEPTS.answer(connection)


def library_overview(connection: Connection) -> list[SeriesOverview]:
    """What the library holds, series by series."""
    return LIBRARY.answer(connection)


def pipeline_status(connection: Connection) -> list[PipelineRow]:
    """Books by stage, state and error code."""
    return PIPELINE.answer(connection)


def page_type_agreement(connection: Connection) -> list[PageTypeAgreement]:
    """Declared against predicted page types."""
    return PAGE_TYPES.answer(connection)


def panel_statistics(connection: Connection) -> list[PanelStatistics]:
    """Panels a page, words a panel and silent panels, series by series."""
    return PANELS.answer(connection)


def _limits(request: SearchRequest | NearestRequest | SimilarRequest) -> dict[str, object]:
    _check_hits(request.max_hits)
    return {
        **_narrowing(request.filters),
        "max_distance": None if request.max_distance is None else float(request.max_distance),
        "max_hits": request.max_hits,
    }


def _narrowing(filters: Filters) -> dict[str, object]:
    for number in (filters.year_from, filters.year_to, filters.min_panels, filters.max_panels):
        if number is not None and abs(number) > LARGEST_NUMBER:
            raise QueryError(f"{number} is no year or number of panels", code="number-out-of-range")
    return {
        "of_series": filters.series,
        "of_publisher": filters.publisher,
        "of_type": filters.page_type,
        "with_character": filters.character,
        "in_language": filters.language,
        "year_from": filters.year_from,
        "year_to": filters.year_to,
        "min_panels": filters.min_panels,
        "max_panels": filters.max_panels,
    }


def _averaging(options: ConceptOptions) -> dict[str, object]:
    """The options that differ from the defaults, which are those of the SQL functions too."""
    given = {
        "space": options.space,
        "balance": options.balance,
        "centred": options.centred,
        "narrative_only": options.narrative_only,
        "rounds": options.rounds,
        "seed": options.seed,
    }
    return {name: value for name, value in given.items() if value != getattr(DEFAULTS, name)}


def _known(given: str, known: tuple[str, ...], option: str) -> str:
    if given not in known:
        raise QueryError(
            f"unknown {option} {given!r}",
            code=f"{option}-unknown",
            remedy=f"choose one of {', '.join(known)}",
        )
    return given


def _check_hits(max_hits: int) -> None:
    if not 1 <= max_hits <= MOST_HITS:
        raise QueryError(
            f"{max_hits} hits cannot be asked for",
            code="limit-out-of-range",
            remedy=f"ask for 1 to {MOST_HITS}",
        )


def _at_least_two(names: Sequence[str]) -> None:
    if len(names) < 2:
        raise QueryError("a comparison takes at least two concepts", code="too-few-concepts")


def _ids(given: int | Sequence[int]) -> list[int]:
    return [given] if isinstance(given, int) else list(given)


def _require_vectors(connection: Connection, request: SimilarRequest) -> None:
    """Say which of the rows given is not there or has no direction to look in."""
    space = request.space or _FIRST_SPACE[request.scope]
    owner = request.scope.removesuffix("s")
    ids = [*_ids(request.likes), *request.unlikes]
    values = {"ids": ids, "scope": request.scope, "space": space}
    for id_, there, has_vector in connection.execute(_HAVE_VECTORS.format(owner=owner).encode(), values):
        if not there:
            raise QueryError(f"there is no {owner} {id_}", code=f"{owner}-unknown")
        if not has_vector:
            raise QueryError(
                f"{owner} {id_} has no vector in space {space!r}",
                code="vector-missing",
                remedy="choose another space, or let 'warehouse ingest' finish its book",
            )
