"""The reader of answers: SQL functions as typed Python, and what is said when they refuse."""

from __future__ import annotations

import numpy as np
import pytest

from tests.sql.planting import HOSTILE, SENTENCE_DIM, Library, at
from warehouse.database import answers
from warehouse.database.answers import (
    ConceptOptions,
    Filters,
    Hit,
    MissingQueryVector,
    NearestRequest,
    Question,
    SearchRequest,
    SimilarRequest,
)
from warehouse.database.connection import Database
from warehouse.errors import DatabaseError, QueryError


@pytest.fixture
def planted(library: Library) -> Library:
    """Three series of three books; a page, a panel and a strip in each."""
    for series, angle in (("Pepper&Carrot", 0), ("Saffron", 20), ("Shichimi", 140)):
        for number in range(3):
            book = library.book(series, number=str(number), year=2014 + number)
            text = "in the castle"
            page = library.page(book, text, page_embedding=at(angle), page_semantic=at(angle, SENTENCE_DIM))
            library.panel(page, text, panel_embedding=at(angle), panel_semantic=at(angle, SENTENCE_DIM))
            library.strip(page, 0, 0, strip_semantic=at(angle, SENTENCE_DIM))
    library.query("castle", at(0, SENTENCE_DIM))
    return library


@pytest.mark.parametrize("scope", ["panels", "pages", "strips"])
def test_search_returns_hits(planted: Library, scope: str) -> None:
    hits = answers.search(planted.connection, SearchRequest("castle", scope, max_hits=4))
    assert [hit.series for hit in hits] == ["Pepper&Carrot"] * 3 + ["Saffron"]
    first = hits[0]
    assert isinstance(first, Hit)
    assert (first.number, first.year, first.page_seq, first.page_type) == ("0", 2014, 0, "story")
    assert first.distance == pytest.approx(0, abs=1e-3)
    assert (first.panel_id is None, first.strip_id is None) == (scope != "panels", scope != "strips")


def test_filters_reach_the_search(planted: Library) -> None:
    filters = Filters(
        series="saffron",
        page_type="story",
        language="en",
        year_from=2015,
        year_to=2015,
        min_panels=1,
        max_panels=1,
    )
    [hit] = answers.search(planted.connection, SearchRequest("castle", mode="keyword", filters=filters))
    assert (hit.series, hit.year, hit.distance) == ("Saffron", 2015, None)
    nobody = Filters(character="Nobody", publisher="Nowhere")
    assert answers.search(planted.connection, SearchRequest("castle", filters=nobody)) == []


@pytest.mark.parametrize("scope", ["panels", "pages"])
def test_nearest_and_similar(planted: Library, scope: str) -> None:
    hits = answers.nearest(planted.connection, NearestRequest(at(139) * 7, scope, max_distance=0.1))
    assert [hit.series for hit in hits] == ["Shichimi"] * 3
    hit = hits[0]
    id_ = hit.panel_id if scope == "panels" else hit.page_id
    assert id_ is not None
    alike = answers.similar(planted.connection, SimilarRequest(id_, scope, max_hits=2))
    assert [other.series for other in alike] == ["Shichimi"] * 2
    assert id_ not in [other.panel_id if scope == "panels" else other.page_id for other in alike]


def test_concepts(planted: Library) -> None:
    planted.concept("Spice", series=["Saffron", "Shichimi"])
    connection = planted.connection
    [pair] = answers.compare_concepts(connection, ["Pepper", "Saffron"])
    assert (pair.left_name, pair.left_pages, pair.right_books) == ("Pepper", 3, 3)
    [raw] = answers.compare_concepts(connection, ["Pepper", "Saffron"], ConceptOptions(centred=False))
    assert raw.similarity == pytest.approx(np.cos(np.radians(20)), abs=1e-3)
    entries = answers.concept_matrix(connection, ["Pepper", "Saffron"])
    assert [entry.similarity for entry in entries] == [1, pair.similarity, pair.similarity, 1]
    near = answers.concept_neighbours(connection, "Pepper", kind="series", max_hits=1)
    assert [neighbour.label for neighbour in near] == ["Saffron"]
    assert len(answers.concept_pages(connection, "Spice")) == 6
    assert [concept.series for concept in answers.defined_concepts(connection)] == [["Saffron", "Shichimi"]]


def test_overviews(planted: Library) -> None:
    connection = planted.connection
    assert [row.books for row in answers.library_overview(connection)] == [3, 3, 3]
    assert answers.pipeline_status(connection) == []
    assert answers.page_type_agreement(connection) == []
    assert [row.panels_a_page for row in answers.panel_statistics(connection)] == [1, 1, 1]


QUESTIONS: list[Question[object]] = [
    answers.search_question(
        SearchRequest("it's; \\ %s 😀", filters=Filters(series="O'Neill", year_from=1990))
    ),
    answers.search_question(SearchRequest("castle", "strips", "keyword", max_distance=0.5)),
    answers.similar_question(SimilarRequest(1, "pages", "visual")),
    answers.compare_question(["O'Neill", "%"]),
    answers.compare_question(["A", "B"], ConceptOptions("visual", balance=False)),
    answers.matrix_question(["A", 'B"'], ConceptOptions(narrative_only=False)),
    answers.neighbours_question("A", kind="concepts"),
    answers.concept_pages_question("A", narrative_only=False),
    answers.LIBRARY,
]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.text[:40])
def test_the_sql_shown_asks_the_same(planted: Library, question: Question[object]) -> None:
    planted.query("it's; \\ %s 😀", at(0, SENTENCE_DIM))
    shown = planted.connection.execute(question.sql(planted.connection).encode()).fetchall()
    assert len(shown) == len(question.answer(planted.connection))


def test_the_sql_shown_is_readable(planted: Library) -> None:
    connection = planted.connection
    compare = answers.compare_question(["Pepper", "O'Neill"])
    assert compare.sql(connection) == "select * from concept_compare('Pepper', 'O''Neill')"
    near = answers.nearest_question(NearestRequest(at(0), space="vision"))
    assert near.sql(connection) == (
        "select * from nearest_panels('[1.0000,0.0000,0.0000,0.0000,… 512 numbers]'::halfvec,"
        " space => 'vision', max_hits => 10)"
    )


def test_a_missing_vector_can_be_stored_and_asked_again(planted: Library) -> None:
    with pytest.raises(MissingQueryVector, match="warehouse search") as caught:
        answers.search(planted.connection, SearchRequest(" tower at night "))
    assert (caught.value.code, caught.value.text) == ("query-vector-missing", "tower at night")
    planted.query(caught.value.text, at(140, SENTENCE_DIM))
    hits = answers.search(planted.connection, SearchRequest(" tower at night "))
    assert hits[0].series == "Shichimi"


def refused(planted: Library, code: str, question: object) -> None:
    """Asking this raises a QueryError of this code, and the connection can go on."""
    assert callable(question)
    with pytest.raises(QueryError) as caught:
        question()
    assert caught.value.code == code
    assert planted.connection.execute("select 1").fetchone() == (1,)


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (SearchRequest(" \n"), "query-empty"),
        (SearchRequest("a\0b"), "text-unusable"),
        (SearchRequest("\udcff"), "text-unusable"),
        (SearchRequest("castle", "books"), "scope-unknown"),
        (SearchRequest("castle", mode="typo"), "mode-unknown"),
        (SearchRequest("castle", max_hits=0), "limit-out-of-range"),
        (SearchRequest("castle", max_hits=10**9), "limit-out-of-range"),
        (SearchRequest("castle", filters=Filters(year_from=10**12)), "number-out-of-range"),
        (SearchRequest("castle", filters=Filters(series="\0")), "text-unusable"),
    ],
)
def test_searches_that_cannot_be_asked(planted: Library, request_: SearchRequest, code: str) -> None:
    refused(planted, code, lambda: answers.search(planted.connection, request_))


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (NearestRequest(at(0) * 0), "vector-unusable"),
        (NearestRequest(at(0) * np.float32("nan")), "vector-unusable"),
        (NearestRequest(np.ones((2, 512))), "vector-unusable"),
        (NearestRequest(at(0, 384)), "dimension-mismatch"),
        (NearestRequest(at(0), space="smell"), "space-unknown"),
        (NearestRequest(at(0), "books"), "scope-unknown"),
    ],
)
def test_vectors_that_cannot_be_asked(planted: Library, request_: NearestRequest, code: str) -> None:
    refused(planted, code, lambda: answers.nearest(planted.connection, request_))


def test_rows_that_have_nothing_similar(planted: Library) -> None:
    connection = planted.connection
    silent = planted.panel(planted.page(planted.book()))
    refused(planted, "panel-unknown", lambda: answers.similar(connection, SimilarRequest(10**12)))
    refused(planted, "number-out-of-range", lambda: answers.similar(connection, SimilarRequest(10**20)))
    refused(planted, "vector-missing", lambda: answers.similar(connection, SimilarRequest(silent)))
    refused(planted, "page-unknown", lambda: answers.similar(connection, SimilarRequest(10**12, "pages")))
    [hit, *_] = answers.search(connection, SearchRequest("castle"))
    assert hit.panel_id is not None
    request = SimilarRequest(hit.panel_id, filters=Filters(series="Nothing"))
    assert answers.similar(connection, request) == []


def test_concepts_that_cannot_be_asked(planted: Library) -> None:
    connection = planted.connection
    refused(planted, "too-few-concepts", lambda: answers.compare_concepts(connection, ["Pepper"]))
    refused(planted, "concept-unknown", lambda: answers.concept_neighbours(connection, "Nobody"))
    refused(planted, "kind-unknown", lambda: answers.concept_neighbours(connection, "Pepper", kind="smell"))
    refused(
        planted, "space-unknown",
        lambda: answers.concept_matrix(connection, ["Pepper", "Saffron"], ConceptOptions("smell")),
    )  # fmt: skip
    assert answers.compare_concepts(connection, ["Pepper", "Nobody"])[0].note == "unknown concept: Nobody"


def test_a_question_that_takes_too_long(planted: Library) -> None:
    planted.connection.execute("set local statement_timeout = '1ms'")
    slow = Question("select name, text_query, series, characters, genres from concept, pg_sleep(1)", {}, Hit)
    with pytest.raises(QueryError) as caught:
        slow.answer(planted.connection)
    assert caught.value.code == "query-timeout"


def test_a_lost_database_is_no_querys_fault(planted_database: Database) -> None:
    connection = planted_database.connect()
    connection.close()
    with pytest.raises(DatabaseError) as caught:
        answers.library_overview(connection)
    assert caught.value.code == "database-lost"


def test_hostile_texts(planted: Library) -> None:
    for text in filter(str.strip, HOSTILE):
        request = SearchRequest(text, mode="keyword", filters=Filters(series=text, character=text))
        answers.search(planted.connection, request)
    assert len(answers.compare_concepts(planted.connection, HOSTILE)) == len(HOSTILE) * (len(HOSTILE) - 1) / 2
