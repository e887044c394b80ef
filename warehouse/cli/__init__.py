"""The command line: a thin skin over the library.  Heavy libraries are imported inside commands."""

from __future__ import annotations

import logging
import sys

import click

from warehouse import __version__
from warehouse.cli.concept import concept
from warehouse.cli.db import db
from warehouse.cli.demo import demo
from warehouse.cli.doctor import doctor
from warehouse.cli.dupes import dupes
from warehouse.cli.edit import edit
from warehouse.cli.enqueue import enqueue
from warehouse.cli.evaluate import evaluate
from warehouse.cli.forget import forget
from warehouse.cli.index import index
from warehouse.cli.ingest import ingest
from warehouse.cli.models import models
from warehouse.cli.search import search
from warehouse.cli.snapshot import snapshot
from warehouse.cli.sql import sql
from warehouse.cli.status import status
from warehouse.cli.train import train
from warehouse.cli.work import work
from warehouse.cli.worker import worker
from warehouse.errors import WarehouseError
from warehouse.interruption import interrupted, interruptible


class _Commands(click.Group):
    def invoke(self, ctx: click.Context) -> object:
        """Let an interruption through; click would put an empty line before what is said of it."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise _InterruptedCommand from None


class _InterruptedCommand(BaseException):
    pass


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}
)
@click.version_option(__version__, prog_name="warehouse")
@click.option("-v", "--verbose", is_flag=True, help="Log what happens, with tracebacks, to stderr.")
def cli(verbose: bool) -> None:
    """Comic books in, rows and vectors in Postgres, questions answered.

    \b
    Example:
      warehouse ingest ~/Comics
      warehouse search "castle at night"
      warehouse concept compare "Dracula" "Vampirella"

    Settings come from the environment: WAREHOUSE_HOME (where the embedded database lives),
    WAREHOUSE_DATABASE_URL (a PostgreSQL of your own), WAREHOUSE_PROFILE, WAREHOUSE_THREADS.
    """
    logging.basicConfig(
        level=logging.DEBUG if verbose else logging.WARNING,
        format="%(levelname)s %(name)s: %(message)s",
        stream=sys.stderr,
    )
    if verbose:
        for noisy in ("PIL", "asyncio", "matplotlib", "urllib3", "filelock"):
            logging.getLogger(noisy).setLevel(logging.INFO)
    else:
        # It warns of what an interruption leaves behind; that one is told of in a line of its own.
        logging.getLogger("psycopg").setLevel(logging.ERROR)


for command in (
    concept,
    db,
    demo,
    doctor,
    dupes,
    edit,
    enqueue,
    evaluate,
    forget,
    index,
    ingest,
    models,
    search,
    snapshot,
    sql,
    status,
    train,
    work,
    worker,
):
    cli.add_command(command)


def run() -> int:
    """Run the command of this process; its exit code.  Errors of ours become one line on stderr and 1."""
    try:
        return cli(standalone_mode=False) or 0  # click returns the code given to Context.exit
    except (click.Abort, _InterruptedCommand):
        raise KeyboardInterrupt from None
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except WarehouseError as error:
        if interrupted():
            raise
        click.echo(f"warehouse: {error} [{error.code}]", err=True)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def main() -> None:
    """The command line as a program."""
    sys.exit(interruptible(run))
