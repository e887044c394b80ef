"""`warehouse status`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from warehouse.database.connection import Connection
    from warehouse.status_records import WarehouseStatus

MISSING_SHOWN = 5


@click.command()
@click.option("--watch", is_flag=True, help="Show how the work stands again and again; Ctrl-C ends it.")
@click.option(
    "--every", type=click.FloatRange(0.1), default=2.0, show_default=True, help="Seconds between two looks."
)
@click.option("--until-done", is_flag=True, help="Watch until nothing is left to do; 3 if something failed.")
@click.option("--missing", "all_missing", is_flag=True, help="List every file that is not where it was.")
@click.option("--vectors", is_flag=True, help="Look at every vector, however many there are.")
@click.option("--exact", is_flag=True, help="Count pages, panels, lines and strips, however many there are.")
@click.option("--quick", is_flag=True, help="Leave out vectors, files and exact counts.")
@click.option("--metrics", is_flag=True, help="Print metrics in Prometheus' text format and nothing else.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")
def status(
    watch: bool,
    every: float,
    until_done: bool,
    all_missing: bool,
    vectors: bool,
    exact: bool,
    quick: bool,
    metrics: bool,
    as_json: bool,
) -> None:
    """How the warehouse stands: books, work, workers, failures, models, vectors, missing files.

    Up to 20,000 pages, everything is counted and looked at. Beyond, pages and what is on them are estimates
    ("about 340,000"), and vectors and files are only looked at when asked: --exact, --vectors, --missing.

    A vector is stale when its page or text has changed since it was made; 'warehouse models refresh' makes
    those again, and only those. The rows of a book whose file is missing stay: 'warehouse ingest' finds it
    where it is now, 'warehouse forget' deletes it.

    Exit code 0; with --until-done, 3 if something failed or was given up.

    \b
    Example:
      warehouse status --json
      warehouse status --watch --every 5
    """
    if sum((watch or until_done, metrics, as_json)) > 1:
        raise click.UsageError("--watch, --metrics and --json do not go together")
    if watch or until_done:
        from warehouse.cli.session import current_database
        from warehouse.cli.status_watch import watch as keep_watching

        click.get_current_context().exit(keep_watching(current_database(), every, until_done))
    from warehouse.cli.session import reading

    with reading() as connection:
        if metrics:
            from warehouse.database.status import warehouse_status
            from warehouse.metrics import metrics_text

            click.echo(metrics_text(warehouse_status(connection)), nl=False)
            return
        found = _found(connection, all_missing, vectors, exact, quick)
    if as_json:
        _echo_json(found, all_missing)
    else:
        _echo(found, all_missing, vectors or exact)


def _found(
    connection: Connection, all_missing: bool, vectors: bool, exact: bool, quick: bool
) -> WarehouseStatus:
    """What was asked for; where the library is small, all there is."""
    from dataclasses import replace

    from warehouse.database.status import is_small, warehouse_status
    from warehouse.missing import missing_files

    small = not quick and is_small(connection)
    found = warehouse_status(connection, exact=exact or small, with_coverage=vectors or small)
    return replace(found, missing=missing_files(connection)) if all_missing or small else found


def _echo(found: WarehouseStatus, all_missing: bool, more: bool) -> None:
    from warehouse.cli.status_text import missing_lines, status_lines

    if all_missing and not more:
        assert found.missing is not None
        lines = missing_lines(found.missing, len(found.missing.files))
    else:
        lines = status_lines(found)
    for line in lines:
        click.echo(line)


def _echo_json(found: WarehouseStatus, all_missing: bool) -> None:
    """Every key is always there; null: not looked at."""
    from dataclasses import asdict, replace

    from warehouse.cli.output import echo_json

    missing = found.missing
    if missing is not None and not all_missing:
        missing = replace(missing, files=missing.files[:MISSING_SHOWN])
    counts = asdict(found.objects)
    exact = counts.pop("exact")
    echo_json(
        {
            "books": found.books,
            **counts,
            "estimated": not exact,
            "stages": {stage.stage: stage.by_state for stage in found.stages},
            "pace": {
                stage.stage: {
                    "queue": stage.queue,
                    "left_to_do": stage.left_to_do,
                    "blocked": stage.blocked,
                    "works_a_minute": stage.works_a_minute,
                    "pages_a_minute": stage.pages_a_minute,
                    "mean_seconds": stage.mean_seconds,
                }
                for stage in found.stages
            },
            "left_to_do": found.left_to_do,
            "seconds_left": found.seconds_left,
            "oldest": found.oldest,
            "workers": [{**asdict(worker), "living": worker.living} for worker in found.workers],
            "leased": found.leased,
            "given_up": found.given_up,
            "failures": found.failures,
            "models": found.models,
            "coverage": found.coverage,
            "missing": missing,
        }
    )
