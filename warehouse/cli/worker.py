"""`warehouse worker`."""

from __future__ import annotations

import click

from warehouse.cli.detector import choose_detector, detector_option
from warehouse.config import load_settings
from warehouse.queues import QUEUES


def _queues(context: click.Context, parameter: click.Parameter, value: str) -> list[str]:
    names = [name.strip() for name in value.split(",") if name.strip()]
    unknown = [name for name in names if name not in QUEUES]
    if unknown or not names:
        raise click.BadParameter(f"{', '.join(unknown) or 'nothing'}: the queues are {', '.join(QUEUES)}")
    return list(dict.fromkeys(names))


@click.command()
@click.option(
    "--queues",
    default=",".join(QUEUES),
    show_default=True,
    callback=_queues,
    help="io opens books, cpu finds panels and reads text, gpu encodes, export writes snapshots.",
)
@click.option("--concurrency", type=click.IntRange(1), default=1, show_default=True, help="Processes.")
@click.option(
    "--log-level",
    type=click.Choice(["debug", "info", "warning", "error"], case_sensitive=False),
    default="info",
    show_default=True,
    help="What is logged; info is a line for each stage of each book.",
)
@click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Lines for people, or a JSON object a line.",
)
@detector_option
def worker(
    queues: list[str], concurrency: int, log_level: str, log_format: str, detector: str | None
) -> None:
    """Run stages of enqueued books until stopped.

    Uses the Redis of WAREHOUSE_BROKER_URL, or starts one of its own. Any number of workers may run, on any
    machines that reach the same database, broker and files; a book that crashes, hangs or eats memory is
    given up after a few attempts (WAREHOUSE_WORK), and costs the others nothing. Ctrl-C and SIGTERM give back
    what is at work. With several processes on one machine set WAREHOUSE_THREADS=1.

    \b
    Example:
      warehouse worker --concurrency 2
    """
    from warehouse.cli.session import current_database
    from workers.running import run_worker

    choose_detector(detector)
    current_database()
    run_worker(load_settings(), queues, concurrency, log_level, log_format)
