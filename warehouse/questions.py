"""Asking with words: where a text has no vector yet, make it, keep it, ask again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from warehouse.contracts import SentenceEncoder
from warehouse.database.answers import MissingQueryVector
from warehouse.database.connection import Connection
from warehouse.database.store.vectors import store_query
from warehouse.errors import QueryError

Answer = TypeVar("Answer")


def ask(
    connection: Connection, sentences: Callable[[], SentenceEncoder], question: Callable[[], Answer]
) -> Answer:
    """The answer to a question, after storing the vectors of all texts it turns out to search for.

    connection: autocommit.  sentences: loads the encoder, asked for only where a vector is missing.
    Raises QueryError where the encoder is not the live one, so that its vectors don't answer.
    """
    stored: set[str] = set()
    while True:
        try:
            return question()
        except MissingQueryVector as missing:
            encoder = sentences()
            if missing.text in stored:
                raise QueryError(
                    f"the live sentence model is not {encoder.identity.name} {encoder.identity.revision}",
                    code="model-not-live",
                    remedy="choose the WAREHOUSE_PROFILE that the library was ingested with"
                    " ('warehouse models list')",
                ) from missing
            [vector] = encoder.encode([missing.text])
            with connection.transaction():
                store_query(connection, missing.text, encoder.identity, vector)
            stored.add(missing.text)
