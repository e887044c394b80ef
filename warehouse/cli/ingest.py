"""`warehouse ingest`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from warehouse.cli.detector import choose_detector, detector_option
from warehouse.cli.sidecars import choose_sidecars, sidecars_option

if TYPE_CHECKING:
    from warehouse.ingest import IngestSummary

OUTCOMES = ("ingested", "partial", "failed", "duplicate", "busy", "skipped")


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--limit", type=click.IntRange(min=1), help="Stop after so many books that needed work.")
@click.option("--dry-run", is_flag=True, help="List the books that would be looked at; change nothing.")
@click.option(
    "--skip-existing/--refresh",
    default=True,
    show_default=True,
    help="Skip what is done; --refresh redoes what an older version or another model has done.",
)
@click.option("--retry-failed", is_flag=True, help="Try books again that failed before.")
@detector_option
@sidecars_option
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="No progress, only the result.")
def ingest(
    paths: tuple[Path, ...],
    limit: int | None,
    dry_run: bool,
    skip_existing: bool,
    retry_failed: bool,
    detector: str | None,
    sidecars: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Bring books into the warehouse: files, folders with all below them, Calibre libraries, in any mix.

    CBZ, CBR, CB7 and CBT by whatever name, PDF, EPUB with fixed pages, folders of images and single
    images ("warehouse doctor" lists what is readable here). Files are only read. A run that was
    stopped, however it was, goes on where it ended; exit code 0 all good, 1 nothing done, 3 some failed.

    \b
    Example:
      warehouse ingest ~/Comics "New issues/Red Sonja 001.cbz"
    """
    if dry_run:
        list_books(paths)
        return
    choose_detector(detector)
    choose_sidecars(sidecars)
    summary = run_ingest(paths, limit, retry_failed, not skip_existing, quiet)
    if as_json:
        echo_summary_json(summary)
    else:
        click.echo(counts_line(summary))
    click.get_current_context().exit(summary.exit_code)


def run_ingest(
    paths: tuple[Path, ...],
    limit: int | None = None,
    retry_failed: bool = False,
    refresh: bool = False,
    quiet: bool = False,
) -> IngestSummary:
    """Ingest with progress on stderr."""
    from warehouse.cli.progress import ingest_progress
    from warehouse.cli.session import chosen_profile, current_database
    from warehouse.config import load_settings
    from warehouse.database.connection import translated_errors
    from warehouse.ingest import IngestOptions
    from warehouse.ingest import ingest as run

    settings = load_settings()
    options = IngestOptions(limit, retry_failed, refresh, settings.limits, settings.work, settings.sidecars)
    database = current_database()
    with translated_errors(), ingest_progress(quiet) as progress:
        return run(paths, database, chosen_profile(), progress, options)


def counts_line(summary: IngestSummary) -> str:
    """'6 ingested, 1 failed', or what to do where there was nothing."""
    counts = [f"{summary.outcomes[name]} {name}" for name in OUTCOMES if summary.outcomes[name]]
    return ", ".join(counts) or "no books found there: give files or folders that hold CBZ, CBR, PDF or EPUB"


def echo_summary_json(summary: IngestSummary) -> None:
    """The counts and the problems, as JSON."""
    from warehouse.cli.output import echo_json

    echo_json(
        {
            "outcomes": {name: summary.outcomes[name] for name in OUTCOMES},
            "problems": summary.problems,
        }
    )


def list_books(paths: tuple[Path, ...]) -> None:
    """What would be looked at, a path a line."""
    from warehouse.books.sources import find_books

    count = 0
    for source in find_books(paths):
        click.echo(source.path)
        count += 1
    click.echo(f"{count} books", err=True)
