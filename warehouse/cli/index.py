"""`warehouse index`."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from warehouse.database.connection import Connection
    from warehouse.database.indexes import BuildEstimate, VectorIndex

MIB = 2**20

spaces_argument = click.argument("spaces", nargs=-1, metavar="[SPACE]...")
model_option = click.option("--model", type=int, metavar="ID", help="Of this model. [default: the live one]")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else on stdout.")


@click.group()
def index() -> None:
    """Indexes over vectors, for large libraries: searches are then approximate, and say so.

    A SPACE is panels/fused, pages/page, strips/strip and so on, or shorter: fused;
    'warehouse index list' has them all.
    Small libraries need none: below 50,000 vectors searches read them all.
    """


@index.command("list")
@spaces_argument
@model_option
@json_option
def list_indexes(spaces: tuple[str, ...], model: int | None, as_json: bool) -> None:
    """The spaces of vectors, how many there are, and which has an index.

    \b
    Example:
      warehouse index list
    """
    from warehouse.cli.output import echo_json, echo_table
    from warehouse.cli.session import reading
    from warehouse.database.indexes import vector_indexes

    with reading() as connection:
        found = vector_indexes(connection, spaces, model_id=model)
    if as_json:
        echo_json(found)
    elif not found:
        click.echo("no vectors yet: ingest some books")
    else:
        echo_table(
            ("space", "model", "dim", "vectors", "index", "MiB", "recall, rows", "recall, means"),
            [
                (i.name, f"{i.model_id} {i.model}", i.dim, i.vectors, _state(i), _mib(i.bytes), i.row_recall,
                 i.mean_recall)
                for i in found
            ],
        )  # fmt: skip


@index.command()
@spaces_argument
@model_option
@click.option(
    "--memory", type=click.IntRange(1), metavar="MiB", help="At most. [default: half of this machine's]"
)
@click.option(
    "--workers",
    type=click.IntRange(0, 64),
    help="Processes beside the first. [default: cores - 1, at most 7]",
)
@click.option("--dry-run", is_flag=True, help="Only say what it would take.")
@json_option
def build(
    spaces: tuple[str, ...],
    model: int | None,
    memory: int | None,
    workers: int | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Build indexes, saying first how much memory, disk and time they take. Searching goes on meanwhile.

    Each is measured when it is built, and answers searches only if it finds what an exact search finds:
    98 in 100 of the nearest of a row, 95 in 100 of the worst mean of rows. Otherwise searches stay exact.
    Without a SPACE: every one of 50,000 vectors or more that has none yet. Asks nothing.

    \b
    Example:
      warehouse index build --dry-run
      warehouse index build panels/fused
    """
    from warehouse.cli.output import echo_json
    from warehouse.cli.session import reading
    from warehouse.database.indexes import BuildOptions, build_estimate, build_index, vector_indexes
    from warehouse.database.store.index_checks import forget_index_checks

    workers = min((os.cpu_count() or 1) - 1, 7) if workers is None else workers
    most = memory * MIB if memory else _half_of_memory()
    with reading() as connection:
        found = _to_build(connection, vector_indexes(connection, spaces, model_id=model), bool(spaces))
        plans = [(space, build_estimate(space.vectors, space.dim, workers)) for space in found]
        if not plans and not as_json:
            click.echo("nothing to build: searches are exact, and quick, up to 50,000 vectors in a space")
        built = []
        for space, estimate in plans:
            click.echo(_words(space, estimate, most), err=as_json)
            seconds = None
            if not dry_run:
                start = time.monotonic()
                build_index(connection, space, BuildOptions(min(most, estimate.memory_bytes), workers))
                seconds = time.monotonic() - start
                click.echo(f"{space.name}: built in {_duration(seconds)}", err=as_json)
                forget_index_checks(connection, space)
                _check_built(connection, space.name, model)
            built.append(
                {"space": space.name, "vectors": space.vectors, "estimate": estimate, "seconds": seconds}
            )
    if as_json:
        echo_json(built)
    elif built and not dry_run:
        click.echo("how exact they are, and what they are used for: warehouse index list")


@index.command()
@spaces_argument
@model_option
@click.option(
    "--queries", type=click.IntRange(1, 10_000), default=50, show_default=True, help="Of each kind."
)
@click.option(
    "--hits", type=click.IntRange(1, 400), default=20, show_default=True, help="Recall at this many."
)
@click.option("--ef-search", type=click.IntRange(1, 1000), help="Look so widely. [default: as searches do]")
@json_option
def check(
    spaces: tuple[str, ...],
    model: int | None,
    queries: int,
    hits: int,
    ef_search: int | None,
    as_json: bool,
) -> None:
    """Measure recall against exact searches, by rows and by means of rows, and keep it in table index_check.

    \b
    Example:
      warehouse index check panels/fused
    """
    from warehouse.cli.output import echo_json, echo_table
    from warehouse.cli.session import reading
    from warehouse.database.index_checks import check_index
    from warehouse.database.indexes import vector_indexes
    from warehouse.database.store.index_checks import store_index_check

    checks = []
    with reading() as connection:
        for space in vector_indexes(connection, spaces, model_id=model):
            if space.usable or spaces:
                for found in check_index(connection, space, asked=queries, hits=hits, ef_search=ef_search):
                    store_index_check(connection, found)
                    checks.append(found)
    if as_json:
        echo_json(checks)
    elif not checks:
        click.echo("there is no index: every search is exact")
    else:
        echo_table(
            ("space", "vectors", "queries", f"recall@{hits}", "worst", "ef_search", "exact ms", "index ms"),
            [
                (f"{c.scope}/{c.space}", c.vectors, f"{c.asked} {c.queries}", c.mean_recall, c.min_recall,
                 c.ef_search, round(1000 * c.exact_seconds, 1), round(1000 * c.index_seconds, 1))
                for c in checks
            ],
        )  # fmt: skip


@index.command()
@click.argument("spaces", nargs=-1, metavar="SPACE...", required=True)
@model_option
def drop(spaces: tuple[str, ...], model: int | None) -> None:
    """Drop indexes; searches are exact from then on. No vector is lost.

    \b
    Example:
      warehouse index drop panels/fused
    """
    from warehouse.cli.session import reading
    from warehouse.database.indexes import drop_index, vector_indexes

    with reading() as connection:
        for space in vector_indexes(connection, spaces, model_id=model):
            if space.index_name is None:
                click.echo(f"{space.name}: there is no index")
            else:
                drop_index(connection, space)
                click.echo(f"{space.name}: dropped")


def _check_built(connection: Connection, name: str, model: int | None) -> None:
    """Measure an index as soon as it is there: without that it answers nothing."""
    from warehouse.database.index_checks import check_index
    from warehouse.database.indexes import vector_indexes
    from warehouse.database.store.index_checks import store_index_check

    for space in vector_indexes(connection, [name], model_id=model):
        for found in check_index(connection, space):
            store_index_check(connection, found)


def _to_build(connection: Connection, found: list[VectorIndex], chosen: bool) -> list[VectorIndex]:
    from warehouse.database.indexes import worthwhile_from

    least = worthwhile_from(connection)
    return [space for space in found if chosen or (not space.usable and space.vectors >= least)]


def _words(space: VectorIndex, estimate: BuildEstimate, most: int) -> str:
    words = (
        f"{space.name}: {space.vectors:,} vectors of {space.dim}: about {_duration(estimate.seconds)},"
        f" {_mib(estimate.memory_bytes)} MiB of memory, {_mib(estimate.disk_bytes)} MiB on disk"
    )
    if estimate.memory_bytes > most:
        words += f"; only {_mib(most)} MiB are given (--memory): it will take several times as long"
    return words


def _state(space: VectorIndex) -> str:
    if space.index_name is None:
        return "none: exact"
    if not space.usable:
        return "unfinished: build it again"
    if space.checked_at is None:
        return "unchecked: exact"
    match space.rows_trusted, space.means_trusted:
        case True, True:
            return "used"
        case True, False:
            return "used for rows"
        case False, True:
            return "used for means"
    return "too inexact"


def _mib(size: int | None) -> int | None:
    return None if size is None else -(-size // MIB)


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def _half_of_memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
