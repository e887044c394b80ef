"""`warehouse sql`: tables for people, JSON and CSV for machines, one line for a mistake, and no writing."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner, Result

from warehouse import config
from warehouse.cli import cli
from warehouse.database.connection import Connection, Database
from warehouse.database.free_sql import run_sql
from warehouse.errors import QueryError, WarehouseError

EVERYTHING = """
select 7 as n, 'a' || chr(10) || 'b' as words, null as missing, array[1, 2] as list, true as yes,
       '[3,4]'::halfvec as v, 0.00001::real as small
"""


@pytest.fixture(autouse=True)
def _this_database(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(config.DATABASE_URL, database.url)


def sql(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["sql", *arguments])


def test_a_table_for_people() -> None:
    heading, _, row, count = sql(EVERYTHING).stdout.splitlines()
    assert heading.split() == ["n", "words", "missing", "list", "yes", "v", "small"]
    assert "a b" in row
    assert "NULL" in row
    assert "halfvec(2) |v|=5.000" in row
    assert "1.0e-05" in row
    assert count == "(1 row)"


def test_long_text_is_cut_and_numbers_stand_right() -> None:
    lines = sql("select repeat('long ', 100) as words, n from (values (5), (1000)) s (n) order by n").stdout
    heading, _, five, thousand, _ = lines.splitlines()
    assert {len(heading), len(five), len(thousand)} == {120}
    assert "…" in five
    assert five.endswith(" 5")


def test_json_has_everything() -> None:
    [row] = json.loads(sql("--json", EVERYTHING).stdout)
    small = row.pop("small")
    assert small == pytest.approx(0.00001)
    assert row == {"n": 7, "words": "a\nb", "missing": None, "list": [1, 2], "yes": True, "v": [3.0, 4.0]}


def test_csv_has_everything() -> None:
    rows = list(csv.reader(io.StringIO(sql("--csv", EVERYTHING).stdout)))
    assert rows[0] == ["n", "words", "missing", "list", "yes", "v", "small"]
    assert rows[1][:6] == ["7", "a\nb", "", "[1,2]", "true", "[3.0,4.0]"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("select nothing from book", r'"nothing" does not exist, at line 1, column 8: \'nothing from book\''),
        ("select 1;\nselect * frm book", r"syntax error .*, at line 2, column 10: 'frm book'"),
        ("select 1/0", r"^division by zero$"),
        ("select '\0'", "NUL"),
        ("select '\udcff'", "not Unicode"),
    ],
)
def test_a_mistake_is_one_line_with_its_place(connection: Connection, query: str, words: str) -> None:
    with pytest.raises(QueryError, match=words) as caught:
        run_sql(connection, query)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "query",
    [
        "insert into series (name) values ('x')",
        "commit; insert into series (name) values ('x')",
        "rollback; begin; insert into series (name) values ('x'); commit",
        "set transaction read write; insert into series (name) values ('x')",
        "create table x ()",
        "select 1; drop view library_overview",
        "do $$ begin delete from series; end $$",
    ],
)
def test_nothing_is_written(connection: Connection, query: str) -> None:
    connection.execute("insert into series (name) values ('there')")
    with pytest.raises(QueryError, match=r"read-only|read-write") as caught:
        run_sql(connection, query)
    assert caught.value.code == "sql-refused"
    assert connection.execute("select name from series").fetchall() == [("there",)]
    assert connection.execute("select to_regclass('library_overview') is not null").fetchone() == (True,)


def test_the_connection_can_write_again(connection: Connection) -> None:
    run_sql(connection, "select 1")
    connection.execute("insert into series (name) values ('after')")
    assert connection.execute("show statement_timeout").fetchone() == ("0",)


def test_a_long_query_is_given_up() -> None:
    found = sql("--timeout", "1", "select pg_sleep(60)")
    assert isinstance(found.exception, WarehouseError)
    assert found.exception.code == "query-timeout"
    assert "--timeout" in str(found.exception)


def test_several_statements_and_none() -> None:
    assert "2" in sql("select 1 as one; select 2 as two").stdout
    assert sql("").stdout.strip() == ""
    assert sql("--json", "").stdout.strip() == "[]"
