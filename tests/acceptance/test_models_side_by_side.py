"""Two models' vectors beside each other: filled, promoted, rolled back, forgotten; stale ones made again."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from psycopg import sql

from tests.books_drawn import library
from tests.planted import OtherPanels, OtherProfile, PlantedProfile
from warehouse.cli.progress import SilentProgress
from warehouse.contracts import PanelInputs, PanelVectors
from warehouse.database.connection import Connection, Database
from warehouse.database.coverage import coverage, incomplete
from warehouse.database.queries import models, the_model_named
from warehouse.database.store.promoting import forget_vectors, promote, retire, roll_back
from warehouse.database.vector_tables import VECTOR_TABLES
from warehouse.errors import ModelError
from warehouse.ingest import IngestOptions, ingest, refresh_vectors
from warehouse.records import ModelStatus

Row = tuple[object, ...]


@pytest.fixture
def books(database: Database, tmp_path: Path) -> Path:
    folder = library(tmp_path / "books", books=3, pages=3)
    ingest([folder], database, PlantedProfile(), SilentProgress())
    return folder


def refresh(database: Database, profile: PlantedProfile) -> None:
    assert refresh_vectors(database, profile, SilentProgress()).outcomes["failed"] == 0


def rows_of(connection: Connection, status: str) -> dict[str, list[Row]]:
    """Every vector of the models of a status, with where it lies on disk: equal only if never rewritten."""
    return {
        table: connection.execute(
            sql.SQL(
                "select e.{}, e.model_id, e.input_hash, e.v::text, e.xmin::text, e.ctid::text from {} e"
                " join model m on m.id = e.model_id where m.status = %s order by 1, 2"
            ).format(sql.Identifier(f"{VECTOR_TABLES[table].owner}_id"), sql.Identifier(table)),
            (status,),
        ).fetchall()
        for table in VECTOR_TABLES
    }


def statuses(connection: Connection) -> dict[tuple[str, str], str]:
    return {(model.kind, model.revision): model.status for model in models(connection)}


def candidate(connection: Connection, kind: str) -> ModelStatus:
    return max((m for m in models(connection) if m.kind == kind), key=lambda m: m.id)


def stale(connection: Connection) -> dict[str, int]:
    return {row.vector_table: row.stale for row in coverage(connection) if row.stale}


@pytest.mark.parametrize("by", ["ingest", "refresh"])
def test_a_new_model_fills_its_vectors_beside_the_live_ones(
    database: Database, connection: Connection, books: Path, by: str
) -> None:
    before = rows_of(connection, "live")
    if by == "ingest":
        options = IngestOptions(refresh=True)
        ingest([books], database, OtherProfile(), SilentProgress(), options)
    else:
        refresh(database, OtherProfile())
    assert rows_of(connection, "live") == before
    made = {table for table, rows in rows_of(connection, "candidate").items() if rows}
    assert made == {name for name, t in VECTOR_TABLES.items() if t.kind in ("panel_encoder", "strip_encoder")}
    assert incomplete(coverage(connection), [model.id for model in models(connection)]) == []
    again = refresh_vectors(database, PlantedProfile(), SilentProgress())
    assert rows_of(connection, "live") == before, "back to the live profile nothing is made again"
    assert again.outcomes["failed"] == 0


def test_another_sentence_encoder_makes_another_panel_encoder(
    database: Database, connection: Connection, books: Path
) -> None:
    before = rows_of(connection, "live")
    profile = OtherProfile(sentences=True)
    profile.panel_encoder = PlantedProfile().panel_encoder
    refresh(database, profile)
    assert rows_of(connection, "live") == before
    encoders = [model for model in models(connection) if model.kind == "panel_encoder"]
    assert [model.status for model in encoders] == ["live", "candidate"]
    assert len({model.made_with for model in encoders}) == 2


def test_promoted_and_rolled_back(database: Database, connection: Connection, books: Path) -> None:
    refresh(database, OtherProfile(sentences=True))
    live = {model.kind: model.id for model in models(connection) if model.status == "live"}
    chosen = candidate(connection, "sentence_encoder")
    with connection.transaction():
        changed = promote(connection, chosen.id)
    assert {model.kind for model in changed} == {"sentence_encoder", "panel_encoder", "strip_encoder"}
    now = {model.kind: model for model in models(connection) if model.status == "live"}
    ids = {model.id for model in now.values()}
    assert all(ids.issuperset(model.made_with) for model in now.values())
    assert now["sentence_encoder"].id == chosen.id
    with connection.transaction():
        roll_back(connection, "strip_encoder")
    assert {model.kind: model.id for model in models(connection) if model.status == "live"} == live
    with pytest.raises(ModelError) as refused, connection.transaction():
        roll_back(connection, "strip_encoder")
    assert refused.value.code == "never-promoted"
    history = connection.execute("select count(*), count(rolled_back_at) from promotion").fetchone()
    assert history == (3, 3)


def test_a_strip_encoder_needs_the_panel_encoder_it_was_made_with(
    database: Database, connection: Connection, books: Path
) -> None:
    refresh(database, OtherProfile())
    with connection.transaction():
        changed = promote(connection, candidate(connection, "strip_encoder").id)
    assert {model.kind for model in changed} == {"panel_encoder", "strip_encoder"}


def test_an_incomplete_model_is_refused_with_the_command_that_completes_it(
    database: Database, connection: Connection, books: Path
) -> None:
    refresh(database, OtherProfile())
    chosen = candidate(connection, "panel_encoder")
    connection.execute(
        "delete from panel_text where model_id = %s and panel_id ="
        " (select min(panel_id) from panel_text where model_id = %s)",
        (chosen.id, chosen.id),
    )
    before = statuses(connection)
    with (
        pytest.raises(
            ModelError, match=r"planted@2 in panel_text: 1 of \d+ missing.*WAREHOUSE_PROFILE=other"
        ) as refused,
        connection.transaction(),
    ):
        promote(connection, chosen.id)
    assert refused.value.code == "model-incomplete"
    assert statuses(connection) == before
    refresh(database, OtherProfile())
    with connection.transaction():
        assert promote(connection, chosen.id)


def test_an_index_of_the_live_model_asks_for_one_of_the_new(
    database: Database, connection: Connection, books: Path
) -> None:
    refresh(database, OtherProfile())
    old = next(m.id for m in models(connection) if m.kind == "panel_encoder" and m.status == "live")
    chosen = candidate(connection, "panel_encoder")
    build = "create index panel_embedding_hnsw_{0} on panel_embedding using hnsw ((v::halfvec(512))"
    build += " halfvec_cosine_ops) where model_id = {0}"
    connection.execute(build.format(old).encode())
    with (
        pytest.raises(ModelError, match="warehouse index build panels/fused --model"),
        connection.transaction(),
    ):
        promote(connection, chosen.id)
    connection.execute(build.format(chosen.id).encode())
    with (
        pytest.raises(ModelError, match="warehouse index check panels/fused --model"),
        connection.transaction(),
    ):
        promote(connection, chosen.id)
    connection.execute(
        "insert into index_check (scope, space, model_id, vectors, queries, asked, hits, ef_search,"
        " mean_recall, min_recall, exact_seconds, index_seconds)"
        " values ('panels', 'fused', %s, 1, 'rows', 1, 1, 1, 1, 1, 1, 1)",
        (chosen.id,),
    )
    with connection.transaction():
        assert promote(connection, chosen.id)


class Dying(OtherPanels):
    """Encodes two books, then its machine is gone."""

    books = 0

    def encode(self, inputs: PanelInputs) -> PanelVectors:
        self.books += 1
        if self.books > 2:
            raise KeyboardInterrupt
        return super().encode(inputs)


def test_killed_in_the_middle_of_a_refresh_and_resumed(
    database: Database, connection: Connection, books: Path
) -> None:
    before = rows_of(connection, "live")
    dying = OtherProfile()
    dying.panel_encoder = Dying()
    with pytest.raises(KeyboardInterrupt):
        refresh_vectors(database, dying, SilentProgress())
    half = rows_of(connection, "candidate")
    assert 0 < len(half["panel_embedding"]) < len(before["panel_embedding"])
    assert rows_of(connection, "live") == before
    refresh(database, OtherProfile())
    whole = rows_of(connection, "candidate")
    assert all(set(half[table]) <= set(whole[table]) for table in VECTOR_TABLES), "nothing was made twice"
    assert len(whole["panel_embedding"]) == len(before["panel_embedding"])
    assert incomplete(coverage(connection), [model.id for model in models(connection)]) == []


def test_only_what_is_stale_is_made_again(database: Database, connection: Connection, books: Path) -> None:
    before = rows_of(connection, "live")
    connection.execute(
        "update panel set text = 'KRAK!' where id = (select min(panel_id) from panel_semantic)"
    )
    seen = stale(connection)
    assert seen["panel_semantic"] == seen["panel_text"] == seen["panel_embedding"] == 1
    refresh(database, PlantedProfile())
    assert stale(connection) == {}
    after = rows_of(connection, "live")
    changed = {table: len(set(after[table]) - set(before[table])) for table in VECTOR_TABLES}
    assert {table: count for table, count in changed.items() if count} == seen
    untouched = {"panel_feature", "panel_vision", "panel_composition", "page_visual", "page_semantic"}
    assert untouched == {table for table, count in changed.items() if not count}


def test_a_changed_text_needs_no_file(database: Database, connection: Connection, books: Path) -> None:
    for book in books.rglob("*.cbz"):
        book.unlink()
    connection.execute(
        "update panel set text = 'KRAK!' where id = (select min(panel_id) from panel_semantic)"
    )
    refresh(database, PlantedProfile())
    assert stale(connection) == {}


def test_a_page_that_became_an_advertisement(database: Database, connection: Connection, books: Path) -> None:
    connection.execute(
        "update page set labelled_type = 'advertisement' where id = (select max(id) from page)"
    )
    assert stale(connection)["panel_embedding"] == 4
    refresh(database, PlantedProfile())
    assert stale(connection) == {}


def test_a_live_model_is_not_retired_or_forgotten(
    database: Database, connection: Connection, books: Path
) -> None:
    refresh(database, OtherProfile())
    before = rows_of(connection, "live")
    live = next(m for m in models(connection) if m.kind == "panel_encoder" and m.status == "live")
    for forbidden in (retire, forget_vectors):
        with pytest.raises(ModelError, match="is live"), connection.transaction():
            forbidden(connection, live)
    chosen = candidate(connection, "panel_encoder")
    with connection.transaction():
        assert forget_vectors(connection, chosen) > 0
    assert the_model_named(connection, str(chosen.id)).status == "retired"
    assert rows_of(connection, "retired")["panel_embedding"] == []
    assert rows_of(connection, "live") == before


def test_readers_see_one_set_of_models_at_any_moment(
    database: Database, connection: Connection, books: Path
) -> None:
    refresh(database, OtherProfile())
    encoder, strips = candidate(connection, "panel_encoder"), candidate(connection, "strip_encoder")
    seen: set[Row] = set()
    done = threading.Event()

    def read() -> None:
        with database.connect(autocommit=True) as own:
            while not done.is_set():
                seen.update(
                    own.execute(
                        "select (select array_agg(distinct model_id) from panel_embedding_current)::text,"
                        " (select array_agg(distinct model_id) from panel_context_current)::text"
                    ).fetchall()
                )

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(3):
        with connection.transaction():
            promote(connection, encoder.id)
        with connection.transaction():
            roll_back(connection, "panel_encoder")
    done.set()
    reader.join()
    live = {m.kind: m.id for m in models(connection) if m.status == "live"}
    pairs = {
        (f"{{{live['panel_encoder']}}}", f"{{{live['strip_encoder']}}}"),
        (f"{{{encoder.id}}}", f"{{{strips.id}}}"),
    }
    assert seen <= pairs
    assert len(seen) == 2
