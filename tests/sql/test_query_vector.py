"""query_vector: stored vectors of typed queries."""

from __future__ import annotations

import psycopg
import pytest

from tests.sql.planting import SENTENCE_DIM, Library, at


def test_the_live_models_vector(library: Library) -> None:
    library.query("castle at night", at(30, SENTENCE_DIM))
    row = library.connection.execute(
        "select query_vector('  castle at night\n') <=> %s::halfvec", (str(at(30, SENTENCE_DIM).tolist()),)
    ).fetchone()
    assert row is not None
    assert row[0] == pytest.approx(0, abs=1e-3)


def test_another_models_vector_does_not_answer(library: Library) -> None:
    library.query("castle", at(0, SENTENCE_DIM))
    library.connection.execute("update model set status = 'retired'")
    with pytest.raises(psycopg.Error) as caught:
        library.connection.execute("select query_vector('castle')")
    assert caught.value.sqlstate == "CW001"


def test_a_missing_vector_says_what_to_do(library: Library) -> None:
    with pytest.raises(psycopg.Error) as caught:
        library.connection.execute("select query_vector(%s)", (" it's " + "x" * 1000,))
    told = caught.value.diag
    assert told.sqlstate == "CW001"
    assert told.message_detail == ("it's " + "x" * 1000)[:600]
    assert "warehouse search" in (told.message_hint or "")
    assert "warehouse sql" in (told.message_hint or "")
