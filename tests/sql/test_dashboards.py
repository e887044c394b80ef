"""Every query of every dashboard, asked as Grafana asks it, by a login that only reads."""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Iterator

import psycopg
import pytest
import yaml

from tests.cookbook import planted_library
from tests.dashboards import FOLDER, SHARED, WAREHOUSE, Dashboard, Query, asked, dashboards
from tests.sql.working import plant_work
from warehouse.database.analysts import grant_analyst, url_as
from warehouse.database.connection import Connection

BOARDS = dashboards()
QUERIES = [(board, query) for board in BOARDS for query in board.queries]
every_board = pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.name)
every_query = pytest.mark.parametrize(
    ("board", "query"), QUERIES, ids=[f"{board.name}: {query.panel}" for board, query in QUERIES]
)

SECONDS = 1.0
TYPES = {"bool", "int2", "int4", "int8", "float4", "float8", "numeric", "text", "timestamptz"}
"""What Grafana turns into columns; a type it does not know, as vector, is an error there."""
PANELS = {"stat", "timeseries", "table", "barchart"}
CALLS = re.compile(r"\b(?:from|join)\s+(\w+)", re.IGNORECASE)


@pytest.fixture(scope="module")
def grafana(server_url: str) -> Iterator[Connection]:
    """A session of the login `grafana` on a library with books, vectors, work and workers."""
    with planted_library(server_url, "dashboards") as owner:
        plant_work(owner)
        owner.execute("analyze")
        grant_analyst(owner, "grafana")
        before, _, parameters = server_url.partition("?")
        url = url_as(f"{before.rpartition('/')[0]}/dashboards?{parameters}", "grafana")
        with psycopg.connect(url, autocommit=True) as session:
            yield session
        for statement in ("drop owned by grafana", "drop role grafana"):
            owner.execute(statement.encode())


def ask(session: Connection, sql: str) -> tuple[list[str], list[str], list[tuple[object, ...]]]:
    """Names and types of the columns, and the rows; fails where they take too long."""
    begun = time.perf_counter()
    cursor = session.execute(sql.encode())
    rows = cursor.fetchall()
    taken = time.perf_counter() - begun
    assert taken < SECONDS, f"{taken:.1f} s: {sql}"
    assert cursor.description is not None
    types = [session.adapters.types[column.type_code].name for column in cursor.description]
    return [column.name for column in cursor.description], types, rows


def choices(session: Connection, board: Dashboard) -> dict[str, str | list[str]]:
    """What is chosen when the dashboard is opened: all of a variable's values, or its own first one."""
    chosen: dict[str, str | list[str]] = {}
    for variable in board.variables:
        _, _, rows = ask(session, variable["query"])
        values = [str(value) for (value,) in rows]
        assert values, variable["name"]
        current = variable["current"]["value"]
        if current == ["$__all"]:
            chosen[variable["name"]] = values
        else:
            assert current in values
            chosen[variable["name"]] = current
    return chosen


def test_there_are_the_four() -> None:
    assert {board.name for board in BOARDS} == {"concepts", "library", "pipeline", "statistics"}
    assert len(QUERIES) >= 25


@every_query
def test_a_panel_is_answered(grafana: Connection, board: Dashboard, query: Query) -> None:
    names, types, rows = ask(grafana, asked(query, choices(grafana, board), board.span))
    assert rows, "a panel that shows something"
    assert len(set(names)) == len(names)
    assert set(types) <= TYPES
    if query.format == "time_series":
        assert types[names.index("time")] == "timestamptz"
        assert set(types) & {"int8", "float8"}, "a value to draw"
        times = [row[names.index("time")] for row in rows]
        assert times == sorted(times), "Grafana takes no series out of order"  # type: ignore[type-var]


@every_query
def test_a_panel_asks_only_what_is_in_the_house(grafana: Connection, board: Dashboard, query: Query) -> None:
    """Every relation or function that is named has its comment, so that it can be looked up."""
    for name in CALLS.findall(query.sql):
        found = grafana.execute(
            "select obj_description(oid) from pg_class where relname = %(name)s"
            " union all select obj_description(oid) from pg_proc where proname = %(name)s",
            {"name": name},
        ).fetchall()
        assert [text for (text,) in found if text], name


@every_query
def test_a_panel_stands_an_empty_library(connection: Connection, board: Dashboard, query: Query) -> None:
    chosen = {variable["name"]: ["none such"] for variable in board.variables if variable["multi"]}
    connection.execute(asked(query, {**chosen, "space": "page"}, board.span).encode())


@pytest.mark.parametrize("hostile", ["O'Brien", "'; drop table page; --", '"', "back\\slash", "ünï😀"])
def test_chosen_values_are_only_values(grafana: Connection, hostile: str) -> None:
    for board, query in QUERIES:
        if "${" in query.sql:
            chosen = {
                variable["name"]: [hostile, "Conan"] for variable in board.variables if variable["multi"]
            }
            ask(grafana, asked(query, {**chosen, "space": "page"}, board.span))


@every_board
def test_its_queries_are_known_by_their_columns(grafana: Connection, board: Dashboard) -> None:
    """Overrides and transformations name columns: each of them is one that a query gives."""
    chosen = choices(grafana, board)
    columns: dict[int, set[str]] = {}
    for panel in board.panels:
        [target] = panel["targets"]
        if target["datasource"] == WAREHOUSE:
            query = Query(panel["title"], target["rawSql"], target["format"], panel.get("interval"))
            columns[panel["id"]] = set(ask(grafana, asked(query, chosen, board.span))[0])
    for panel in board.panels:
        known = columns[panel["targets"][0].get("panelId", panel["id"])]
        for change in panel.get("transformations", []):
            options = change["options"]
            if change["id"] == "groupingToMatrix":
                used = {options[part] for part in ("rowField", "columnField", "valueField")}
                assert used <= known
                known = known | {f"{options['rowField']}\\{options['columnField']}"}
            else:
                assert change["id"] == "filterFieldsByName"
                assert set(options["include"]["names"]) <= known
        named = {change["matcher"]["options"] for change in panel["fieldConfig"]["overrides"]}
        assert named <= known, panel["title"]


@every_board
def test_it_is_as_grafana_wants_it(board: Dashboard) -> None:
    raw = board.raw
    assert "id" not in raw, "ids are Grafana's own"
    assert raw["uid"] == f"warehouse-{board.name}"
    assert raw["schemaVersion"] == 41
    assert raw["tags"] == ["comic-warehouse"], "by which the dashboards link to each other"
    assert raw["title"]
    assert raw["description"]
    ids = [panel["id"] for panel in raw["panels"]]
    assert len(set(ids)) == len(ids)
    assert len({panel["title"] for panel in board.panels}) == len(board.panels)
    assert re.search(r"https?://", str(raw)) is None, "nothing outside is needed"


@every_board
def test_every_panel_explains_itself(board: Dashboard) -> None:
    for panel in board.panels:
        assert panel["type"] in PANELS
        assert len(panel["title"]) < 50
        assert len(panel["description"].split()) >= 8, panel["title"]
        assert len(panel["targets"]) == 1


@every_board
def test_sources_are_the_warehouse(board: Dashboard) -> None:
    ids = {panel["id"] for panel in board.panels if panel["datasource"] == WAREHOUSE}
    for panel in board.panels:
        [target] = panel["targets"]
        assert target["datasource"] == panel["datasource"]
        if panel["datasource"] == SHARED:
            assert target["panelId"] in ids, "shares the answer of a panel that asks itself"
            continue
        assert panel["datasource"] == WAREHOUSE
        assert target["rawQuery"]
        assert target["format"] == ("time_series" if panel["type"] == "timeseries" else "table")
    for variable in board.variables:
        assert variable["datasource"] == WAREHOUSE
        assert variable["description"]


@every_board
def test_panels_lie_side_by_side(board: Dashboard) -> None:
    boxes = [panel["gridPos"] for panel in board.raw["panels"]]
    assert all(box["x"] >= 0 and box["w"] > 0 and box["x"] + box["w"] <= 24 and box["h"] > 0 for box in boxes)
    for a, b in itertools.combinations(boxes, 2):
        apart = (
            a["x"] + a["w"] <= b["x"]
            or b["x"] + b["w"] <= a["x"]
            or a["y"] + a["h"] <= b["y"]
            or b["y"] + b["h"] <= a["y"]
        )
        assert apart, (a, b)


def test_uids_are_unique() -> None:
    assert len({board.raw["uid"] for board in BOARDS}) == len(BOARDS)


def test_provisioning_fits_the_dashboards() -> None:
    sources = yaml.safe_load((FOLDER / "provisioning/datasources/warehouse.yml").read_text("utf-8"))
    [source] = sources["datasources"]
    assert {"type": source["type"], "uid": source["uid"]} == WAREHOUSE
    assert source["user"] == "grafana"
    assert source["secureJsonData"] == {"password": "$GRAFANA_DATABASE_PASSWORD"}
    providers = yaml.safe_load((FOLDER / "provisioning/dashboards/warehouse.yml").read_text("utf-8"))
    [provider] = providers["providers"]
    assert provider["options"]["path"] == "/etc/grafana/dashboards"


def test_grafana_is_given_what_provisioning_asks_for() -> None:
    compose = yaml.safe_load((FOLDER.parents[1] / "docker-compose.yml").read_text("utf-8"))
    given = compose["services"]["grafana"]["environment"]
    written = (FOLDER / "provisioning/datasources/warehouse.yml").read_text("utf-8")
    asked_for = set(re.findall(r": \$(\w+)$", written, re.MULTILINE))
    assert len(asked_for) == 4
    assert asked_for <= set(given)
