"""Models: registered when they first make something, live one a kind."""

from __future__ import annotations

from collections.abc import Sequence

from psycopg.types.json import Jsonb

from warehouse.contracts import ModelIdentity
from warehouse.database.connection import Connection
from warehouse.database.statements import statement


def register_model(connection: Connection, model: ModelIdentity) -> int:
    """The id of a model; it is added where it is new, and live where it is the first of its kind.

    What it is made with is registered before it.
    """
    made_with = sorted(register_model(connection, other) for other in model.made_with)
    values = {
        "kind": model.kind,
        "name": model.name,
        "revision": model.revision,
        "dim": model.dim,
        "weights_sha256": model.weights_sha256,
        "made_with": made_with,
        "config": Jsonb({"trained": model.trained}),
    }
    while (row := connection.execute(statement("model_id"), values).fetchone()) is None:
        connection.execute(statement("register_model"), values)
    return int(row[0])


def note_stage_models(
    connection: Connection, stage: str, revision: str, profile: str, models: Sequence[ModelIdentity]
) -> None:
    """Keep in the ledger which models a stage's revision makes vectors with."""
    if {_fingerprint(model) for model in models} <= _noted(connection, stage, revision, profile):
        return
    for model in models:
        values = {
            "stage": stage,
            "revision": revision,
            "profile": profile,
            "model_id": register_model(connection, model),
        }
        connection.execute(statement("note_stage_model"), values)


def _noted(connection: Connection, stage: str, revision: str, profile: str) -> set[tuple[object, ...]]:
    values = {"stage": stage, "revision": revision, "profile": profile}
    rows = connection.execute(statement("noted_models"), values).fetchall()
    return {(*row[:-1], tuple(row[-1])) for row in rows}


def _fingerprint(model: ModelIdentity) -> tuple[object, ...]:
    """What tells a model from others: its own weights, and those it is made with."""
    made_with = tuple(sorted(other.weights_sha256 for other in model.made_with))
    return model.kind, model.name, model.revision, model.weights_sha256, made_with
