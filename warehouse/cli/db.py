"""`warehouse db`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from warehouse.config import load_settings, without_password


@click.group()
def db() -> None:
    """The database: upgrade it, check it, reach it."""


@db.command()
def upgrade() -> None:
    """Bring the schema, functions and views to this program's; safe to run twice, and at once.

    \b
    Example:
      warehouse db upgrade
    """
    from warehouse.database.connection import open_database, translated_errors
    from warehouse.database.upgrade import head_revision
    from warehouse.database.upgrade import upgrade as run

    database = open_database(load_settings())
    with translated_errors():
        run(database)
    click.echo(f"the database is at revision {head_revision()}")


@db.command()
def check() -> None:
    """Say whether the database answers, is new enough and has this program's schema.

    \b
    Example:
      warehouse db check
    """
    from warehouse.database.connection import open_database
    from warehouse.database.upgrade import head_revision, is_current
    from warehouse.errors import DatabaseError

    database = open_database(load_settings())
    with database.connect(autocommit=True) as connection:
        if not is_current(connection):
            raise DatabaseError(
                "the schema is not this program's",
                code="schema-outdated",
                remedy="run 'warehouse db upgrade'",
            )
        server = connection.info.server_version
    click.echo(f"good: PostgreSQL {server // 10000}.{server % 10000}, revision {head_revision()}")


@db.command()
@click.option("--with-password", is_flag=True, help="Do not hide the password.")
@click.option("--as", "login", metavar="NAME", help="For this login (see grant-analyst), without a password.")
def url(with_password: bool, login: str | None) -> None:
    """Print the database's URL, for psql, a notebook or a dashboard.

    The embedded server runs only while a command uses it: `warehouse db psql` keeps it running.

    \b
    Example:
      warehouse db url
    """
    from warehouse.database.analysts import url_as
    from warehouse.database.connection import open_database

    found = open_database(load_settings()).url
    if login is not None:
        found = url_as(found, login)
    click.echo(found if with_password else without_password(found))


@db.command(context_settings={"ignore_unknown_options": True})
@click.option("--as", "login", metavar="NAME", help="As this login, see grant-analyst.")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def psql(login: str | None, arguments: tuple[str, ...]) -> None:
    """Open psql on the database; further arguments go to psql.

    \b
    Example:
      warehouse db psql -c "\\d+ panel"
      warehouse db psql --as ada
    """
    import subprocess

    from warehouse.cli.session import current_database
    from warehouse.database.analysts import url_as
    from warehouse.database.embedded import server_program

    found = current_database().url
    if login is not None:
        found = url_as(found, login)
    done = subprocess.run([server_program("psql"), found, *arguments], check=False)
    click.get_current_context().exit(done.returncode)


@db.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def dump(file: Path) -> None:
    """Write everything the warehouse holds into one FILE, as pg_dump does; work may go on meanwhile.

    The file is whole or not there at all. Books themselves are not in it: they stay where they are.

    \b
    Example:
      warehouse db dump ~/warehouse.dump
    """
    from warehouse.cli.session import current_database
    from warehouse.database.backups import dump_database

    size = dump_database(current_database(), file)
    click.echo(f"{file}: {size / 2**20:.1f} MiB")


@db.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Fill an empty warehouse from a FILE of 'warehouse db dump'; one with books in it is left alone.

    Its schema is brought up to date. Logins are not in the file: 'warehouse db grant-analyst' makes them
    again.

    \b
    Example:
      WAREHOUSE_HOME=~/restored warehouse db restore ~/warehouse.dump
    """
    from warehouse.database.backups import restore_database
    from warehouse.database.connection import open_database, translated_errors

    with translated_errors():
        books = restore_database(open_database(load_settings()), file)
    click.echo(f"{books} books are back")


@db.command("grant-analyst")
@click.argument("name")
@click.option("--password-stdin", is_flag=True, help="Read the password from the first line of stdin.")
def grant_analyst(name: str, password_stdin: bool) -> None:
    """Make NAME a login that reads every table, view and function and writes nothing; safe to run twice.

    On a server a password is made and shown once, unless one is given; the embedded database, which only
    its own user on this machine reaches, asks for none. Transactions are read-only and statements end after
    five minutes. From then on nobody but owners may make tables in this database, temporary ones included.
    `drop role "NAME"` takes the login away.

    \b
    Example:
      warehouse db grant-analyst ada
    """
    from warehouse.cli.session import current_database
    from warehouse.database.analysts import grant_analyst as grant
    from warehouse.database.analysts import url_as
    from warehouse.database.connection import translated_errors

    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    if password == "":
        raise click.UsageError("--password-stdin: the first line of stdin is empty")
    database = current_database()
    with translated_errors(), database.connect(autocommit=True) as connection:
        analyst = grant(connection, name, password, generate=not database.embedded)
    click.echo(f"{name!r} {'may now read' if analyst.created else 'reads'} the warehouse")
    if analyst.password is not None and not password_stdin:
        click.echo(f"password, shown this once: {analyst.password}")
    elif password is None and not analyst.created and not database.embedded:
        click.echo("the password is as it was; --password-stdin sets another")
    _echo_ways_in(url_as(database.url, name), name, embedded=database.embedded)


def _echo_ways_in(url: str, name: str, *, embedded: bool) -> None:
    import shlex

    click.echo(f"warehouse db psql --as {shlex.quote(name)}")
    click.echo(f"psql {shlex.quote(url)}")
    if embedded:
        click.echo("The embedded server runs while a command does: keep the first open to use the second.")
