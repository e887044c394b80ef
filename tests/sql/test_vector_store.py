"""Vectors through the store's own path: few rows and many, replaced, refused, and without privileges."""

from __future__ import annotations

import uuid
from dataclasses import replace

import numpy as np
import psycopg
import pytest
from pgvector import HalfVector

from warehouse.contracts import ModelIdentity
from warehouse.database.connection import Connection
from warehouse.database.store.vector_blocks import ROWS
from warehouse.database.store.vectors import write_vectors
from warehouse.records import VectorRows

MODEL = ModelIdentity(
    kind="panel_encoder", name="planted", revision="1", dim=512, weights_sha256="", trained=True
)
OTHER = replace(MODEL, name="other")


def book_of_panels(connection: Connection, panels: int) -> tuple[int, tuple[int, ...]]:
    """A book with one page of so many panels: its id, and theirs."""
    row = connection.execute(
        "with b as (insert into book (path) values ('/' || gen_random_uuid()) returning id)"
        " insert into page (book_id, seq, entry) select id, 0, '' from b returning book_id, id"
    ).fetchone()
    assert row is not None
    made = connection.execute(
        "insert into panel (page_id, seq, x, y, w, h, score, detector)"
        " select %s, n, 0, 0, 1, 1, 1, '' from generate_series(1, %s) n returning id",
        (row[1], panels),
    ).fetchall()
    return row[0], tuple(panel for (panel,) in made)


def vectors_of(owners: tuple[int, ...], seed: int = 0, model: ModelIdentity = MODEL) -> VectorRows:
    v = np.random.default_rng(seed).standard_normal((len(owners), 512)).astype(np.float32)
    return VectorRows("panel_embedding", model, owners, tuple(uuid.uuid4() for _ in owners), v)


def write(connection: Connection, book: int, *rows: VectorRows) -> None:
    with connection.transaction():
        write_vectors(connection, book, rows)


def stored(connection: Connection, name: str = "planted") -> list[tuple[int, uuid.UUID, HalfVector]]:
    return connection.execute(
        "select panel_id, input_hash, v from panel_embedding e join model m on m.id = e.model_id"
        " where m.name = %s order by panel_id",
        (name,),
    ).fetchall()


@pytest.mark.parametrize("count", [0, 1, 20, 499, 500, ROWS + 3])
def test_what_is_written_is_read_back(connection: Connection, count: int) -> None:
    book, panels = book_of_panels(connection, count)
    rows = vectors_of(panels)
    write(connection, book, rows)
    found = stored(connection)
    assert [row[0] for row in found] == list(panels)
    assert [row[1] for row in found] == list(rows.input_hashes)
    for row, vector in zip(found, rows.v.astype(np.float16), strict=True):
        assert np.array_equal(row[2].to_numpy(), vector)


@pytest.mark.parametrize("count", [20, 600])
def test_a_second_write_replaces_its_owners_and_model_alone(connection: Connection, count: int) -> None:
    book, panels = book_of_panels(connection, count)
    neighbour, others = book_of_panels(connection, 2)
    write(connection, neighbour, vectors_of(others))
    write(connection, book, first := vectors_of(panels), vectors_of(panels, model=OTHER))
    write(connection, book, again := replace(vectors_of(panels[2:], seed=1), obsolete=panels[:1]))
    found = {row[0]: row[1] for row in stored(connection)}
    assert found.keys() == {*panels[1:], *others}
    assert found[panels[1]] == first.input_hashes[1]
    assert found[panels[2]] == again.input_hashes[0]
    assert len(stored(connection, "other")) == count


@pytest.mark.parametrize("count", [20, 600])
def test_a_missing_owner_is_refused(connection: Connection, count: int) -> None:
    book, panels = book_of_panels(connection, count)
    gone = (*panels[:-1], panels[-1] + 1_000_000)
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        write(connection, book, vectors_of(gone))
    assert stored(connection) == []


@pytest.mark.parametrize(
    ("spoiled", "error"),
    [
        (np.nan, psycopg.errors.DataException),
        (np.inf, psycopg.errors.DataException),
    ],
)
def test_numbers_that_are_none_are_refused(
    connection: Connection, spoiled: float, error: type[Exception]
) -> None:
    book, panels = book_of_panels(connection, 600)
    rows = vectors_of(panels)
    rows.v[5, 7] = spoiled
    with pytest.raises(error):
        write(connection, book, rows)


def test_another_width_is_refused(connection: Connection) -> None:
    book, panels = book_of_panels(connection, 20)
    rows = vectors_of(panels)
    with pytest.raises(psycopg.errors.DataException):
        write(connection, book, replace(rows, v=rows.v[:, :100]))


def test_lengths_that_differ_are_refused(connection: Connection) -> None:
    book, panels = book_of_panels(connection, 20)
    rows = vectors_of(panels)
    with pytest.raises(ValueError, match="20 owners, 19 hashes and 20 vectors for panel_embedding"):
        write(connection, book, replace(rows, input_hashes=rows.input_hashes[1:]))


def test_the_servers_own_checks_are_back_afterwards(connection: Connection) -> None:
    book, panels = book_of_panels(connection, 600)
    with connection.transaction():
        write_vectors(connection, book, [vectors_of(panels)])
        assert connection.execute("show session_replication_role").fetchone() == ("origin",)
        with pytest.raises(psycopg.errors.ForeignKeyViolation), connection.transaction():
            connection.execute(
                "insert into panel_embedding select panel_id + 1000000, model_id, input_hash, v"
                " from panel_embedding limit 1"
            )


def test_a_user_without_privileges_can_write_many(connection: Connection) -> None:
    book, panels = book_of_panels(connection, 600)
    name = f"writer_{connection.info.dbname}"
    connection.execute(f"create role {name}")
    connection.execute(f"grant all on all tables in schema public to {name}")
    connection.execute(f"set role {name}")
    write(connection, book, vectors_of(panels))
    assert len(stored(connection)) == 600
    connection.execute("reset role")
    connection.execute(f"drop owned by {name}")
    connection.execute(f"drop role {name}")


def test_vectors_go_with_their_panels(connection: Connection) -> None:
    book, panels = book_of_panels(connection, 600)
    write(connection, book, vectors_of(panels))
    connection.execute("delete from book where id = %s", (book,))
    assert stored(connection) == []
