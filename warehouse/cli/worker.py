"""`warehouse worker`."""

from __future__ import annotations

import click

from warehouse.config import load_settings


@click.command()
@click.option("--concurrency", type=click.IntRange(1), default=1, show_default=True, help="Processes.")
@click.option("--log-level", default="info", show_default=True, help="debug, info, warning or error.")
def worker(concurrency: int, log_level: str) -> None:
    """Run stages of enqueued books until stopped.

    Uses the Redis of WAREHOUSE_BROKER_URL, or starts one of its own. Work left from an earlier run is
    taken up first. Any number of workers may run, on any machines that reach the same database and files.

    \b
    Example:
      warehouse worker --concurrency 2
    """
    from warehouse.cli.session import current_database
    from warehouse.database.connection import translated_errors
    from warehouse.database.queries import unfinished_books
    from workers.app import make_app
    from workers.broker import running_broker
    from workers.sending import send_books

    database = current_database()
    with running_broker(load_settings()) as broker:
        with translated_errors(), database.connect(autocommit=True) as connection:
            send_books(broker, unfinished_books(connection))
        make_app(broker).worker_main(
            [
                "worker",
                f"--concurrency={concurrency}",
                f"--loglevel={log_level}",
                "--without-gossip",
                "--without-mingle",
            ]
        )
