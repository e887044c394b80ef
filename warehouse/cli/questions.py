"""A connection to ask on, and models that are loaded only when a question needs them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import click

from warehouse.cli.session import chosen_profile, current_database

if TYPE_CHECKING:
    from warehouse.contracts import Profile, SentenceEncoder
    from warehouse.database.connection import Connection

Answer = TypeVar("Answer")

KIND_OF_SPACE = {
    "fused": "panel_encoder",
    "vision": "panel_encoder",
    "text": "panel_encoder",
    "composition": "panel_encoder",
    "page": "panel_encoder",
    "panel": "panel_encoder",
    "context": "strip_encoder",
    "strip": "strip_encoder",
}


@dataclass
class Desk:
    """Where a command asks its questions."""

    connection: Connection
    _noted: set[str] = field(default_factory=set)

    @cached_property
    def profile(self) -> Profile:
        return chosen_profile()

    def ask(self, question: Callable[[], Answer]) -> Answer:
        """The answer; a text without a vector gets one on the way."""
        from warehouse.questions import ask

        def sentences() -> SentenceEncoder:
            return self.profile.sentences

        return ask(self.connection, sentences, question)

    def trained(self, space: str) -> bool:
        """Whether the live model behind a space of vectors is trained."""
        from warehouse.database.queries import models

        kind = KIND_OF_SPACE.get(space)
        live = [model for model in models(self.connection) if model.kind == kind and model.status == "live"]
        return kind is None or all(model.trained for model in live)

    def note_untrained(self, space: str) -> None:
        """Say in one line on stderr, once, that an answer rests on untrained weights."""
        if space not in self._noted and not self.trained(space):
            self._noted.add(space)
            model = KIND_OF_SPACE[space].replace("_", " ")
            click.echo(f"note: the {model} behind '{space}' vectors is not trained yet", err=True)


@contextmanager
def answering() -> Iterator[Desk]:
    """A desk on the current database; the driver's errors become ours."""
    from warehouse.database.connection import translated_errors

    database = current_database()
    with translated_errors(), database.connect(autocommit=True) as connection:
        yield Desk(connection)
