"""Every question of docs/sql.md can be asked, and answers with the columns it shows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cookbook import Question, planted_library, questions
from warehouse.database.connection import Connection
from warehouse.database.free_sql import run_sql

QUESTIONS = questions()


@pytest.fixture(scope="module")
def scholars(server_url: str) -> Iterator[Connection]:
    with planted_library(server_url, "cookbook") as connection:
        yield connection


def test_there_are_enough() -> None:
    assert len(QUESTIONS) >= 20
    assert len({question.title for question in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.title)
def test_a_question(scholars: Connection, question: Question) -> None:
    answer = run_sql(scholars, question.sql)
    assert answer.columns == question.columns
    assert answer.rows, "an answer that shows something"


def ask(connection: Connection, query: str) -> list[tuple[object, ...]]:
    return connection.execute(query.encode()).fetchall()


def test_the_planted_answers(scholars: Connection) -> None:
    """What was planted is found: swords with swords, zombies together."""
    [(sonja_conan,), (sonja_batman,)] = ask(
        scholars,
        "select similarity from concept_compare('Red Sonja', 'Conan', 'Batman') limit 2",
    )
    assert sonja_conan > sonja_batman + 0.3  # type: ignore[operator]
    [(nearest,)] = ask(scholars, "select label from concept_neighbours('Dracula', 1, kind => 'series')")
    assert nearest == "Vampirella"
