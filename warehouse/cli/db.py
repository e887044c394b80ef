"""`warehouse db`."""

from __future__ import annotations

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
def url(with_password: bool) -> None:
    """Print the database's URL, for psql, a notebook or a dashboard.

    The embedded server runs only while a command uses it: `warehouse db psql` keeps it running.

    \b
    Example:
      warehouse db url
    """
    from warehouse.database.connection import open_database

    found = open_database(load_settings()).url
    click.echo(found if with_password else without_password(found))


@db.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def psql(arguments: tuple[str, ...]) -> None:
    """Open psql on the database; further arguments go to psql.

    \b
    Example:
      warehouse db psql -c "\\d+ panel"
    """
    import subprocess

    from warehouse.cli.session import current_database
    from warehouse.database.embedded import psql_program

    database = current_database()
    done = subprocess.run([psql_program(), database.url, *arguments], check=False)
    click.get_current_context().exit(done.returncode)
