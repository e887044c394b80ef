"""Which models are live: a set whose members were made with each other, switched in one transaction.

The panel encoder takes the backbone's and the sentence encoder's vectors, the strip encoder the panel
encoder's.  So that spaces never mix, every live model's `made_with` are live too, and kinds that depend are
switched along.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from psycopg import sql

from warehouse.database.connection import Connection
from warehouse.database.coverage import coverage, incomplete
from warehouse.database.indexes import vector_indexes
from warehouse.database.queries import models
from warehouse.database.statements import statement
from warehouse.database.vector_tables import tables_of_kind
from warehouse.errors import ModelError
from warehouse.records import ModelStatus

DEPENDENT = ("panel_encoder", "strip_encoder")
"""Kinds made with others, each after those."""


def promote(connection: Connection, model_id: int) -> list[ModelStatus]:
    """Make a model live, and those that must go with it, in the caller's transaction; returns them.

    What was live before is retired and keeps its vectors.  Raises ModelError 'model-incomplete' where vectors
    are missing or stale, 'index-missing' or 'index-unchecked' where the live model is searched by an index
    and the new one's is not built or not measured, 'models-do-not-fit' where a dependent model is missing.
    """
    connection.execute(statement("lock_models"))
    known = {model.id: model for model in models(connection)}
    live = {model.kind: model for model in known.values() if model.status == "live"}
    changed = switched(list(known.values()), known[model_id])
    _check_complete(connection, changed)
    _check_indexes(connection, changed, live)
    for model in changed:
        replaced = live.get(model.kind)
        _switch(connection, model.id, replaced.id if replaced else None, "retired")
        values = {"kind": model.kind, "model_id": model.id, "replaced_id": replaced.id if replaced else None}
        connection.execute(statement("insert_promotion"), values)
    return changed


def switched(known: Sequence[ModelStatus], target: ModelStatus) -> list[ModelStatus]:
    """The models that become live with this one: those it is made with, and those made with the new ones.

    Raises ModelError 'models-do-not-fit' where nothing of a dependent kind was made with them.
    """
    by_id = {model.id: model for model in known}
    live = {model.kind: model for model in known if model.status == "live"}
    chosen = dict(live)

    def take(model: ModelStatus) -> None:
        chosen[model.kind] = model
        for other in model.made_with:
            take(by_id[other])

    take(target)
    for kind in DEPENDENT:
        ids = {model.id for model in chosen.values()}
        if kind in chosen and not ids.issuperset(chosen[kind].made_with):
            fitting = [model for model in known if model.kind == kind and ids.issuperset(model.made_with)]
            if not fitting:
                raise ModelError(
                    f"no {kind} was made with {target.kind} {target.label}",
                    code="models-do-not-fit",
                    remedy=_completing([target]),
                )
            chosen[kind] = max(fitting, key=lambda model: model.id)
    return [model for kind, model in chosen.items() if live.get(kind) != model]


def roll_back(connection: Connection, kind: str) -> list[ModelStatus]:
    """Undo the last promotion of a kind, with all that was switched along; returns what is live again.

    Raises ModelError 'never-promoted', or 'promoted-since' where a later one builds on it.
    """
    connection.execute(statement("lock_models"))
    rows = connection.execute(statement("promotions")).fetchall()
    moment = next((at for at, of, _, _ in rows if of == kind), None)
    if moment is None:
        raise ModelError(
            f"no {kind} was ever promoted", code="never-promoted", remedy="nothing to go back to"
        )
    undone = {of: (model, before) for at, of, model, before in rows if at == moment}
    for at, of, _, _ in rows:
        if at > moment and of in undone:
            raise ModelError(
                f"a {of} was promoted after the {kind}",
                code="promoted-since",
                remedy=f"first run 'warehouse models rollback {of}'",
            )
    for model, before in undone.values():
        _switch(connection, before, model, "candidate")
    connection.execute(statement("roll_back_promotion"), {"promoted_at": moment})
    back = {before for _, before in undone.values()}
    return [model for model in models(connection) if model.id in back]


def retire(connection: Connection, model: ModelStatus) -> None:
    """Take a model out of the candidates; its vectors stay.  Raises ModelError 'model-live'."""
    _check_not_live(model)
    _set_status(connection, model.id, "retired")


def forget_vectors(connection: Connection, model: ModelStatus) -> int:
    """Delete every vector of a model that is not live; returns how many.  Raises ModelError 'model-live'."""
    connection.execute(statement("lock_models"))
    model = next(known for known in models(connection) if known.id == model.id)
    _check_not_live(model)
    count = 0
    for table in tables_of_kind(model.kind):
        command = sql.SQL("delete from {} where model_id = %s").format(sql.Identifier(table))
        count += connection.execute(command, (model.id,)).rowcount
    for name in ("delete_model_queries", "delete_model_sums"):
        connection.execute(statement(name), {"model_id": model.id})
    _set_status(connection, model.id, "retired")
    return count


def _check_not_live(model: ModelStatus) -> None:
    if model.status == "live":
        raise ModelError(
            f"{model.kind} {model.label} is live: answers come from it",
            code="model-live",
            remedy="promote another one first",
        )


def _check_complete(connection: Connection, changed: Sequence[ModelStatus]) -> None:
    lacking = incomplete(coverage(connection), [model.id for model in changed])
    if lacking:
        told = "; ".join(
            f"{row.name}@{row.revision} in {row.vector_table}: {row.missing} of {row.owners} missing,"
            f" {row.stale} stale"
            for row in lacking
        )
        raise ModelError(
            f"not all vectors are there ({told})", code="model-incomplete", remedy=_completing(changed)
        )


def _check_indexes(
    connection: Connection, changed: Sequence[ModelStatus], live: Mapping[str, ModelStatus]
) -> None:
    """Where the live model is searched by an index, the new one's must be there, and measured."""
    for model in changed:
        if model.kind not in live:
            continue
        new = {space.name: space for space in vector_indexes(connection, model_id=model.id)}
        for space in vector_indexes(connection, model_id=live[model.kind].id):
            if space.usable and space.name in new and space.model_id == live[model.kind].id:
                _check_index(space.name, model, new[space.name].usable, new[space.name].row_recall)


def _check_index(space: str, model: ModelStatus, usable: bool, recall: float | None) -> None:
    if not usable:
        raise ModelError(
            f"{space} is searched by an index, and {model.label} has none there",
            code="index-missing",
            remedy=f"run 'warehouse index build {space} --model {model.id}'",
        )
    if recall is None:
        raise ModelError(
            f"nobody has measured how exact the index of {model.label} in {space} is",
            code="index-unchecked",
            remedy=f"run 'warehouse index check {space} --model {model.id}'",
        )


def _completing(changed: Sequence[ModelStatus]) -> str:
    """The command that makes what is missing."""
    profiles = sorted({profile for model in changed for profile in model.profiles})
    chosen = f"WAREHOUSE_PROFILE={profiles[0]} " if len(profiles) == 1 else ""
    of = "" if chosen else ", with the WAREHOUSE_PROFILE it belongs to"
    return f"run '{chosen}warehouse models refresh'{of}"


def _switch(connection: Connection, on: int | None, off: int | None, off_status: str) -> None:
    if off is not None:
        _set_status(connection, off, off_status)
    if on is not None:
        _set_status(connection, on, "live")


def _set_status(connection: Connection, model_id: int, status: str) -> None:
    connection.execute(statement("set_model_status"), {"model_id": model_id, "status": status})
