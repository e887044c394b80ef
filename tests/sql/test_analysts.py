"""Analysts read everything and write nothing, before and after upgrades, whatever their login is called."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import psycopg
import pytest
from click.testing import CliRunner

from warehouse import config
from warehouse.cli import cli
from warehouse.database.analysts import grant_analyst, url_as
from warehouse.database.connection import Connection, Database
from warehouse.database.sql_objects import sql_objects
from warehouse.database.upgrade import ensure_current
from warehouse.errors import DatabaseError

HOSTILE_NAMES = (
    'x"; drop table page cascade; --',
    "x'; drop table page cascade; --",
    "Ada Lovelace",
    "%s %(name)s {} $1",
    "back\\slash",
    "ada@host:5/x?y#z",
    "ünï😀",
    "select",
    "a" * 63,
)
_numbers = itertools.count()


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    with database.connect(autocommit=True) as opened:
        before = set(opened.execute("select rolname from pg_roles").fetchall())
        yield opened
        for (role,) in set(opened.execute("select rolname from pg_roles").fetchall()) - before:
            if role != "analyst":
                opened.execute(psycopg.sql.SQL("drop role {}").format(psycopg.sql.Identifier(role)))


@pytest.fixture
def name() -> str:
    return f"ada {next(_numbers)}"


def as_analyst(database: Database, name: str) -> Connection:
    return psycopg.connect(url_as(database.url, name), autocommit=True)


def everything(session: Connection) -> None:
    """Read every view of ours, and ask one question that reaches through several functions."""
    for item in sql_objects():
        if item.kind == "view":
            session.execute(f"select * from {item.name} limit 1".encode())
    session.execute("select * from concept_compare('Conan', 'Batman')")
    session.execute("select * from search_panels('castle', mode => 'keyword')")


def test_an_analyst_reads_and_does_not_write(database: Database, connection: Connection, name: str) -> None:
    assert grant_analyst(connection, name).created
    with as_analyst(database, name) as session:
        everything(session)
        for setting, value in (("default_transaction_read_only", "on"), ("statement_timeout", "5min")):
            assert session.execute("select current_setting(%s)", (setting,)).fetchone() == (value,)
        session.execute("set default_transaction_read_only = off")
        for forbidden in (
            "insert into series (name) values ('x')",
            "update book set title = 'x'",
            "delete from page",
            "truncate page",
            "drop view library_overview",
            "create table x ()",
            "create temp table page ()",
            "create view x as select 1",
            "create function x() returns integer language sql return 1",
            "create role x",
            "refresh materialized view x",
            "select nextval('book_id_seq')",
            "copy book to program 'true'",
        ):
            with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedTable)):
                session.execute(forbidden.encode())


def test_granting_twice_is_safe(connection: Connection, name: str) -> None:
    assert grant_analyst(connection, name).created
    assert not grant_analyst(connection, name).created


def test_reading_survives_upgrades(database: Database, connection: Connection, name: str) -> None:
    grant_analyst(connection, name)
    for _ in range(2):
        connection.execute("update sql_objects set sha256 = 'other'")
        ensure_current(database)
        with as_analyst(database, name) as session:
            everything(session)


def test_a_database_that_nobody_granted_is_not_opened_by_an_upgrade(
    database: Database, connection: Connection
) -> None:
    connection.execute("do $$ begin create role analyst; exception when duplicate_object then end $$")
    connection.execute("update sql_objects set sha256 = 'other'")
    ensure_current(database)
    readable = "select has_table_privilege('analyst', 'library_overview', 'select')"
    assert connection.execute(readable).fetchone() == (False,)


def test_tables_that_are_not_ours_stay_closed(database: Database, connection: Connection, name: str) -> None:
    connection.execute("create table diary (entry text)")
    grant_analyst(connection, name)
    with as_analyst(database, name) as session, pytest.raises(psycopg.errors.InsufficientPrivilege):
        session.execute("select * from diary")


def test_a_query_without_a_vector_says_who_can_make_one(
    database: Database, connection: Connection, name: str
) -> None:
    grant_analyst(connection, name)
    with as_analyst(database, name) as session, pytest.raises(psycopg.Error) as caught:
        session.execute("select query_vector('never asked before')")
    assert caught.value.sqlstate == "CW001"
    assert "warehouse search" in (caught.value.diag.message_hint or "")


@pytest.mark.parametrize("hostile", HOSTILE_NAMES)
def test_names_are_only_names(database: Database, connection: Connection, hostile: str) -> None:
    assert grant_analyst(connection, hostile, "pass'word").created
    with as_analyst(database, hostile) as session:
        assert session.execute("select current_user::text").fetchone() == (hostile,)
        everything(session)


@pytest.mark.parametrize("unusable", ["", "a" * 64, "é" * 32, "a\0b", "\udcff"])
def test_names_that_cannot_be(connection: Connection, unusable: str) -> None:
    with pytest.raises(DatabaseError) as caught:
        grant_analyst(connection, unusable)
    assert caught.value.code == "name-unusable"


def test_roles_of_others_are_left_alone(connection: Connection) -> None:
    owner = connection.execute("select current_user::text").fetchone()
    assert owner is not None
    for taken in (owner[0], "analyst"):
        with pytest.raises(DatabaseError) as caught:
            grant_analyst(connection, taken)
        assert caught.value.code == "role-taken"


def test_an_analyst_role_that_may_do_more_is_refused(connection: Connection, name: str) -> None:
    connection.execute("do $$ begin create role analyst; exception when duplicate_object then end $$")
    connection.execute("alter role analyst createdb")
    try:
        with pytest.raises(DatabaseError) as caught:
            grant_analyst(connection, name)
    finally:
        connection.execute("alter role analyst nocreatedb")
    assert caught.value.code == "role-taken"


def test_passwords_are_stored_hashed(connection: Connection, name: str) -> None:
    made = grant_analyst(connection, name, generate=True)
    assert made.password is not None
    assert len(made.password) >= 20
    assert made.password not in repr(made)
    stored = "select left(rolpassword, 14) from pg_authid where rolname = %s"
    assert connection.execute(stored, (name,)).fetchone() == ("SCRAM-SHA-256$",)
    assert grant_analyst(connection, name, generate=True).password is None, "a second time it stays"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://me:pw@host:5/db?sslmode=require", "postgresql://a%20b@host:5/db?sslmode=require"),
        ("postgresql://postgres:@/postgres?host=/a/b", "postgresql://a%20b@/postgres?host=/a/b"),
        ("postgresql://host/db?user=me&password=pw", "postgresql://a%20b@host/db"),
    ],
)
def test_urls_of_a_login(url: str, expected: str) -> None:
    assert url_as(url, "a b") == expected


def test_the_command(
    database: Database, connection: Connection, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(config.DATABASE_URL, database.url)
    first = CliRunner().invoke(cli, ["db", "grant-analyst", name])
    assert first.exit_code == 0
    assert "password, shown this once: " in first.stdout
    assert f"warehouse db psql --as '{name}'" in first.stdout
    second = CliRunner().invoke(cli, ["db", "grant-analyst", name, "--password-stdin"], input="secret\n")
    assert second.exit_code == 0
    assert "secret" not in second.stdout
    url = CliRunner().invoke(cli, ["db", "url", "--as", name]).stdout.strip()
    with psycopg.connect(url) as session:
        assert session.execute("select count(*) from book").fetchone() == (0,)
